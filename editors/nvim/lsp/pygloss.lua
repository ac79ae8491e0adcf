---@brief
---
--- pygloss explains Python constructs where they stand, finds the mistakes that are made with them
--- and quizzes the reader. It is an add-on server, to be used beside pyright, ty, ruff or pylsp.

---@type vim.lsp.Config
return {
  cmd = function(dispatchers)
    return require('pygloss.server').start(dispatchers)
  end,
  filetypes = { 'python', 'requirements', 'toml', 'gitignore' },
  root_dir = function(bufnr, on_dir)
    -- A worksheet is attached by who shows it.
    local is_owned = require('pygloss.worksheet').is_owned(bufnr)
    if is_owned or not require('pygloss.files').served(bufnr) then
      return
    end
    -- Without a server nothing is started, and the reader is told why once.
    if require('pygloss.server').usable() then
      on_dir(vim.fs.root(bufnr, { 'pyproject.toml', 'setup.py', '.git' }))
    end
  end,
  capabilities = {
    experimental = {
      pygloss = { protocol = 1, shapes = { 'one', 'several', 'order', 'text', 'words' } },
    },
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
    ['window/showDocument'] = function(...)
      return require('pygloss.worksheet').show(...)
    end,
    ['pygloss/quiz/withdrawn'] = function(_, params)
      require('pygloss.quiz').withdrawn(params)
    end,
  },
  settings = {},
  before_init = function(params, config)
    require('pygloss.server').before_init(params, config)
  end,
}
