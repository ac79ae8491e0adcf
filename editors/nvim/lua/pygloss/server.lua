--- Finding, starting and stopping the server.
local M = {}

local NAME = 'pygloss'

---@class pygloss.Found
---@field cmd string[]
---@field from string Where the program was found, for a person.

--- The command that starts the server: `vim.g.pygloss.cmd`, the program in the plugin's own folder
--- `bin`, or the one on PATH.
---@return pygloss.Found? found
---@return string? reason Why there is none, with advice.
function M.find()
  local configured = require('pygloss.config').get().cmd
  if configured then
    local program = vim.fn.exepath(vim.fs.normalize(configured[1]))
    if program == '' then
      local reason = "vim.g.pygloss.cmd names '%s', which is not a program that can be run"
      return nil, reason:format(configured[1])
    end
    local cmd = vim.list_extend({ program }, configured, 2)
    return { cmd = cmd, from = 'vim.g.pygloss.cmd' }
  end

  local plugin = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))))
  for _, place in ipairs({
    { program = vim.fs.joinpath(plugin, 'bin', NAME), from = "the plugin's folder" },
    { program = NAME, from = 'PATH' },
  }) do
    local program = vim.fn.exepath(place.program)
    if program ~= '' then
      return { cmd = { program }, from = place.from }
    end
  end
  return nil, "no program 'pygloss' on PATH; see :help pygloss-server"
end

--- Whether the server can be started. Tells the reader once when it cannot.
---@return boolean
function M.usable()
  -- A `cmd` given to `vim.lsp.config()` is not ours to judge.
  if type(vim.lsp.config[NAME].cmd) == 'table' then
    return true
  end
  local found, reason = M.find()
  if not found then
    vim.notify_once('pygloss: ' .. reason, vim.log.levels.WARN)
  end
  return found ~= nil
end

---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
function M.start(dispatchers)
  local found, reason = M.find()
  if not found then
    error('pygloss: ' .. reason, 0)
  end
  return vim.lsp.rpc.start(found.cmd, dispatchers)
end

--- Adds the settings of `vim.g.pygloss`. Those of `vim.lsp.config()` win.
---@param params lsp.InitializeParams
---@param config vim.lsp.ClientConfig
function M.before_init(params, config)
  local given = require('pygloss.config').get().settings
  local settings = vim.tbl_deep_extend('force', given, config.settings.pygloss or {})
  if next(settings) == nil then
    -- An empty table would be sent as a list.
    settings = vim.empty_dict()
  end
  -- In place: the client answers `workspace/configuration` from this very table.
  config.settings.pygloss = settings
  local peers = require('pygloss.peers')
  peers.watch()
  local options = vim.deepcopy(params.initializationOptions or {})
  local own = { settings = settings, peers = peers.names() }
  params.initializationOptions = vim.tbl_extend('keep', options, own)
end

--- The running client: that of a buffer, else any.
---@param bufnr integer?
---@return vim.lsp.Client?
function M.client(bufnr)
  local clients =
    vim.lsp.get_clients({ name = NAME, bufnr = bufnr or vim.api.nvim_get_current_buf() })
  return clients[1] or vim.lsp.get_clients({ name = NAME })[1]
end

--- Calls back with the running client, which is started first where none runs: a quiz needs no
--- Python buffer.
---@param done fun(client: vim.lsp.Client)
function M.with_client(done)
  local client = M.client()
  if client then
    if client.initialized then
      done(client)
    else
      vim.notify('pygloss: the server is still starting', vim.log.levels.INFO)
    end
    return
  end
  if not M.usable() then
    return
  end
  local config = vim.deepcopy(vim.lsp.config[NAME])
  config.root_dir = vim.fs.root(vim.fn.getcwd(), { 'pyproject.toml', 'setup.py', '.git' })
  config.on_init = function(started)
    done(started)
  end
  vim.lsp.start(config, { attach = false })
end

--- Stops every server and starts those that its buffers need.
---@param done fun()?
function M.restart(done)
  vim.lsp.enable(NAME, false)
  local stopping = vim.lsp.get_clients({ name = NAME })
  local timer = assert(vim.uv.new_timer())
  local waited = 0
  local function all_stopped()
    return vim.iter(stopping):all(function(client)
      return vim.lsp.get_client_by_id(client.id) == nil
    end)
  end
  timer:start(
    0,
    50,
    vim.schedule_wrap(function()
      waited = waited + 50
      if timer:is_closing() or not (all_stopped() or waited > 5000) then
        return
      end
      timer:close()
      for _, client in ipairs(stopping) do
        client:stop(true)
      end
      vim.lsp.enable(NAME)
      if done then
        done()
      end
    end)
  )
end

return M
