--- What the reader knows by now: a page, and a few words for a status line. Both are the server's.
local M = {}

--- How old the words may grow before they are asked for anew, in nanoseconds.
local FRESH = 300 * 1e9

---@type { due: integer, waiting: boolean }?
local known
---@type integer? When it was asked for, in nanoseconds.
local asked

---@param text string
---@param level integer?
local function say(text, level)
  vim.notify('pygloss: ' .. text, level or vim.log.levels.INFO)
end

--- Opens the page, or brings it up to date.
function M.open()
  require('pygloss.server').with_client(function(client)
    client:request('pygloss/progress', vim.empty_dict(), function(err, page)
      if err then
        say(err.message, vim.log.levels.WARN)
        return
      end
      require('pygloss.page').show('progress', page.content, ' q close')
    end)
  end)
end

--- Takes back the last answer, in whichever program it was given.
function M.undo()
  require('pygloss.server').with_client(function(client)
    client:request('pygloss/quiz/undo', vim.empty_dict(), function(err, undone)
      if err then
        say(err.message, vim.log.levels.WARN)
        return
      end
      M.changed()
      say(undone.message)
    end)
  end)
end

--- What was known of the status holds no more.
function M.changed()
  asked = nil
end

--- What is due, as it was known last. Asks the server in the background when that is old, and never waits.
---@return { due: integer, waiting: boolean }?
function M.status()
  local client = require('pygloss.server').client()
  if not client or not client.initialized then
    known, asked = nil, nil
    return nil
  end
  if not asked or vim.uv.hrtime() - asked > FRESH then
    asked = vim.uv.hrtime()
    client:request('pygloss/status', vim.empty_dict(), function(err, status)
      if not err then
        known = { due = status.due, waiting = status.waiting }
        vim.cmd.redrawstatus()
      end
    end)
  end
  return known
end

return M
