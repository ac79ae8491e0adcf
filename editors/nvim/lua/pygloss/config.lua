--- What the reader configures: the table `vim.g.pygloss`, read anew at every use.
local M = {}

---@class pygloss.Config
---@field enable boolean Start the server for buffers of Python projects.
---@field cmd string[]? The command that starts the server, instead of the one that is found.
---@field settings table The server's settings: `targetVersion`, `select`, `ignore`, …
---@field quiz { limit: integer, confidence: boolean, ui: 'auto'|'float'|'split'|'select' }

---@type pygloss.Config
local defaults = {
  enable = true,
  settings = {},
  quiz = { limit = 5, confidence = false, ui = 'auto' },
}

--- The configuration, and what is wrong with it; a wrong value is left at its default.
---@return pygloss.Config config
---@return string[] problems
function M.check()
  local config, problems = vim.deepcopy(defaults), {}
  local given = vim.g.pygloss
  if given == nil then
    return config, problems
  end
  if type(given) == 'function' then
    given = given()
  end
  if type(given) ~= 'table' then
    return config, { 'vim.g.pygloss must be a table, not ' .. type(given) }
  end

  local function wrong(key, what)
    problems[#problems + 1] = ('vim.g.pygloss.%s must be %s'):format(key, what)
  end
  local function is_command(value)
    return type(value) == 'string' or (vim.islist(value) and type(value[1]) == 'string')
  end
  local take = {
    enable = function(value)
      if type(value) ~= 'boolean' then
        return wrong('enable', 'true or false')
      end
      config.enable = value
    end,
    cmd = function(value)
      if not is_command(value) then
        return wrong('cmd', 'a path or a list of strings')
      end
      config.cmd = type(value) == 'string' and { value } or value
    end,
    settings = function(value)
      if type(value) ~= 'table' then
        return wrong('settings', 'a table')
      end
      config.settings = value
    end,
    quiz = function(value)
      if type(value) ~= 'table' then
        return wrong('quiz', 'a table')
      end
      if value.limit ~= nil then
        if type(value.limit) ~= 'number' or value.limit < 1 or value.limit > 50 then
          wrong('quiz.limit', 'a number from 1 to 50')
        else
          config.quiz.limit = math.floor(value.limit)
        end
      end
      if value.confidence ~= nil then
        if type(value.confidence) ~= 'boolean' then
          wrong('quiz.confidence', 'true or false')
        else
          config.quiz.confidence = value.confidence
        end
      end
      if value.ui ~= nil then
        if not vim.list_contains({ 'auto', 'float', 'split', 'select' }, value.ui) then
          wrong('quiz.ui', "'auto', 'float', 'split' or 'select'")
        else
          config.quiz.ui = value.ui
        end
      end
    end,
  }
  for key, value in vim.spairs(given) do
    if take[key] then
      take[key](value)
    else
      problems[#problems + 1] = ('there is no vim.g.pygloss.%s'):format(key)
    end
  end
  return config, problems
end

---@return pygloss.Config
function M.get()
  local config = M.check()
  return config
end

return M
