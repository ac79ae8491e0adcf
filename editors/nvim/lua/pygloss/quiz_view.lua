--- What the quiz shows: a floating window, or a split. Keys in it answer; where the reader has replaced
--- `vim.ui.select()`, that draws the options instead.
local M = {}

local namespace = vim.api.nvim_create_namespace('pygloss.quiz')

vim.api.nvim_set_hl(0, 'PyglossSubject', { link = 'LspReferenceTarget', default = true })

---@type integer? The window of the question or the verdict.
local window
---@type integer? The buffer in which code is marked.
local marked

--- Closes the window and takes the mark away.
function M.close()
  if window and vim.api.nvim_win_is_valid(window) then
    vim.api.nvim_win_close(window, true)
  end
  window = nil
  if marked and vim.api.nvim_buf_is_valid(marked) then
    vim.api.nvim_buf_clear_namespace(marked, namespace, 0, -1)
  end
  marked = nil
end

---@return 'auto'|'float'|'split'|'select'
local function configured()
  return require('pygloss.config').get().quiz.ui
end

--- Whether keys in the window answer.
local function by_keys()
  local ui = configured()
  if ui ~= 'auto' then
    return ui ~= 'select'
  end
  return vim.endswith(debug.getinfo(vim.ui.select, 'S').source, 'vim/ui.lua')
end

--- Opens the one window of the quiz below all others.
---@param lines string[]
---@param title string
---@param keys string?
---@return integer buffer
local function show_split(lines, title, keys)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].modifiable = false
  window = vim.api.nvim_open_win(buffer, false, { split = 'below', win = -1 })
  for option, value in pairs({
    conceallevel = 2,
    concealcursor = 'n',
    linebreak = true,
    wrap = true,
    number = false,
    relativenumber = false,
    signcolumn = 'no',
    winfixheight = true,
    winbar = (' %s  %s'):format(title, keys or ''):gsub('%%', '%%%%'),
  }) do
    vim.wo[window][option] = value
  end
  pcall(vim.treesitter.start, buffer, 'markdown')
  local height = vim.api.nvim_win_text_height(window, {}).all + 1
  vim.api.nvim_win_set_height(window, math.min(height, math.max(8, math.floor(vim.o.lines / 2))))
  return buffer
end

--- Opens the one window of the quiz at the top of the screen.
---@param markdown string
---@param title string
---@param keys string? What can be typed in it.
---@return integer buffer
local function show(markdown, title, keys)
  M.close()
  local lines = vim.split(markdown, '\n', { trimempty = true })
  if configured() == 'split' then
    return show_split(lines, title, keys)
  end
  local buffer
  buffer, window = vim.lsp.util.open_floating_preview(lines, 'markdown', {
    relative = 'editor',
    border = 'rounded',
    title = ' ' .. title .. ' ',
    close_events = {},
    max_width = math.min(80, vim.o.columns - 4),
    focus = false,
  })
  vim.wo[window].linebreak = true
  -- At once: the marks of Markdown would be seen until the highlighter comes round.
  local parser = vim.treesitter.get_parser(buffer, nil, { error = false })
  if parser then
    parser:parse(true)
  end
  local height = vim.api.nvim_win_text_height(window, {}).all
  vim.api.nvim_win_set_config(window, {
    relative = 'editor',
    row = 1,
    col = math.max(0, math.floor((vim.o.columns - vim.api.nvim_win_get_width(window)) / 2)),
    height = math.min(height, math.max(8, vim.o.lines - 12)),
    footer = keys and (' %s '):format(keys) or nil,
    footer_pos = keys and 'right' or nil,
  })
  return buffer
end

--- Marks code of the reader and brings it into view where its buffer is shown.
---@param uri string
---@param range lsp.Range
---@param encoding string
local function mark(uri, range, encoding)
  local buffer = vim.fn.bufnr(vim.uri_to_fname(uri))
  if buffer == -1 or not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  local function byte(position)
    local line = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1]
    return { position.line, vim.str_byteindex(line or '', encoding, position.character, false) }
  end
  vim.hl.range(buffer, namespace, 'PyglossSubject', byte(range.start), byte(range['end']))
  marked = buffer
end

---@class pygloss.Action
---@field key string The key for it, where the question has a window with keys.
---@field label string
---@field run fun()
---@field hidden boolean?

--- Lets the reader type code or sentences. With nothing typed, what else can be done is offered.
---@param question table
---@param typed string?
---@param actions pygloss.Action[]
---@param done fun(choice: { text: string }|pygloss.Action?)
local function ask_text(question, typed, actions, done)
  local what = question.shape == 'text' and 'Code for ____' or 'Your words'
  local prompt = what .. ' (nothing: hint, skip, …): '
  vim.ui.input({ prompt = prompt, default = typed }, function(text)
    if not text then
      done(nil)
    elseif vim.trim(text) ~= '' then
      done({ text = text })
    else
      vim.ui.select(actions, {
        prompt = question.plain,
        kind = 'pygloss_quiz',
        format_item = function(item)
          return ('(%s)'):format(item.label)
        end,
      }, function(action)
        if action then
          done(action)
        else
          ask_text(question, typed, actions, done)
        end
      end)
    end
  end)
end

--- Asks a question and calls back with the `keys` of the options that were chosen, with the `text` that
--- was typed, with the action, or with nil.
---@param open pygloss.Open
---@param encoding string
---@param done fun(choice: { keys: string[]?, text: string? }|pygloss.Action?)
---@param actions pygloss.Action[]
---@param typed string? What stands in the field at first, where the answer is typed.
function M.question(open, encoding, done, actions, typed)
  local question, session = open.question, open.session
  local title = ('%s %d/%d'):format(question.topic.title, session.index, session.total)
  local parts = { question.prompt }
  for number, hint in ipairs(open.hints) do
    parts[#parts + 1] = ('**Hint %d of %d.** %s'):format(number, question.hints, hint)
  end
  local text = table.concat(parts, '\n\n')
  actions = vim.tbl_filter(function(action)
    return not action.hidden
  end, actions)
  local function show_question(markdown)
    local buffer = show(markdown, title)
    if question.subject then
      mark(question.subject.uri, question.subject.range, encoding)
    end
    return buffer, window
  end
  local is_listed = question.shape == 'several' or question.shape == 'order'
  if is_listed or (question.shape == 'one' and by_keys()) then
    require('pygloss.quiz_keys').ask(question, text, show_question, M.close, done, actions)
    return
  end

  show_question(text)
  -- The list that Neovim itself draws waits for a key before the screen is drawn again.
  vim.cmd.redraw()
  if question.shape == 'text' or question.shape == 'words' then
    ask_text(question, typed, actions, done)
    return
  end
  vim.ui.select(vim.list_extend(vim.list_extend({}, question.options), actions), {
    prompt = question.plain,
    kind = 'pygloss_quiz',
    format_item = function(item)
      return item.run and ('(%s)'):format(item.label) or item.label
    end,
  }, function(item)
    done(item and not item.run and { keys = { item.key } } or item)
  end)
end

--- Asks how sure the reader is, and calls back with `sure`, `unsure`, `guess` or nil.
---@param done fun(level: string?)
function M.confidence(done)
  local levels = { 'sure', 'unsure', 'guess' }
  local prompt = 'How sure are you?'
  if not by_keys() then
    vim.ui.select(levels, { prompt = prompt, kind = 'pygloss_confidence' }, done)
    return
  end
  local options = vim.tbl_map(function(level)
    return { key = level, label = level }
  end, levels)
  local function show_it(markdown)
    return show(markdown, 'Quiz'), window
  end
  local function chosen(choice)
    done(choice and choice.keys[1])
  end
  local question = { shape = 'one', options = options }
  require('pygloss.quiz_keys').ask(question, prompt, show_it, M.close, chosen, {})
end

--- Shows what stands in the reader's words, and calls back with `again`, `hard` or `good`, with `write` to
--- write them anew, or with nil.
---@param question table
---@param comparison table
---@param words string
---@param done fun(choice: string?)
function M.comparison(question, comparison, words, done)
  local choices = {
    { key = 'again', label = 'I did not know it' },
    { key = 'hard', label = 'I knew it in part, or with effort' },
    { key = 'good', label = 'I knew it' },
    { key = 'write', label = 'Write it anew' },
  }
  local quoted = vim.tbl_map(function(line)
    return '    ' .. line
  end, vim.split(words, '\n'))
  local parts = { question.prompt, table.concat(quoted, '\n'), comparison.explanation }
  local text = table.concat(parts, '\n\n')
  local function show_it(markdown)
    return show(markdown, question.topic.title), window
  end
  if by_keys() then
    local function chosen(choice)
      done(choice and choice.keys[1])
    end
    local listed = { shape = 'one', options = choices }
    require('pygloss.quiz_keys').ask(listed, text, show_it, M.close, chosen, {})
    return
  end
  show_it(text)
  vim.cmd.redraw()
  vim.ui.select(choices, {
    prompt = 'How well did you know it?',
    kind = 'pygloss_judgement',
    format_item = function(item)
      return item.label
    end,
  }, function(item)
    M.close()
    done(item and item.key)
  end)
end

---@class pygloss.VerdictActions
---@field next fun()
---@field stop fun()
---@field pause fun()
---@field evidence lsp.Location[]?
---@field encoding string

--- Shows how an answer came out and waits for a key in its window.
---@param verdict table
---@param actions pygloss.VerdictActions
function M.verdict(verdict, actions)
  local keys = { verdict.next == 'question' and '<CR> next' or '<CR> result' }
  local evidence = (actions.evidence or {})[1]
  if evidence then
    keys[#keys + 1] = 'e see the code'
  end
  vim.list_extend(keys, { 's stop', 'q pause' })
  local text = { '**' .. verdict.headline .. '**', verdict.explanation }
  local session = verdict.session
  local title = ('%d/%d'):format(session.index, session.total)
  local buffer = show(table.concat(text, '\n\n'), title, table.concat(keys, ' · '))
  if evidence then
    mark(evidence.uri, evidence.range, actions.encoding)
  end
  vim.api.nvim_set_current_win(window)

  local function map(lhs, desc, run)
    vim.keymap.set('n', lhs, function()
      M.close()
      if run then
        run()
      end
    end, { buffer = buffer, nowait = true, desc = 'pygloss: ' .. desc })
  end
  map('<CR>', 'go on', actions.next)
  map('s', 'stop the quiz', actions.stop)
  map('q', 'pause the quiz', actions.pause)
  map('<Esc>', 'pause the quiz', actions.pause)
  if evidence then
    map('e', 'see the code that the answer follows from', function()
      vim.lsp.util.show_document(evidence, actions.encoding, { focus = true })
    end)
  end
end

--- Shows the result of a session.
---@param summary table
function M.summary(summary)
  M.close()
  local text
  if summary.asked == 0 then
    text = 'there is nothing to ask now'
  else
    text = ('%d of %d right'):format(summary.right, summary.asked)
  end
  if summary.due > 0 then
    text = ('%s; %d due'):format(text, summary.due)
  elseif summary.nextDueAt then
    text = ('%s; next due %s'):format(text, os.date('%Y-%m-%d %H:%M', summary.nextDueAt / 1000))
  end
  local levels = { known = 'known', partly = 'known in part', new = 'new' }
  for _, topic in ipairs(summary.byTopic) do
    if topic.level then
      text = ('%s\n  %s: %s'):format(text, topic.title, levels[topic.level])
    end
  end
  vim.notify('pygloss: ' .. text, vim.log.levels.INFO)
end

return M
