--- Cards, findings and fixes on the chapter's example.
local expect = require('expect')

local DECORATOR = '@rate_limit(max_calls_per_second=2)'

--- Runs a program of the example's and prints the name of the function after it.
local function run_python(file)
  local code = ('import runpy; print(runpy.run_path(%q)["api_call"].__name__)'):format(file)
  local result = vim.system({ 'python3', '-c', code }, { text = true }):wait()
  expect.equal(result.code, 0)
  local lines = vim.split(vim.trim(result.stdout), '\n')
  return table.remove(lines), lines
end

return function(context)
  local function missing_wraps(nvim)
    return nvim:wait('the finding', function()
      local found = nvim:lua([[
        return vim.tbl_filter(function(diagnostic)
          return diagnostic.code == 'decorator-missing-wraps'
        end, vim.diagnostic.get(0))
      ]])
      return #found > 0 and found
    end)
  end

  local function hover()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to(DECORATOR)
      nvim:keys('K')
      local card = nvim:float()
      expect.contains(card, 'api_call = rate_limit(max_calls_per_second=2)(api_call)')
      expect.contains(card, "'wrapper'")
      expect.contains(nvim:wait_for_text("'wrapper'"), 'api_call = rate_limit')
      nvim:keep('hover')
    end)
  end

  local function explain()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to(DECORATOR)
      nvim:keys(':Pygloss explain<CR>')
      expect.contains(nvim:float(), 'api_call = rate_limit(max_calls_per_second=2)(api_call)')
      nvim:keys('G')
      nvim:go_to('current_time - last_called')
      nvim:keys(':Pygloss explain<CR>')
    end)
  end

  local function finding()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      local found = missing_wraps(nvim)
      expect.equal(#found, 1)
      local line = nvim:lines()[found[1].lnum + 1]
      expect.equal(line:sub(found[1].col + 1, found[1].end_col), 'wrapper')
      expect.equal(found[1].source, 'pygloss')
      nvim:go_to('def wrapper')
      nvim:keys('<C-w>d')
      expect.contains(nvim:float(), found[1].message:sub(1, 40))
      nvim:keep('finding')
    end)
  end

  local function fix()
    local file = context.example()
    local name_before, output_before = run_python(file)
    expect.equal(name_before, 'wrapper')
    context.with_nvim({ file = file }, function(nvim)
      nvim:wait_for_server()
      missing_wraps(nvim)
      nvim:go_to('wrapper(*args')
      nvim:keys('gra')
      local screen = nvim:wait_for_text('functools.wraps')
      nvim:keep('fix-menu')
      local number
      for candidate, title in screen:gmatch('(%d+): ([^\n]*)') do
        if title:find('functools.wraps', 1, true) then
          number = number or candidate
        end
      end
      assert(number, 'no numbered action in\n' .. screen)
      nvim:keys(number .. '<CR>')
      nvim:wait('the fix', function()
        return not nvim:blocked()
          and vim.list_contains(nvim:lines(), '        @functools.wraps(func)')
      end)
      local lines = nvim:lines()
      expect.contains(
        table.concat(lines, '\n'),
        '        @functools.wraps(func)\n        def wrapper(*args'
      )
      assert(vim.list_contains(lines, 'import functools'), table.concat(lines, '\n'))
      nvim:wait('the finding to go', function()
        return #nvim:lua('return vim.diagnostic.get(0)') == 0
      end)
      nvim:go_to(DECORATOR)
      nvim:keys('K')
      local card = nvim:float()
      expect.contains(card, "'api_call'")
      nvim:keep('after-fix')
      nvim:keys(':write<CR>')
      nvim:wait('the file to be written', function()
        return not nvim:lua('return vim.bo.modified')
      end)
    end)
    local name, output = run_python(file)
    expect.equal(name, 'api_call')
    expect.equal(output, output_before)
  end

  return {
    { name = 'K on the decorator shows what it makes of the function', run = hover },
    { name = ':Pygloss explain shows the card', run = explain },
    { name = 'the missing wraps is marked on the wrapper', run = finding },
    { name = 'the quick fix adds wraps, and the program runs as before', run = fix },
  }
end
