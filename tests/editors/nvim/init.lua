-- The configuration of a reader who has this plugin and nothing else.
vim.opt.runtimepath:prepend(vim.env.PYGLOSS_PLUGIN)
vim.opt.swapfile = false
-- Neovim would look for Python for seconds, for plugins written in it.
vim.g.loaded_python3_provider = 0
