-- Runs at every start of Neovim: nothing is required here before it is used.
if vim.g.loaded_pygloss then
  return
end
vim.g.loaded_pygloss = 1

vim.api.nvim_create_user_command('Pygloss', function(call)
  require('pygloss.command').run(call)
end, {
  nargs = '*',
  desc = 'Explain and quiz the Python in this buffer',
  complete = function(...)
    return require('pygloss.command').complete(...)
  end,
})

local names = {
  'quiz',
  'hint',
  'skip',
  'stop',
  'undo',
  'interview',
  'explain',
  'page',
  'progress',
}
for _, name in ipairs(names) do
  vim.keymap.set('n', ('<Plug>(pygloss-%s)'):format(name), function()
    require('pygloss.command').run({ fargs = { name } })
  end, { desc = 'pygloss: ' .. name })
end

-- The LSP client of Neovim is loaded with the first file that the server is for, not at start. Before
-- VimEnter `vim.lsp.enable()` leaves the buffers that are there already to the FileType event, which
-- has come for this one.
vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('pygloss.enable', {}),
  pattern = { 'python', 'requirements', 'toml', 'gitignore' },
  desc = 'enable the language server pygloss',
  callback = function(event)
    if event.match ~= 'python' and not require('pygloss.files').served(event.buf) then
      return false
    end
    local function enable()
      if require('pygloss.config').get().enable then
        vim.lsp.enable('pygloss')
      end
    end
    if vim.v.vim_did_enter == 1 then
      enable()
    else
      vim.api.nvim_create_autocmd('VimEnter', { once = true, callback = enable })
    end
    -- Once is enough.
    return true
  end,
})
