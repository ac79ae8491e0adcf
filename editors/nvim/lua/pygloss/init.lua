local M = {}

--- The version of this plugin; the server that it is made for has the same.
M.version = '0.1.0'

--- Optional: the same as setting `vim.g.pygloss`. May be called any number of times.
---@param config table?
function M.setup(config)
  vim.validate('config', config, 'table', true)
  vim.g.pygloss = config
end

---@class pygloss.Status
---@field server string? Version of the running server; nil while none runs.
---@field quiz { index: integer, total: integer, topic: string }? The quiz that is open.

--- For a status line.
---@return pygloss.Status
function M.status()
  local client = require('pygloss.server').client()
  return {
    server = client and vim.tbl_get(client, 'server_info', 'version'),
    quiz = require('pygloss.quiz').status(),
  }
end

return M
