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
---@field due integer? Questions that are due, as far as the server has told; nil before.
---@field text string What a status line shows: `3 due`, `quiz paused`, or nothing.

--- For a status line. Never waits: what is due is asked for in the background.
---@return pygloss.Status
function M.status()
  local client = require('pygloss.server').client()
  local quiz = require('pygloss.quiz')
  local known = require('pygloss.progress').status()
  local text = ''
  if quiz.waits() or (known and known.waiting and not quiz.status()) then
    text = 'quiz paused'
  elseif known and known.due > 0 then
    text = ('%d due'):format(known.due)
  end
  return {
    server = client and vim.tbl_get(client, 'server_info', 'version'),
    quiz = quiz.status(),
    due = known and known.due,
    text = text,
  }
end

return M
