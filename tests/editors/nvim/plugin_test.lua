--- The plugin as such: start, commands, help, health, and a reader without a server.
local expect = require('expect')

return function(context)
  local function start()
    context.with_nvim({}, function(nvim)
      local loaded = nvim:lua([[
        return vim.tbl_filter(function(name)
          return name:find('^pygloss') or name == 'vim.lsp'
        end, vim.tbl_keys(package.loaded))
      ]])
      expect.equal(loaded, {})
      expect.equal(nvim:lua('return vim.fn.exists(":Pygloss")'), 2)
    end)
  end

  local function start_time()
    local best = math.huge
    for _ = 1, 5 do
      local log = vim.fn.tempname()
      local cmd =
        { context.nvim, '--headless', '-u', context.init, '-i', 'NONE', '--startuptime', log, '+q' }
      local result = vim.system(cmd, { env = { PYGLOSS_PLUGIN = context.plugin } }):wait()
      expect.equal(result.code, 0)
      for _, line in ipairs(vim.fn.readfile(log)) do
        local own = line:match('([%d.]+): sourcing .*nvim/plugin/pygloss.lua')
        best = math.min(best, tonumber(own) or math.huge)
      end
    end
    assert(best < 1, ('plugin/pygloss.lua takes %s ms'):format(best))
  end

  local function completion()
    context.with_nvim({}, function(nvim)
      local names = nvim:lua('return vim.fn.getcompletion("Pygloss ", "cmdline")')
      local all = 'explain hint interview log page practice progress quiz restart'
      expect.equal(names, vim.split(all .. ' skip stop undo version', ' '))
      expect.equal(nvim:lua('return vim.fn.getcompletion("Pygloss quiz h", "cmdline")'), { 'here' })
      nvim:keys(':Pygloss nonsense<CR>')
      nvim:wait_for_text("there is no command 'nonsense'")
    end)
  end

  local function help()
    context.with_nvim({}, function(nvim)
      -- Fails on tags that stand twice.
      nvim:lua('vim.cmd.helptags(...)', context.plugin .. '/doc')
      for _, name in ipairs(nvim:lua('return vim.fn.getcompletion("Pygloss ", "cmdline")')) do
        nvim:lua('vim.cmd.help(...)', ':Pygloss-' .. name)
      end
      nvim:lua('vim.cmd.only()')
      nvim:keys(':help pygloss<CR>')
      nvim:wait_for_text('pygloss is a language server')
      nvim:keep('help')
    end)
    vim.fn.delete(context.plugin .. '/doc/tags')
  end

  local function health()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':checkhealth pygloss<CR>')
      nvim:wait_for_text('same version')
      local report = table.concat(nvim:lines(), '\n')
      expect.lacks(report, 'ERROR')
      expect.lacks(report, 'WARNING')
      expect.contains(report, 'from PATH')
      expect.contains(report, 'rate_limit.py')
      nvim:keep('checkhealth')
    end)
  end

  local function no_server()
    local env = { PATH = context.path_without_server }
    context.with_nvim({ file = context.example(), env = env }, function(nvim)
      nvim:wait_for_text("no program 'pygloss' on PATH")
      nvim:lua('vim.cmd.edit(...)', context.example())
      nvim:keys(':checkhealth pygloss<CR>')
      nvim:wait_for_text('ERROR')
      local notices = nvim:lua('return vim.fn.execute("messages")')
      local _, count = notices:gsub("no program 'pygloss'", '')
      expect.equal(count, 1)
    end)
  end

  local function disabled()
    local file = context.example()
    context.with_nvim({}, function(nvim)
      nvim:lua('vim.g.pygloss = { enable = false }; vim.cmd.edit(...)', file)
      expect.equal(nvim:lua('return vim.lsp.is_enabled("pygloss")'), false)
      nvim:lua("vim.lsp.enable('pygloss')")
      nvim:wait_for_server()
    end)
  end

  local function project_files()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. '/elsewhere', 'p')
    local function write(name, lines)
      vim.fn.writefile(lines, folder .. '/' .. name)
      return folder .. '/' .. name
    end
    local requirements = write('dev-requirements.txt', { 'rich ~= 13.5' })
    local project = write('pyproject.toml', { '[project]', 'dependencies = ["rich"]' })
    local ignore = write('.gitignore', { 'build/' })
    local others = {
      write('other.toml', { '[project]' }),
      vim.fn.tempname() .. '/.gitignore',
    }
    context.with_nvim({}, function(nvim)
      for _, file in ipairs(others) do
        nvim:lua('vim.cmd.edit(...)', file)
        expect.equal(nvim:lua('return vim.lsp.is_enabled("pygloss")'), false)
      end
      for _, file in ipairs({ requirements, project, ignore }) do
        nvim:lua('vim.cmd.edit(...)', file)
        nvim:wait_for_server()
      end
      for _, file in ipairs(others) do
        nvim:lua('vim.cmd.edit(...)', file)
        expect.equal(nvim:lua('return #vim.lsp.get_clients({ bufnr = 0 })'), 0)
      end
      nvim:lua('vim.cmd.edit(...)', requirements)
      nvim:keys(':Pygloss explain<CR>')
      nvim:wait_for_text('is short for')
      nvim:keep('requirements')
    end)
  end

  local function wrong_configuration()
    context.with_nvim({}, function(nvim)
      nvim:lua('vim.g.pygloss = { enable = 1, quiz = { limit = 99 }, colour = "red" }')
      nvim:keys(':checkhealth pygloss<CR>')
      nvim:wait_for_text('there is no vim.g.pygloss.colour')
      local report = table.concat(nvim:lines(), '\n')
      expect.contains(report, 'vim.g.pygloss.enable must be true or false')
      expect.contains(report, 'vim.g.pygloss.quiz.limit must be a number from 1 to 50')
    end)
  end

  local function restart()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      local before = nvim:lua('return vim.lsp.get_clients({ name = "pygloss" })[1].id')
      nvim:keys(':Pygloss restart<CR>')
      nvim:wait_for_text('the server was started anew')
      nvim:wait_for_server()
      local after = nvim:lua('return vim.lsp.get_clients({ name = "pygloss" })[1].id')
      assert(after ~= before, 'the client is the same')
      nvim:keys(':Pygloss version<CR>')
      local manifest = table.concat(vim.fn.readfile(context.root .. '/Cargo.toml'), '\n')
      local version = manifest:match('\nversion = "([^"]+)"')
      nvim:wait_for_text(('plugin %s, server %s'):format(version, version))
    end)
  end

  local function peers()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:lua([[
        vim.api.nvim_buf_set_lines(0, 0, -1, false, {
          'fs = []',
          'for i in range(3):',
          '    fs.append(lambda: i)',
        })
      ]])
      local function shown()
        local codes = 'vim.tbl_map(function(it) return it.code end, vim.diagnostic.get(0))'
        return nvim:lua('return ' .. codes)
      end
      nvim:wait('the finding', function()
        return vim.deep_equal(shown(), { 'loop-closure' })
      end)
      -- A server that does nothing, under the name of one that has the rule.
      nvim:lua([[
        vim.lsp.start({
          name = 'ruff',
          cmd = function()
            local closing = false
            return {
              request = function(method, _, done)
                done(nil, method == 'initialize' and { capabilities = {} } or vim.NIL)
                return true, 1
              end,
              notify = function(method)
                closing = closing or method == 'exit'
                return true
              end,
              is_closing = function()
                return closing
              end,
              terminate = function()
                closing = true
              end,
            }
          end,
        })
      ]])
      nvim:wait('the finding to be left to ruff', function()
        return #shown() == 0
      end)
    end)
  end

  return {
    { name = 'nothing is loaded before a Python file is opened', run = start },
    { name = 'the plugin file takes less than a millisecond', run = start_time },
    { name = ':Pygloss completes its commands', run = completion },
    { name = ':help knows every command', run = help },
    { name = ':checkhealth has nothing to complain about', run = health },
    { name = 'a reader without the server is told once', run = no_server },
    { name = 'the server can be left to vim.lsp.enable()', run = disabled },
    {
      name = 'files of a Python project are served, others of their kind are not',
      run = project_files,
    },
    { name = ':checkhealth names mistakes in the configuration', run = wrong_configuration },
    { name = ':Pygloss restart starts another server', run = restart },
    { name = 'what a running ruff shows is left to it', run = peers },
  }
end
