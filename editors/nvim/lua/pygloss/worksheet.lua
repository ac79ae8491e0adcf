--- Worksheets: files that the server writes, and that the reader answers in. What is done in them are
--- code actions.
local M = {}

--- The client that each worksheet belongs to, by the name of its file.
---@type table<string, integer>
local owners = {}

--- Whether a buffer is a worksheet of a running client: no other one is started for it.
---@param bufnr integer
---@return boolean
function M.is_owned(bufnr)
  local owner = owners[vim.api.nvim_buf_get_name(bufnr)]
  local client = owner and vim.lsp.get_client_by_id(owner)
  return client ~= nil and not client:is_stopped()
end

--- Shows a file of the server's, and attaches the server that wrote it.
---@type lsp.Handler
function M.show(err, params, context)
  local is_file = vim.startswith(params.uri, 'file:')
  local bufnr = is_file and vim.uri_to_bufnr(params.uri)
  if bufnr then
    owners[vim.api.nvim_buf_get_name(bufnr)] = context.client_id
  end
  local result = vim.lsp.handlers['window/showDocument'](err, params, context)
  if bufnr then
    vim.lsp.buf_attach_client(bufnr, context.client_id)
  end
  return result
end

--- `:Pygloss interview`: opens a mock interview; `here` one about the code at the cursor.
---@param args string[]
function M.interview(args)
  local window, buffer = vim.api.nvim_get_current_win(), vim.api.nvim_get_current_buf()
  local is_here = args[1] == 'here'
  if args[1] and not is_here then
    vim.notify("pygloss: an interview is about everything, or 'here'", vim.log.levels.WARN)
    return
  end
  if is_here and not vim.lsp.get_clients({ name = 'pygloss', bufnr = buffer })[1] then
    vim.notify('pygloss: no server runs for this buffer', vim.log.levels.WARN)
    return
  end
  require('pygloss.server').with_client(function(client)
    local params = { command = 'pygloss.interview.start' }
    if is_here then
      params.arguments = {
        vim.lsp.util.make_position_params(window, client.offset_encoding),
      }
    end
    client:request('workspace/executeCommand', params, function(err)
      if err then
        vim.notify('pygloss: ' .. err.message, vim.log.levels.WARN)
      end
    end)
  end)
end

return M
