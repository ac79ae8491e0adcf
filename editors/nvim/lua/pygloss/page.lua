--- Pages: a topic or a rule as a whole, in a buffer to read in. What they say and where one reads on
--- is the server's.
local M = {}

---@param text string
---@param level integer?
local function say(text, level)
  vim.notify('pygloss: ' .. text, level or vim.log.levels.INFO)
end

---@param buffer integer
---@param lhs string
---@param desc string
---@param run fun()
local function map(buffer, lhs, desc, run)
  vim.keymap.set('n', lhs, run, { buffer = buffer, nowait = true, desc = 'pygloss: ' .. desc })
end

--- The line above a page: what can be typed in it.
---@param page table
---@return string
local function keys(page)
  local parts = {}
  local function part(key, topic)
    if topic then
      parts[#parts + 1] = key .. ' ' .. topic.title:gsub('%%', '%%%%')
    end
  end
  part('<', page.previous)
  part('-', page.within)
  part('>', page.next)
  parts[#parts + 1] = 'q close'
  return ' ' .. table.concat(parts, ' · ')
end

--- Shows a text to read in: in the window of a page, or in a new one.
---@param id string What it is, as the buffer's name says it.
---@param content { kind: string, value: string }
---@param winbar string The line above it: what can be typed.
---@return integer buffer
function M.show(id, content, winbar)
  if not vim.startswith(vim.api.nvim_buf_get_name(0), 'pygloss://') then
    vim.cmd.split()
  end
  local name = 'pygloss://' .. id
  local buffer = vim.iter(vim.api.nvim_list_bufs()):find(function(other)
    return vim.api.nvim_buf_get_name(other) == name
  end)
  if not buffer then
    buffer = vim.api.nvim_create_buf(true, true)
    vim.api.nvim_buf_set_name(buffer, name)
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(content.value, '\n'))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
  local markdown = content.kind == 'markdown'
  vim.bo[buffer].filetype = markdown and 'markdown' or 'text'
  vim.api.nvim_win_set_buf(0, buffer)
  local window = vim.api.nvim_get_current_win()
  vim.wo[window][0].winbar = winbar
  vim.wo[window][0].linebreak = true
  vim.wo[window][0].conceallevel = 2
  map(buffer, 'q', 'close the page', function()
    if #vim.api.nvim_tabpage_list_wins(0) > 1 then
      vim.cmd.close()
    else
      vim.api.nvim_buf_delete(buffer, {})
    end
  end)
  return buffer
end

--- Shows the page of a topic or a rule.
---@param page table
local function show_topic(page)
  local buffer = M.show(page.topic.id, page.content, keys(page))
  local function go(lhs, desc, topic, none)
    map(buffer, lhs, desc, function()
      if topic then
        M.open({ topic = topic.id })
      else
        say(none)
      end
    end)
  end
  go('>', 'the next page', page.next, 'this is the last page')
  go('<', 'the page before', page.previous, 'this is the first page')
  go('-', 'the page of the topic', page.within, 'this is the page of a topic')
end

--- Asks for a page and shows it, in the window of a page or in a new one.
---@param params table
---@param bufnr integer?
function M.open(params, bufnr)
  require('pygloss.server').with_client(function(client)
    client:request('pygloss/page', params, function(err, page)
      if err then
        say(err.message, vim.log.levels.WARN)
        return
      end
      show_topic(page)
    end, bufnr)
  end)
end

--- `:Pygloss page`: the page of a topic or a rule, else of the code at the cursor.
---@param args string[]
function M.command(args)
  if args[1] then
    M.open({ topic = args[1] })
    return
  end
  local client = vim.lsp.get_clients({ name = 'pygloss', bufnr = 0 })[1]
  if not client then
    say('no server runs for this buffer; name a topic', vim.log.levels.WARN)
    return
  end
  M.open(vim.lsp.util.make_position_params(0, client.offset_encoding))
end

--- The names of what has a page; nothing while no server runs.
---@param kind string? Topics of this kind only: `concept` or `rule`.
---@return string[]
function M.topics(kind)
  local client = require('pygloss.server').client()
  -- Completion cannot wait longer.
  local answer = client and client.initialized and client:request_sync('pygloss/topics', {}, 1000)
  local names = {}
  for _, topic in ipairs(answer and answer.result or {}) do
    if not kind or topic.kind == kind then
      names[#names + 1] = topic.name
    end
  end
  return names
end

return M
