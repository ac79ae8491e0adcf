--- The quiz: questions and verdicts in a window whose keys answer. The course of a session is the
--- server's; this only draws what it says. The requests are described in PROTOCOL.md.
local view = require('pygloss.quiz_view')

local M = {}

local CONTENT_MODIFIED = -32801

---@class pygloss.Open
---@field client integer
---@field session table
---@field question table? The question that waits for its answer.
---@field hints string[] Those given for it.
---@field shown integer When it was shown, in nanoseconds.
---@field waits boolean? The reader has left it, to go on later.

---@type pygloss.Open?
local open

local ask, handle_step

---@param level integer?
local function say(text, level)
  vim.notify('pygloss: ' .. text, level or vim.log.levels.INFO)
end

---@param client vim.lsp.Client
---@param done fun(result: table)
---@param refused (fun(reason: string?): boolean?)? Takes a refusal; true when all is done then.
local function request(client, method, params, done, refused)
  client:request('pygloss/quiz/' .. method, params, function(err, result)
    if not err then
      done(result)
      return
    end
    local reason = type(err.data) == 'table' and err.data.reason or nil
    if refused and refused(reason) then
      return
    end
    if err.code == CONTENT_MODIFIED and open then
      say(err.message)
      open.question = nil
      request(client, 'next', { sessionId = open.session.id }, handle_step)
      return
    end
    if reason == 'noSession' then
      open = nil
      view.close()
    end
    say(err.message, vim.log.levels.ERROR)
  end)
end

--- The client of the open session; nil, with a message, when there is none.
---@return vim.lsp.Client?
local function session_client()
  local client = open and vim.lsp.get_client_by_id(open.client)
  if not client then
    open = nil
    say('no quiz is open; start one by :Pygloss quiz')
  end
  return client
end

--- Names the open question in a request.
local function presentation()
  return { sessionId = open.session.id, presentationId = open.question.presentationId }
end

---@param verdict table
local function handle_verdict(verdict)
  open.session, open.question = verdict.session, nil
  require('pygloss.progress').changed()
  view.verdict(verdict, {
    next = M.next,
    stop = M.stop,
    pause = function()
      open.waits = true
    end,
    evidence = verdict.evidence,
    encoding = vim.lsp.get_client_by_id(open.client).offset_encoding,
  })
end

---@param response { keys: string[]?, text: string?, judgement: string? }
---@param confidence string?
local function answer(response, confidence)
  local client = session_client()
  if not client then
    return
  end
  local params = vim.tbl_extend('error', presentation(), {
    response = response,
    confidence = confidence,
    ms = math.floor((vim.uv.hrtime() - open.shown) / 1e6),
  })
  request(client, 'answer', params, handle_verdict, function(reason)
    -- Either counts for nothing, and the question is still open.
    local why = ({
      notPython = 'with that in the blank it is not Python',
      unforeseen = 'none of the answers known here, so not judged: write it another way, or give up',
    })[reason]
    if why then
      say(why)
      ask(response.text)
      return true
    end
  end)
end

---@param response { keys: string[]?, text: string? }
local function answer_with_confidence(response)
  if not require('pygloss.config').get().quiz.confidence then
    answer(response)
    return
  end
  view.confidence(function(level)
    answer(response, level)
  end)
end

--- Shows what stands in the reader's words, and lets the reader judge them.
---@param words string
local function compare(words)
  local client = session_client()
  if not client then
    return
  end
  local question = open.question
  local params = vim.tbl_extend('error', presentation(), { text = words })
  request(client, 'compare', params, function(comparison)
    if not open or open.question ~= question then
      return
    end
    view.comparison(question, comparison, words, function(choice)
      if not open or open.question ~= question then
        return
      end
      if choice == 'write' then
        ask(words)
      elseif choice then
        answer({ judgement = choice })
      else
        open.waits = true
        say('the quiz waits; :Pygloss quiz goes on')
      end
    end)
  end)
end

---@param typed string? What stands in the field at first, where the answer is typed.
function ask(typed)
  local question = open.question
  local client = session_client()
  if not client then
    return
  end
  open.shown, open.waits = vim.uv.hrtime(), false
  view.question(open, client.offset_encoding, function(choice)
    -- The picker of the reader may answer late.
    if not open or open.question ~= question then
      return
    end
    if not choice then
      open.waits = true
      view.close()
      say('the quiz waits; :Pygloss quiz goes on')
    elseif choice.text and question.shape == 'words' then
      compare(choice.text)
    elseif choice.keys or choice.text then
      answer_with_confidence(choice)
    else
      choice.run()
    end
  end, {
    { key = 'h', label = 'Hint', run = M.hint, hidden = question.hints == #open.hints },
    { key = 's', label = 'Skip', run = M.skip },
    {
      key = '?',
      label = 'Show the answer',
      run = function()
        M.skip(true)
      end,
    },
    { key = 'x', label = 'Stop', run = M.stop },
  }, typed)
end

---@param step table
function handle_step(step)
  if step.done then
    open = nil
    require('pygloss.progress').changed()
    view.summary(step.done)
    return
  end
  open.session, open.question, open.hints = step.session, step.question, {}
  ask()
end

--- Starts a session.
---@param params table? Parameters of `pygloss/quiz/start`.
---@param client_id integer?
function M.start(params, client_id)
  local function begin(client)
    local full = vim.tbl_extend('keep', params or {}, {
      limit = require('pygloss.config').get().quiz.limit,
      ui = 'rich',
    })
    request(client, 'start', full, function(step)
      open = { client = client.id, session = step.session, hints = {}, shown = 0 }
      handle_step(step)
    end)
  end
  local client = client_id and vim.lsp.get_client_by_id(client_id)
  if client then
    begin(client)
  else
    require('pygloss.server').with_client(begin)
  end
end

--- Goes on with a quiz that a server before this one left, else calls `otherwise`.
---@param otherwise fun()
local function resume(otherwise)
  require('pygloss.server').with_client(function(client)
    request(client, 'resume', vim.empty_dict(), function(step)
      open = { client = client.id, session = step.session, hints = {}, shown = 0 }
      handle_step(step)
    end, function()
      otherwise()
      return true
    end)
  end)
end

--- `:Pygloss quiz`: goes on with the open session, or with one from before a restart; `here` asks
--- about the cursor, `mistakes` about what is found, `placement` tests what is known, `undo` takes the last
--- answer back, anything else is the name of a topic.
---@param args string[]
function M.command(args)
  if open and #args == 0 and vim.lsp.get_client_by_id(open.client) then
    request(session_client(), 'resume', { sessionId = open.session.id }, handle_step)
    return
  end
  local window, buffer = vim.api.nvim_get_current_win(), vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ name = 'pygloss', bufnr = buffer })[1]
  local params = client and vim.lsp.util.make_position_params(window, client.offset_encoding) or {}
  if args[1] == 'undo' then
    require('pygloss.progress').undo()
    return
  end
  if args[1] == 'here' or args[1] == 'mistakes' then
    if not client then
      say('no server runs for this buffer', vim.log.levels.WARN)
      return
    end
    params.mode = args[1] == 'here' and 'cursor' or 'mistakes'
  elseif args[1] == 'placement' then
    params.mode = 'placement'
    params.topics = args[2] and vim.list_slice(args, 2) or nil
  else
    params.mode = #args == 0 and 'review' or 'topic'
    params.topics = #args > 0 and args or nil
  end
  local function start()
    M.start(params, client and client.id)
  end
  if #args == 0 then
    resume(start)
  else
    start()
  end
end

--- Goes on after a verdict.
function M.next()
  local client = session_client()
  if client then
    request(client, 'next', { sessionId = open.session.id }, handle_step)
  end
end

--- Whether a question waits for its answer; says so when none does.
local function asking()
  local client = session_client()
  if client and not open.question then
    say('no question is open; :Pygloss quiz goes on')
    return nil
  end
  return client
end

--- Gives a hint and asks again.
function M.hint()
  local client = asking()
  if not client then
    return
  end
  if #open.hints >= open.question.hints then
    say('there is no further hint')
    ask()
    return
  end
  request(client, 'hint', presentation(), function(hint)
    table.insert(open.hints, hint.text)
    ask()
  end)
end

--- Leaves the question.
---@param give_up boolean? Shows the answer; counts as not known.
function M.skip(give_up)
  local client = asking()
  if not client then
    return
  end
  local params = vim.tbl_extend('error', presentation(), { giveUp = give_up or false })
  request(client, 'skip', params, give_up and handle_verdict or handle_step)
end

--- Ends the session.
function M.stop()
  local client = session_client()
  if client then
    request(client, 'stop', { sessionId = open.session.id }, function(summary)
      open = nil
      view.summary(summary)
    end)
  end
end

--- The server took a question back since its code changed.
---@param params { presentationId: string, reason: string }
function M.withdrawn(params)
  if open and open.question and open.question.presentationId == params.presentationId then
    open.question = nil
    view.close()
    say(params.reason .. ' :Pygloss quiz goes on.')
  end
end

--- Whether the reader has left a quiz that can go on.
---@return boolean
function M.waits()
  return open ~= nil and open.waits == true
end

---@return { index: integer, total: integer, topic: string }?
function M.status()
  if open and open.question then
    local session = open.session
    return { index = session.index, total = session.total, topic = open.question.topic.title }
  end
end

return M
