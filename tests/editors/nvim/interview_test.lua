--- A mock interview by keyboard.
local expect = require('expect')

return function(context)
  --- Chooses a code action, as `gra` offers it.
  local function choose(nvim, title)
    nvim:wait('the end of the last choice', function()
      return not nvim:screen():find('Type number and <Enter>', 1, true)
    end)
    nvim:keys('gra')
    local screen = nvim:wait_for_text('Type number and <Enter>')
    local number = screen:match('(%d+): ' .. vim.pesc(title))
    assert(number, ('no "%s" in\n%s'):format(title, screen))
    nvim:keys(number .. '<CR>')
  end

  local function text(nvim)
    return table.concat(nvim:lines(), '\n')
  end

  --- Waits until the worksheet has a text.
  local function wait_for(nvim, part)
    return nvim:wait(('"%s" in the worksheet'):format(part), function()
      local lines = text(nvim)
      return lines:find(part, 1, true) and lines
    end)
  end

  --- Types an answer between the last quotes.
  local function write(nvim, words)
    nvim:keys('<Esc>G?^r"""<CR>o' .. words .. '<Esc>')
  end

  local function whole(nvim)
    nvim:keys(':Pygloss interview<CR>')
    wait_for(nvim, '# ---- 1/5')
    nvim:wait_for_server()
    expect.equal(nvim:lua("return #vim.lsp.get_clients({ name = 'pygloss' })"), 1)
    write(nvim, 'I loop over the pages with httpx, without a rate limit.')
    choose(nvim, 'Compare with the points')
    wait_for(nvim, '# => Found in your text: a loop over the pages; an HTTP client.')
    local marked = nvim:wait('what was found', function()
      local found = nvim:lua([[
        return vim.tbl_map(function(it)
          return vim.api.nvim_buf_get_text(0, it.lnum, it.col, it.end_lnum, it.end_col, {})[1]
        end, vim.diagnostic.get(0))
      ]])
      return vim.list_contains(found, 'httpx') and found
    end)
    assert(vim.list_contains(marked, 'rate limit'), vim.inspect(marked))
    nvim:keep('interview-compared')
    choose(nvim, 'My answer was good in part')
    local asked = wait_for(nvim, '# The API allows 5 requests per second. How long does the whole')
    expect.lacks(asked, 'An answer with all points')
    nvim:keys('G')
    choose(nvim, 'Next question')
    wait_for(nvim, '# An answer with all points:')
    for number = 2, 5 do
      wait_for(nvim, ('# ---- %d/5'):format(number))
      write(nvim, 'I do not know.')
      choose(nvim, 'Compare with the points')
      nvim:wait('the comparison', function()
        local _, count = text(nvim):gsub('# => Found in your text', '')
        return count == number
      end)
      choose(nvim, 'My answer was not good yet')
      nvim:wait('one more question', function()
        local _, count = text(nvim):gsub('# %-%-%-%- ' .. number .. '/5', '')
        return count == 2
      end)
      nvim:keys('G')
      choose(nvim, 'Next question')
    end
    wait_for(nvim, '# => Thank you. That shows how you go about it.')
    nvim:keep('interview-end')
    nvim:keys(':w<CR>')
  end

  local function beside_a_file()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      whole(nvim)
      local stats = vim.system({ context.server, 'stats' }, {
        text = true,
        env = { XDG_DATA_HOME = nvim.home .. '/data' },
      })
      local told = stats:wait().stdout
      expect.contains(told, 'A first way to fetch the pages      in part        2 of 4  1 time')
      expect.contains(told, 'When something fails                not yet        0 of 5  1 time')
    end)
  end

  local function without_a_file()
    context.with_nvim({}, function(nvim)
      nvim:keys(':Pygloss interview<CR>')
      wait_for(nvim, '# ---- 1/5')
      nvim:wait_for_server()
      write(nvim, 'A loop.')
      choose(nvim, 'Compare with the points')
      wait_for(nvim, '# => Found in your text: a loop over the pages.')
    end)
  end

  local function about_own_code()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to('def rate_limit')
      nvim:keys(':Pygloss interview here<CR>')
      local asked = wait_for(nvim, '# ---- 1/2')
      expect.contains(asked, '# Walk me through rate_limit: what does it take')
      write(nvim, 'It is a factory: it returns a decorator.')
      choose(nvim, 'Compare with the points')
      wait_for(nvim, '# => Found in your text: that it makes a decorator.')
      nvim:keep('interview-own-code')
      choose(nvim, 'My answer was good in part')
      nvim:wait('one more question', function()
        local _, count = text(nvim):gsub('# %-%-%-%- 1/2', '')
        return count == 2
      end)
      nvim:keys('G')
      choose(nvim, 'Next question')
      wait_for(nvim, '# ---- 2/2')
      nvim:keys('G')
      choose(nvim, 'Next question')
      wait_for(nvim, '# => Thank you. That shows how you go about it.')
      nvim:keys(':w<CR>')
    end)
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys('gg:Pygloss interview here<CR>')
      nvim:wait_for_text('there is no interview about the code here')
    end)
  end

  return {
    { name = 'an interview about the code at the cursor', run = about_own_code },
    { name = 'a whole mock interview by keyboard', run = beside_a_file },
    { name = 'an interview needs no Python file', run = without_a_file },
  }
end
