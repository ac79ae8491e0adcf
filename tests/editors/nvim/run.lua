--- The tests of the Neovim client: nvim -l tests/editors/nvim/run.lua [FILTER]
--- The environment: PYGLOSS_SERVER, the program under test.
local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
package.path = here .. '/?.lua;' .. package.path
local Driver = require('driver')

local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
local server = assert(vim.env.PYGLOSS_SERVER, 'PYGLOSS_SERVER must name the program under test')
local bin = vim.fn.tempname()
vim.fn.mkdir(bin, 'p')
assert(vim.uv.fs_symlink(vim.fs.abspath(server), bin .. '/pygloss'))

local context = {
  root = root,
  server = vim.fs.abspath(server),
  plugin = root .. '/editors/nvim',
  init = here .. '/init.lua',
  nvim = vim.v.progpath,
  artifacts = root .. '/tests/artifacts/nvim',
  path = bin .. ':' .. vim.env.PATH,
  path_without_server = vim.env.PATH,
  fixtures = root .. '/tests/editors/fixtures',
}

--- A copy of a fixture that may be changed.
function context.copy(name)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local file = folder .. '/' .. name
  assert(vim.uv.fs_copyfile(context.fixtures .. '/' .. name, file))
  return file
end

--- A copy of the chapter's example.
function context.example()
  return context.copy('rate_limit.py')
end

---@param options Options
---@param test fun(nvim: table)
function context.with_nvim(options, test)
  local nvim = Driver.start(context, options)
  local passed, problem = xpcall(test, function(message)
    local seen, screen = pcall(nvim.screen, nvim)
    return debug.traceback(tostring(message), 2) .. '\n' .. (seen and screen or '')
  end, nvim)
  nvim:close()
  if not passed then
    error(problem, 0)
  end
end

local function print(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

local filter = _G.arg[1]
local passed, failed = 0, 0
local suites = {
  'plugin_test',
  'code_test',
  'card_test',
  'hints_test',
  'page_test',
  'practice_test',
  'progress_test',
  'quiz_test',
  'interview_test',
}
for _, name in ipairs(suites) do
  for _, case in ipairs(require(name)(context)) do
    if not filter or case.name:find(filter, 1, true) then
      local start = vim.uv.hrtime()
      local ok, problem = pcall(case.run)
      local seconds = (vim.uv.hrtime() - start) / 1e9
      print(('%s %s (%.1f s)'):format(ok and 'ok    ' or 'FAILED', case.name, seconds))
      if ok then
        passed = passed + 1
      else
        failed = failed + 1
        print(problem)
      end
    end
  end
end
vim.fn.delete(bin, 'rf')
print(('%d passed, %d failed'):format(passed, failed))
os.exit(failed == 0 and passed > 0 and 0 or 1)
