--- Exercises in Neovim.
local expect = require('expect')

return function(context)
  local function messages(nvim)
    return nvim:lua([[
      local found = vim.tbl_map(function(item)
        return item.source .. ' ' .. item.code
      end, vim.diagnostic.get(0))
      return found
    ]])
  end

  local function wait_for_goals(nvim, count)
    nvim:wait(count .. ' open goals', function()
      return #messages(nvim) == count
    end)
  end

  local function from_the_list_to_the_end()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      local names = nvim:lua('return vim.fn.getcompletion("Pygloss practice s", "cmdline")')
      expect.equal(names, { 'solution' })
      nvim:keys(':Pygloss practice generators<CR>')
      nvim:wait_for_text('fill: Names without an end')
      nvim:keys('2<CR>')
      nvim:wait('the file', function()
        return not nvim:blocked() and nvim:lua('return vim.fn.expand("%:t")') == 'endless-names.py'
      end)
      wait_for_goals(nvim, 3)
      expect.equal(messages(nvim)[1], 'pygloss practice')
      nvim:keep('practice')

      nvim:keys(':Pygloss practice hint<CR>')
      nvim:wait_for_text('Hint 1 of 3.')
      nvim:keys(':Pygloss practice solution<CR>')
      nvim:wait_for_text('2: Show the solution')
      nvim:keys('1<CR>')
      nvim:keys(':%s/____(f/yield (f/ | %s/while ____/while True/<CR>')
      wait_for_goals(nvim, 1)
      nvim:keys(':%s/list(____)/list(islice(items, count))/<CR>')
      nvim:wait_for_text('passed: Names without an end')
      nvim:keys('<CR>')
      wait_for_goals(nvim, 0)

      nvim:keys(':Pygloss practice run<CR>')
      nvim:wait_for_text('Write the file and run it?')
      nvim:wait_for_text('python-interview-5/generators')
      nvim:keys('r')
      nvim:wait_for_text("['A-1', 'A-2', 'A-3']")
      nvim:keys('<C-\\><C-n>:bwipeout!<CR>')
      nvim:keys(':Pygloss practice solution<CR>')
      nvim:wait_for_text('`islice` asks for the first items')
      expect.equal(nvim:lua('return vim.bo.filetype'), 'markdown')
      nvim:keys('q')

      nvim:keys(':Pygloss practice reset<CR>')
      nvim:wait_for_text('2: Begin anew')
      nvim:keys('2<CR>')
      wait_for_goals(nvim, 3)
      nvim:keys('u')
      wait_for_goals(nvim, 0)
    end)
  end

  return {
    {
      name = ':Pygloss practice leads from the list to a file that is passed, run and begun anew',
      run = from_the_list_to_the_end,
    },
  }
end
