--- The card for the code at the cursor, without what other servers say there.
local M = {}

function M.show()
  local window = vim.api.nvim_get_current_win()
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ name = 'pygloss', bufnr = buffer })[1]
  if not client then
    vim.notify('pygloss: no server runs for this buffer', vim.log.levels.WARN)
    return
  end
  local params = vim.lsp.util.make_position_params(window, client.offset_encoding)
  client:request('textDocument/hover', params, function(err, result)
    if vim.api.nvim_get_current_buf() ~= buffer then
      return
    end
    if err then
      vim.notify('pygloss: ' .. err.message, vim.log.levels.ERROR)
    elseif not result then
      vim.notify('pygloss: there is no card for this code', vim.log.levels.INFO)
    else
      local lines = vim.lsp.util.convert_input_to_markdown_lines(result.contents)
      vim.lsp.util.open_floating_preview(
        lines,
        'markdown',
        { focus_id = 'pygloss', max_width = 80 }
      )
    end
  end, buffer)
end

return M
