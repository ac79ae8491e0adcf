--- `:Pygloss`, its subcommands and their completion.
local M = {}

---@class pygloss.Subcommand
---@field desc string
---@field run fun(args: string[], call: table)
---@field complete (fun(): string[])?

local function say(text)
  vim.notify('pygloss: ' .. text, vim.log.levels.INFO)
end

---@type table<string, pygloss.Subcommand>
local subcommands = {
  quiz = {
    desc = 'ask what is due; `here`, `mistakes`, `placement`, `undo`; else about topics',
    run = function(args)
      require('pygloss.quiz').command(args)
    end,
    complete = function()
      local ways = { 'here', 'mistakes', 'placement', 'undo' }
      return vim.list_extend(ways, require('pygloss.page').topics('concept'))
    end,
  },
  hint = {
    desc = 'a hint for the open question',
    run = function()
      require('pygloss.quiz').hint()
    end,
  },
  skip = {
    desc = 'leave the open question for another one',
    run = function()
      require('pygloss.quiz').skip(false)
    end,
  },
  stop = {
    desc = 'end the quiz',
    run = function()
      require('pygloss.quiz').stop()
    end,
  },
  interview = {
    desc = 'a mock interview, in a file to write your answers into; `here`: about your code',
    run = function(args)
      require('pygloss.worksheet').interview(args)
    end,
    complete = function()
      return { 'here' }
    end,
  },
  explain = {
    desc = 'the card for the code at the cursor, from pygloss alone',
    run = function()
      require('pygloss.card').show()
    end,
  },
  page = {
    desc = 'the page of a topic or a rule; without one, of the code at the cursor',
    run = function(args)
      require('pygloss.page').command(args)
    end,
    complete = function()
      return require('pygloss.page').topics()
    end,
  },
  progress = {
    desc = 'what you know by now, and what is due',
    run = function()
      require('pygloss.progress').open()
    end,
  },
  undo = {
    desc = 'take back the last answer',
    run = function()
      require('pygloss.progress').undo()
    end,
  },
  practice = {
    desc = 'exercises, of a topic if one is named; `hint`, `solution`, `run`, `reset`: in one',
    run = function(args)
      require('pygloss.practice').command(args)
    end,
    complete = function()
      return require('pygloss.practice').complete()
    end,
  },
  restart = {
    desc = 'start the server anew',
    run = function()
      require('pygloss.server').restart(function()
        say('the server was started anew')
      end)
    end,
  },
  log = {
    desc = "Neovim's log of language servers",
    run = function()
      vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
    end,
  },
  version = {
    desc = 'the versions of plugin and server',
    run = function()
      local client = require('pygloss.server').client()
      local server = client and vim.tbl_get(client, 'server_info', 'version')
      say(
        ('plugin %s, server %s'):format(
          require('pygloss').version,
          server or (client and 'of unknown version' or 'not running')
        )
      )
    end,
  },
}

---@return string[]
local function names()
  return vim.tbl_keys(subcommands)
end

--- The help of `:Pygloss` without arguments, also shown by `:checkhealth`.
---@return string[]
function M.summary()
  return vim
    .iter(vim.spairs(subcommands))
    :map(function(name, subcommand)
      return (':Pygloss %-9s %s'):format(name, subcommand.desc)
    end)
    :totable()
end

---@param call { fargs: string[] }
function M.run(call)
  local args = vim.list_slice(call.fargs)
  local name = table.remove(args, 1)
  if not name then
    vim.notify(table.concat(M.summary(), '\n'), vim.log.levels.INFO)
    return
  end
  local subcommand = subcommands[name]
  if not subcommand then
    local known = names()
    table.sort(known)
    local text = "pygloss: there is no command '%s'; the commands are: %s"
    vim.notify(text:format(name, table.concat(known, ', ')), vim.log.levels.ERROR)
    return
  end
  subcommand.run(args, call)
end

---@param lead string The word to complete.
---@param line string The command line.
---@return string[]
function M.complete(lead, line)
  local name = line:match('Pygloss!?%s+(%S+)%s')
  local candidates = names()
  if name then
    local subcommand = subcommands[name]
    candidates = subcommand and subcommand.complete and subcommand.complete() or {}
  end
  candidates = vim.tbl_filter(function(candidate)
    return vim.startswith(candidate, lead)
  end, candidates)
  table.sort(candidates)
  return candidates
end

return M
