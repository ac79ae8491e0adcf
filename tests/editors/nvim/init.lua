-- The configuration of a reader who has this plugin and nothing else.
vim.opt.runtimepath:prepend(vim.env.PYGLOSS_PLUGIN)
vim.opt.swapfile = false
