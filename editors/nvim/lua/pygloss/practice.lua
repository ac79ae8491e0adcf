--- Exercises: choosing one, hints, the solution, running the file. What they are, and which goals are
--- open, is the server's; open goals are diagnostics.
local M = {}

---@param text string
---@param level integer?
local function say(text, level)
  vim.notify('pygloss: ' .. text, level or vim.log.levels.INFO)
end

--- The exercise that the buffer is, as the server is asked about it.
---@return table
local function here()
  return { textDocument = { uri = vim.uri_from_bufnr(0) } }
end

--- Asks the server. Without `failed` an error is told to the reader.
---@param what string
---@param params table
---@param done fun(result: any)
---@param failed (fun(err: lsp.ResponseError): boolean)? Whether it dealt with the error.
local function request(what, params, done, failed)
  require('pygloss.server').with_client(function(client)
    client:request('pygloss/practice/' .. what, params, function(err, result)
      if not err then
        done(result)
      elseif not (failed and failed(err)) then
        say(err.message, vim.log.levels.WARN)
      end
    end)
  end)
end

local STATES = { started = 'begun', passed = 'passed', gaveUp = 'given up' }

--- A line of the list.
---@param exercise table
---@return string
local function label(exercise)
  local state = STATES[exercise.state]
  local tail = state and (' (%s)'):format(state) or ''
  return ('%s · %s: %s%s'):format(exercise.topic.title, exercise.level, exercise.title, tail)
end

--- Opens the file of an exercise; the server writes it if there is none.
---@param exercise string
function M.open(exercise)
  request('open', { exercise = exercise }, function(opened)
    vim.cmd.edit(vim.fn.fnameescape(vim.uri_to_fname(opened.uri)))
  end)
end

--- Lets the reader choose an exercise.
---@param topics string[]
function M.choose(topics)
  request('list', { topics = topics }, function(exercises)
    local options = { prompt = 'Exercise:', kind = 'pygloss_practice', format_item = label }
    vim.ui.select(exercises, options, function(exercise)
      if exercise then
        M.open(exercise.id)
      end
    end)
  end)
end

---@param params table?
function M.hint(params)
  request('hint', params or here(), function(hint)
    local text = ('**Hint %d of %d.** %s'):format(hint.given, hint.of, hint.text)
    local options = { border = 'rounded', max_width = 80, wrap = true, focus_id = 'pygloss-hint' }
    vim.lsp.util.open_floating_preview({ text }, 'markdown', options)
  end)
end

--- Shows the solution beside the exercise.
---@param solution table
local function show(solution)
  local name = ('pygloss://%s/solution'):format(solution.exercise.id)
  local buffer = vim.fn.bufadd(name)
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(solution.content.value, '\n'))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = solution.content.kind == 'markdown' and 'markdown' or 'text'
  vim.cmd.split()
  vim.api.nvim_win_set_buf(0, buffer)
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'pygloss: close' })
end

--- The solution; before the exercise is passed the reader is asked.
---@param params table?
function M.solution(params)
  params = params or here()
  request('solution', params, show, function(err)
    if not (err.data and err.data.reason == 'notPassed') then
      return false
    end
    local give_up = 'Show the solution'
    vim.ui.select({ 'Go on', give_up }, { prompt = err.message }, function(choice)
      if choice == give_up then
        request('solution', vim.tbl_extend('force', params, { giveUp = true }), show)
      end
    end)
    return true
  end)
end

--- Begins the exercise anew, after a question.
---@param params table?
function M.reset(params)
  params = params or here()
  local anew = 'Begin anew'
  vim.ui.select({ 'Go on', anew }, { prompt = 'Begin this exercise anew?' }, function(choice)
    if choice == anew then
      request('reset', params, function(reset)
        if reset.kept then
          say('the old file is ' .. vim.uri_to_fname(reset.kept))
          vim.cmd.checktime()
        end
      end)
    end
  end)
end

--- The reader's interpreter: that of the active environment, else the one on PATH.
---@return string
local function python()
  local active = vim.env.VIRTUAL_ENV
  if active and active ~= '' then
    for _, place in ipairs({ 'bin/python', 'Scripts/python.exe' }) do
      local program = vim.fs.joinpath(active, place)
      if vim.fn.executable(program) == 1 then
        return program
      end
    end
  end
  return vim.fn.exepath('python3') ~= '' and 'python3' or 'python'
end

--- Runs the file of the buffer in a terminal, after the reader has seen the command. It runs the
--- reader's code, with the reader's rights.
function M.run()
  local file = vim.api.nvim_buf_get_name(0)
  if vim.bo.filetype ~= 'python' or vim.bo.buftype ~= '' or file == '' then
    say('this buffer is no Python file', vim.log.levels.WARN)
    return
  end
  local command = { python(), file }
  local question = ('Write the file and run it?\n%s'):format(
    table.concat(vim.tbl_map(vim.fn.shellescape, command), ' ')
  )
  if vim.fn.confirm(question, '&Run\n&Cancel', 2) ~= 1 then
    return
  end
  vim.cmd('redraw | silent update')
  vim.cmd('botright new')
  vim.fn.jobstart(command, { term = true })
end

local ACTIONS = { hint = M.hint, solution = M.solution, reset = M.reset, run = M.run }

--- `:Pygloss practice`: what is named, else the choice of exercises.
---@param args string[]
function M.command(args)
  local action = ACTIONS[args[1]]
  if action then
    action()
  else
    M.choose(args)
  end
end

---@return string[]
function M.complete()
  return vim.list_extend(vim.tbl_keys(ACTIONS), require('pygloss.page').topics('concept'))
end

return M
