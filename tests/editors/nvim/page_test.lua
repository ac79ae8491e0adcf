--- Pages in Neovim.
local expect = require('expect')

local DECORATOR = '@rate_limit(max_calls_per_second=2)'

return function(context)
  local function page(nvim, name)
    nvim:wait('the page ' .. name, function()
      return nvim:lua('return vim.api.nvim_buf_get_name(0)') == 'pygloss://' .. name
    end)
    return table.concat(nvim:lines(), '\n')
  end

  local function at_cursor()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to(DECORATOR)
      nvim:keys(':Pygloss page<CR>')
      local text = page(nvim, 'python-interview-5/decorators')
      expect.contains(text, '# Decorators')
      nvim:wait_for_text('> Generators and iterators')
      expect.equal(nvim:lua('return { vim.bo.filetype, vim.bo.buftype, vim.bo.modifiable }'), {
        'markdown',
        'nofile',
        false,
      })
      nvim:keep('page')
      nvim:keys('>')
      expect.contains(page(nvim, 'python-interview-5/generators'), '# Generators and iterators')
      nvim:keys('<lt>')
      page(nvim, 'python-interview-5/decorators')
      nvim:keys('<lt>')
      nvim:wait_for_text('this is the first page')
      nvim:keys('q')
      nvim:wait('the code', function()
        return nvim:lua('return vim.bo.filetype') == 'python'
      end)
      expect.equal(nvim:lua('return #vim.api.nvim_list_wins()'), 1)
    end)
  end

  local function by_name()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      -- Completion waits for the server only so long.
      local names = {}
      nvim:wait('the names', function()
        names = nvim:lua('return vim.fn.getcompletion("Pygloss page loop", "cmdline")')
        return #names > 0
      end)
      expect.equal(names, { 'loop-closure' })
      nvim:keys(':Pygloss page loop-closure<CR>')
      page(nvim, 'python-interview-5/decorators/loop-closure')
      nvim:keys('-')
      page(nvim, 'python-interview-5/decorators')
      nvim:keys('q:Pygloss page decorator<CR>')
      nvim:wait_for_text('did you mean `decorators`?')
      nvim:go_to('import time')
      nvim:keys(':Pygloss page<CR>')
      nvim:wait_for_text('there is no card for this code')
    end)
  end

  return {
    { name = ':Pygloss page opens the page of the code, and leads on', run = at_cursor },
    { name = ':Pygloss page opens what is named', run = by_name },
  }
end
