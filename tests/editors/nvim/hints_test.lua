--- Inlay hints and code lenses: nothing of them unasked, and each kind by its switch.
local expect = require('expect')

-- What each switch shows, each with the line that it stands in.
local HINTS = {
  decorators = { ['@log'] = '@log → function logged' },
  lazyCalls = { ['found = numbers()'] = 'found = numbers() ⇒ generator' },
  exitOrder = {
    ['with open('] = 'with open(__file__) as source exit 2, open("copy.txt", "w") as target exit 1:',
  },
}
local MARKS = { '→', '⇒', 'exit 1', 'exit 2' }
local LENS = 'Quiz me on this'

return function(context)
  --- Opens the example with these settings of the server, as a reader who has Neovim show hints and
  --- lenses of all servers.
  local function open(settings, test)
    context.with_nvim({}, function(nvim)
      nvim:lua('vim.g.pygloss = { settings = ... }', settings or vim.empty_dict())
      nvim:lua('vim.lsp.inlay_hint.enable(true)')
      nvim:lua('vim.cmd.edit(...)', context.copy('hints.py'))
      nvim:wait_for_server()
      test(nvim)
    end)
  end

  --- Asks the server for what it shows, so that what is not there by then does not come later.
  local function asked(nvim, method)
    local answer = nvim:lua(
      [[
        local method = ...
        local client = vim.lsp.get_clients({ name = 'pygloss', bufnr = 0 })[1]
        local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
        local last = vim.api.nvim_buf_line_count(0)
        params.range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } }
        local answer = client:request_sync(method, params, 30000, 0)
        return { error = answer.err, count = #(answer.result or {}) }
      ]],
      method
    )
    expect.equal(answer.error, nil)
    return answer.count
  end

  local function unasked()
    open(nil, function(nvim)
      nvim:lua('vim.lsp.codelens.refresh({ bufnr = 0 })')
      expect.equal(asked(nvim, 'textDocument/inlayHint'), 0)
      expect.equal(asked(nvim, 'textDocument/codeLens'), 0)
      local screen = nvim:wait_for_text('found = numbers()')
      for _, mark in ipairs(MARKS) do
        expect.lacks(screen, mark)
      end
      expect.lacks(screen, LENS)
    end)
  end

  local function each_kind()
    for kind, shown in pairs(HINTS) do
      open({ inlayHints = { [kind] = true } }, function(nvim)
        local screen
        for _, line in pairs(shown) do
          screen = nvim:wait_for_text(line)
        end
        nvim:keep('hints-' .. kind)
        for _, mark in ipairs(MARKS) do
          local is_own = vim.iter(pairs(shown)):any(function(_, line)
            return line:find(mark, 1, true)
          end)
          if not is_own then
            expect.lacks(screen, mark)
          end
        end
        -- The hints are drawn between the words, not written into them.
        for line in pairs(shown) do
          expect.contains(table.concat(nvim:lines(), '\n'), line)
        end
      end)
    end
  end

  local function lens()
    open({ codeLens = { quiz = true } }, function(nvim)
      nvim:lua('vim.lsp.codelens.refresh({ bufnr = 0 })')
      local screen = nvim:wait_for_text(LENS)
      nvim:keep('lens')
      for _, mark in ipairs(MARKS) do
        expect.lacks(screen, mark)
      end
      nvim:go_to('def numbers')
      nvim:keys(':lua vim.lsp.codelens.run()<CR>')
      local question = nvim:wait_for_text('1-4 answer')
      nvim:keep('lens-quiz')
      expect.contains(question, '1/1')
      expect.contains(question, 'numbers')
    end)
  end

  return {
    { name = 'no hint and no lens is shown unasked', run = unasked },
    { name = 'each kind of hint is shown by its switch alone', run = each_kind },
    { name = 'a lens begins a quiz on the code below it', run = lens },
  }
end
