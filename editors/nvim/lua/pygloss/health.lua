--- `:checkhealth pygloss`
local M = {}

local health = vim.health

local function check_neovim()
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim is older than 0.11', 'install Neovim 0.11 or later')
  end
end

local function check_config()
  local _, problems = require('pygloss.config').check()
  for _, problem in ipairs(problems) do
    health.warn(problem, 'see :help pygloss-configuration')
  end
  if #problems == 0 then
    health.ok('vim.g.pygloss has no mistakes')
  end
end

--- The version that a program says it has.
---@param cmd string[]
---@return string? version
---@return string? problem
local function version_of(cmd)
  local started, process = pcall(
    vim.system,
    { cmd[1], '--version' },
    { text = true, timeout = 5000 }
  )
  if not started then
    return nil, tostring(process)
  end
  local result = process:wait()
  local version = (result.stdout or ''):match('^pygloss (%S+)')
  if result.code ~= 0 or not version then
    return nil,
      ("'%s --version' said: %s%s"):format(cmd[1], result.stdout or '', result.stderr or '')
  end
  return version
end

local function check_server()
  local found, reason = require('pygloss.server').find()
  if not found then
    health.error(reason or 'no server', 'see :help pygloss-server')
    return
  end
  health.ok(('server: %s (from %s)'):format(table.concat(found.cmd, ' '), found.from))
  local version, problem = version_of(found.cmd)
  local wanted = require('pygloss').version
  if not version then
    health.error(problem or 'the server does not start', 'is it the right program?')
  elseif version == wanted then
    health.ok(('server and plugin have the same version, %s'):format(version))
  else
    health.warn(
      ('the server has version %s, the plugin %s'):format(version, wanted),
      'install the same version of both'
    )
  end
end

local function check_buffers()
  if not vim.lsp.is_enabled('pygloss') then
    health.info('the server is enabled when the first file of a Python project is opened')
    return
  end
  local clients = vim.lsp.get_clients({ name = 'pygloss' })
  if #clients == 0 then
    health.warn('the server is enabled but does not run', 'open a Python file; see :Pygloss log')
  end
  for _, client in ipairs(clients) do
    local files = vim
      .iter(pairs(client.attached_buffers))
      :map(function(buffer)
        return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.')
      end)
      :totable()
    local list = #files > 0 and table.concat(files, ', ') or 'no buffer'
    health.ok(('client %d is attached to %s'):format(client.id, list))
    local protocol =
      vim.tbl_get(client, 'server_capabilities', 'experimental', 'pygloss', 'protocol')
    if protocol == 1 then
      health.ok('server and plugin speak version 1 of the quiz protocol')
    else
      health.warn(
        ('the server speaks version %s of the quiz protocol, the plugin 1'):format(protocol or 'no'),
        'install the same version of both'
      )
    end
  end
end

function M.check()
  health.start('pygloss')
  check_neovim()
  check_config()
  check_server()
  check_buffers()
end

return M
