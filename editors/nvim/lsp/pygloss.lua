---@brief
---
--- pygloss explains Python constructs where they stand, finds the mistakes that are made with them
--- and quizzes the reader. It is an add-on server, to be used beside pyright, ty, ruff or pylsp.

---@type vim.lsp.Config
return {
  cmd = function(dispatchers)
    return require('pygloss.server').start(dispatchers)
  end,
  filetypes = { 'python' },
  root_dir = function(bufnr, on_dir)
    -- Without a server nothing is started, and the reader is told why once.
    if require('pygloss.server').usable() then
      on_dir(vim.fs.root(bufnr, { 'pyproject.toml', 'setup.py', '.git' }))
    end
  end,
  capabilities = {
    experimental = { pygloss = { protocol = 1, shapes = { 'one', 'several', 'order', 'text' } } },
  },
  commands = {
    ['pygloss.quiz.start'] = function(command, context)
      require('pygloss.quiz').start((command.arguments or {})[1], context.client_id)
    end,
    ['pygloss.page.open'] = function(command)
      require('pygloss.page').open((command.arguments or {})[1] or {})
    end,
    ['pygloss.practice.hint'] = function(command)
      require('pygloss.practice').hint((command.arguments or {})[1])
    end,
    ['pygloss.practice.solution'] = function(command)
      require('pygloss.practice').solution((command.arguments or {})[1])
    end,
    ['pygloss.practice.reset'] = function(command)
      require('pygloss.practice').reset((command.arguments or {})[1])
    end,
  },
  handlers = {
    ['pygloss/quiz/withdrawn'] = function(_, params)
      require('pygloss.quiz').withdrawn(params)
    end,
  },
  settings = {},
  before_init = function(params, config)
    require('pygloss.server').before_init(params, config)
  end,
}
