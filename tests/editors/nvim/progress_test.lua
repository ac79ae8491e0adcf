--- The page of progress, the status line, and taking answers back.
local expect = require('expect')

return function(context)
  --- Starts a quiz on a topic, has the answer shown, which counts as not known, and leaves it.
  local function miss_one(nvim)
    nvim:keys(':Pygloss quiz decorators<CR>')
    local screen = nvim:wait('a question', function()
      local shown = nvim:screen()
      local is_there = shown:find('show the answer', 1, true)
        or shown:find('Code for ____', 1, true)
      return is_there and shown
    end)
    if screen:find('Code for ____', 1, true) then
      nvim:keys('<CR>')
      local number = nvim:wait_for_text('(Show the answer)'):match('(%d+): %(Show the answer%)')
      nvim:keys(number .. '<CR>')
    else
      nvim:keys('?')
    end
    nvim:wait_for_text('s stop')
    nvim:keys('q')
  end

  local function status(nvim, wanted)
    nvim:wait('the status ' .. wanted, function()
      return nvim:lua('return require("pygloss").status().text') == wanted
    end)
  end

  local function page()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':Pygloss progress<CR>')
      nvim:wait('the page', function()
        return nvim:lua('return vim.api.nvim_buf_get_name(0)') == 'pygloss://progress'
      end)
      expect.contains(table.concat(nvim:lines(), '\n'), 'Nothing was answered yet.')
      nvim:keys('q')
      nvim:wait('the code', function()
        return nvim:lua('return vim.bo.filetype') == 'python'
      end)
      miss_one(nvim)
      nvim:keys(':Pygloss progress<CR>')
      nvim:wait_for_text('1 answer to 1 question')
      expect.contains(table.concat(nvim:lines(), '\n'), '| decorators | 1 of ')
      expect.equal(nvim:lua('return { vim.bo.filetype, vim.bo.buftype, vim.bo.modifiable }'), {
        'markdown',
        'nofile',
        false,
      })
      nvim:keep('progress')
    end)
  end

  local function undo()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':Pygloss undo<CR>')
      nvim:wait_for_text('There is no answer to take back.')
      miss_one(nvim)
      nvim:keys(':Pygloss quiz undo<CR>')
      nvim:wait_for_text('given up')
      nvim:keys('<CR>:Pygloss progress<CR>')
      nvim:wait_for_text('Nothing was answered yet.')
    end)
  end

  local function in_the_status_line()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:lua([[vim.o.statusline = "%f%=%{v:lua.require'pygloss'.status().text}"]])
      status(nvim, '')
      miss_one(nvim)
      status(nvim, 'quiz paused')
      nvim:wait_for_text('quiz paused')
      nvim:keys(':Pygloss stop<CR>')
      nvim:wait_for_text('of 1 right')
      nvim:keys('<CR>')
      status(nvim, '')
      expect.equal(nvim:lua('return require("pygloss").status().due'), 0)
    end)
  end

  local function placement()
    context.with_nvim({}, function(nvim)
      nvim:lua([[
        vim.ui.select = function(items, options, done)
          for _, item in ipairs(items) do
            if item.label == 'Show the answer' then
              vim.schedule(function() done(item) end)
            end
          end
        end
        vim.ui.input = function(_, done) vim.schedule(function() done('') end) end
      ]])
      nvim:keys(':Pygloss quiz placement generators<CR>')
      -- Two answers that agree are enough: the third question is not asked.
      for _, number in ipairs({ '1/3', '2/2' }) do
        nvim:wait_for_text(number)
        nvim:wait_for_text('s stop')
        nvim:keys('<CR>')
      end
      nvim:wait_for_text('Generators and iterators: new')
    end)
  end

  return {
    { name = ':Pygloss progress shows what is known', run = page },
    { name = ':Pygloss undo takes the last answer back', run = undo },
    { name = 'a status line says what waits', run = in_the_status_line },
    { name = ':Pygloss quiz placement finds out what is known', run = placement },
  }
end
