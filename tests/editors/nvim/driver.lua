--- Drives a Neovim that runs in a terminal, as a reader would: by keys, looking at the screen. The
--- terminal is tmux. What the screen does not tell is asked over the RPC socket.
local Driver = {}
Driver.__index = Driver

local TIMEOUT = 30000

---@param cmd string[]
---@return string stdout
local function run(cmd)
  local result = vim.system(cmd, { text = true }):wait()
  if result.code ~= 0 then
    error(table.concat(cmd, ' ') .. ': ' .. result.stderr, 0)
  end
  return result.stdout
end

---@class Options
---@field file string? The file to open.
---@field env table<string, string>?
---@field columns integer? The width of the terminal; 100 without it.

--- Starts Neovim with the plugin in a home of its own.
---@param context { nvim: string, plugin: string, init: string, artifacts: string, path: string }
---@param options Options
function Driver.start(context, options)
  local home = vim.fn.tempname()
  vim.fn.mkdir(home, 'p')
  local self = setmetatable({ context = context, home = home }, Driver)
  self.tmux =
    { 'tmux', '-L', 'pygloss-' .. vim.fs.basename(home) .. vim.uv.os_getpid(), '-f', '/dev/null' }
  local env = vim.tbl_extend('force', {
    HOME = home,
    XDG_CONFIG_HOME = home,
    XDG_DATA_HOME = home .. '/data',
    XDG_STATE_HOME = home .. '/state',
    XDG_CACHE_HOME = home .. '/cache',
    LC_ALL = 'C.UTF-8',
    PATH = context.path,
    PYGLOSS_PLUGIN = context.plugin,
  }, options.env or {})
  local socket = home .. '/socket'
  local cmd = vim.list_slice(self.tmux)
  -- By `env`: tmux would put its own PATH over the one that it is given.
  local columns = tostring(options.columns or 100)
  vim.list_extend(cmd, { 'new-session', '-d', '-x', columns, '-y', '40', 'env' })
  for name, value in pairs(env) do
    cmd[#cmd + 1] = name .. '=' .. value
  end
  vim.list_extend(cmd, { context.nvim, '-u', context.init, '-i', 'NONE' })
  vim.list_extend(cmd, { '--listen', socket, options.file })
  run(cmd)
  local started, problem = pcall(self.connect, self, socket)
  if not started then
    self:close()
    error(problem, 0)
  end
  return self
end

--- Waits until Neovim has started.
function Driver:connect(socket)
  self:wait('the RPC socket', function()
    local connected, channel = pcall(vim.fn.sockconnect, 'pipe', socket, { rpc = true })
    self.channel = connected and channel > 0 and channel or nil
    return self.channel
  end)
  self:wait('the end of start-up', function()
    return self:lua('return vim.v.vim_did_enter') == 1
  end)
end

--- Ends Neovim.
function Driver:close()
  pcall(vim.fn.chanclose, self.channel)
  run(vim.list_extend(vim.list_slice(self.tmux), { 'kill-server' }))
  vim.fn.delete(self.home, 'rf')
end

--- Types keys, in the notation of maps.
function Driver:keys(keys)
  vim.rpcrequest(self.channel, 'nvim_input', keys)
end

--- Runs Lua in the driven Neovim, which would not answer while it waits for a key.
function Driver:lua(code, ...)
  local ready = vim.wait(TIMEOUT, function()
    return not self:blocked()
  end, 20)
  assert(ready, 'Neovim waits for a key')
  return vim.rpcrequest(self.channel, 'nvim_exec_lua', code, { ... })
end

--- Whether Neovim waits for a key in a prompt, where only the screen can be asked.
function Driver:blocked()
  return vim.rpcrequest(self.channel, 'nvim_get_mode').blocking
end

---@return string screen What the terminal shows.
function Driver:screen()
  return run(vim.list_extend(vim.list_slice(self.tmux), { 'capture-pane', '-p' }))
end

--- Keeps what the terminal shows, as text.
function Driver:keep(name)
  vim.fn.mkdir(self.context.artifacts, 'p')
  vim.fn.writefile(vim.split(self:screen(), '\n'), self.context.artifacts .. '/' .. name .. '.txt')
end

--- Waits until `check` gives something true, and gives that back.
function Driver:wait(what, check) -- luacheck: ignore self
  local value
  local done = vim.wait(TIMEOUT, function()
    value = check()
    return value and true or false
  end, 50)
  if not done then
    error('no sign of ' .. what, 0)
  end
  return value
end

--- Waits until the screen shows a text.
function Driver:wait_for_text(text)
  return self:wait(('"%s" on the screen'):format(text), function()
    local screen = self:screen()
    return screen:find(text, 1, true) and screen
  end)
end

--- Waits until the server has answered for the buffer.
function Driver:wait_for_server()
  self:wait('a client in the buffer', function()
    return self:lua([[
      local client = vim.lsp.get_clients({ name = 'pygloss', bufnr = 0 })[1]
      return client ~= nil and client.initialized == true
    ]])
  end)
end

--- Puts the cursor on the first place of a text in the buffer.
function Driver:go_to(text)
  local found = self:lua(
    [[
      vim.fn.cursor(1, 1)
      return vim.fn.search('\\V' .. vim.fn.escape(..., '\\'), 'c')
    ]],
    text
  )
  assert(found > 0, ('the buffer has no "%s"'):format(text))
end

---@return string[] lines The lines of the buffer.
function Driver:lines()
  return self:lua('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')
end

--- The text of the floating window, once there is one.
function Driver:float()
  return self:wait('a floating window', function()
    local lines = self:lua([[
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        end
      end
      return vim.NIL
    ]])
    return lines ~= vim.NIL and table.concat(lines, '\n')
  end)
end

return Driver
