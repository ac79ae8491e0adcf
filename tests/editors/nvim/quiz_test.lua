--- The quiz, answered by keys.
local expect = require('expect')

return function(context)
  --- Waits for a question in the quiz's own window, or one whose answer is typed.
  local function wait_for_question(nvim, place)
    return nvim:wait('a question', function()
      local screen = nvim:screen()
      local is_there = screen:find('show the answer', 1, true)
        or screen:find('Code for ____', 1, true)
      return is_there and (not place or screen:find(place, 1, true)) and screen
    end)
  end

  --- The keys that answer a question of any shape, right or wrong.
  local function answer_keys(screen)
    local count = tonumber(screen:match('1%-(%d) one after the other'))
    if count then
      return table.concat(vim.iter(vim.fn.range(1, count)):map(tostring):totable()) .. '<CR>'
    end
    if screen:find('all that are right', 1, true) then
      return '1<CR>'
    end
    assert(screen:find('1%-%d answer'), screen)
    return '1'
  end

  --- Answers the open question by its first option, or has the answer of a blank shown, and gives back the
  --- verdict.
  local function answer_first(nvim)
    local screen = wait_for_question(nvim)
    if screen:find('Code for ____', 1, true) then
      nvim:keys('<CR>')
      local number = nvim:wait_for_text('(Show the answer)'):match('(%d+): %(Show the answer%)')
      nvim:keys(number .. '<CR>')
    else
      nvim:keys(answer_keys(screen))
    end
    return nvim:wait('the verdict', function()
      return not nvim:blocked() and nvim:screen():find('s stop', 1, true) and nvim:float()
    end)
  end

  local function quiz()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':Pygloss quiz decorators<CR>')
      local question = wait_for_question(nvim)
      nvim:keep('quiz-question')
      expect.contains(question, '1/5')
      expect.lacks(question, 'Correct.')
      answer_first(nvim)
      nvim:wait_for_text('s stop')
      nvim:keep('quiz-verdict')
      nvim:keys('<CR>')
      wait_for_question(nvim, '2/')
      answer_first(nvim)
      nvim:keys('s')
      nvim:wait_for_text(' of 2 right')
    end)
  end

  local function about_own_code()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to('def api_call')
      nvim:keys(':Pygloss quiz here<CR>')
      expect.contains(wait_for_question(nvim), 'api_call')
      nvim:keep('quiz-own-code')
      nvim:keys('q')
      nvim:wait_for_text('the quiz waits')
      nvim:keys(':Pygloss quiz<CR>')
      expect.contains(wait_for_question(nvim), 'api_call')
      answer_first(nvim)
    end)
  end

  local function about_requirements()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder, 'p')
    local file = folder .. '/requirements.txt'
    vim.fn.writefile({ '# what we need', 'rich~=13.7.1', 'tomli' }, file)
    context.with_nvim({ file = file }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to('rich~=13')
      nvim:keys(':Pygloss quiz here<CR>')
      expect.contains(wait_for_question(nvim), 'rich~=13.7.1')
      nvim:keep('quiz-requirements')
      answer_first(nvim)
    end)
    vim.fn.delete(folder, 'rf')
  end

  local function own_picker()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:lua([[
        vim.ui.select = function(items, options, done)
          _G.asked = { items = vim.deepcopy(items), kind = options.kind, prompt = options.prompt }
          _G.asked.labels = vim.tbl_map(options.format_item, items)
          for _, item in ipairs(_G.asked.items) do item.run = nil end
          _G.answer = function(index) done(items[index], index) end
        end
      ]])
      nvim:keys(':Pygloss quiz decorators<CR>')
      local asked = nvim:wait('a question', function()
        local value = nvim:lua('return _G.asked')
        return value ~= vim.NIL and value
      end)
      expect.equal(asked.kind, 'pygloss_quiz')
      assert(#asked.prompt > 0 and not asked.prompt:find('\n'), asked.prompt)
      for _, item in ipairs(asked.items) do
        expect.equal(item.right, nil)
        expect.equal(item.why, nil)
      end
      local number = #asked.labels
      expect.equal(asked.labels[number], '(Stop)')
      nvim:lua('_G.answer(1)')
      nvim:wait('the verdict', function()
        return nvim:screen():find('<CR> next', 1, true)
      end)
      nvim:lua('_G.asked = nil')
      nvim:keys('<CR>')
      nvim:wait('the next question', function()
        return nvim:lua('return _G.asked') ~= vim.NIL
      end)
      nvim:keys(':Pygloss stop<CR>')
      nvim:wait_for_text(' of 1 right')
      nvim:keys(':Pygloss hint<CR>')
      nvim:wait_for_text('no quiz is open')
    end)
  end

  --- Shows a question of this shape and gives back a function that tells what was chosen.
  local function show(nvim, shape)
    nvim:lua(([[
      local function option(key, label) return { key = key, label = label } end
      local open = {
        session = { index = 1, total = 3 },
        hints = {},
        question = {
          shape = '%s',
          prompt = 'Which steps?',
          plain = 'Which steps?',
          topic = { title = 'Topic' },
          hints = 1,
          options = { option('ka', 'alpha'), option('kb', 'beta'), option('kc', '`gamma` 3') },
        },
      }
      _G.chosen = nil
      -- Typing blocks, and so would the call that comes from outside.
      local run = open.question.shape == 'text' and vim.schedule or function(now) now() end
      run(function() require('pygloss.quiz_view').question(open, 'utf-8', function(choice)
        choice = choice or {}
        local keys = choice.keys and table.concat(choice.keys, ' ')
        _G.chosen = keys or choice.text or choice.label or 'paused'
      end, {
        { key = 'h', label = 'Hint', run = function() end },
        { key = 's', label = 'Skip', run = function() end, hidden = true },
      }) end)
    ]]):format(shape))
    return function()
      return nvim:wait('a choice', function()
        local chosen = nvim:lua('return _G.chosen')
        return chosen ~= vim.NIL and chosen
      end)
    end
  end

  local function several()
    context.with_nvim({}, function(nvim)
      local chosen = show(nvim, 'several')
      local shown = nvim:wait_for_text('1-3 all that are right')
      expect.contains(shown, 'h hint')
      expect.lacks(shown, 's skip')
      nvim:keys('<CR>')
      nvim:wait_for_text('choose at least one')
      nvim:keys('321')
      nvim:keys('2')
      nvim:wait_for_text('[ ] 2. beta')
      nvim:wait_for_text('[x] 3. gamma')
      nvim:keep('quiz-several')
      nvim:keys('<CR>')
      expect.equal(chosen(), 'kc ka')
      expect.equal(nvim:lua('return #vim.api.nvim_list_wins()'), 1)
      chosen = show(nvim, 'several')
      nvim:keys('1h')
      expect.equal(chosen(), 'Hint')
    end)
  end

  local function order()
    context.with_nvim({}, function(nvim)
      local chosen = show(nvim, 'order')
      nvim:wait_for_text('none yet')
      nvim:keys('223')
      nvim:wait_for_text('2, 3')
      nvim:keys('<CR>')
      nvim:wait_for_text('put all options in order')
      nvim:keys('<BS>1')
      nvim:wait_for_text('2, 1')
      nvim:keep('quiz-order')
      nvim:keys('3<CR>')
      expect.equal(chosen(), 'kb ka kc')
      chosen = show(nvim, 'order')
      nvim:keys('1q')
      expect.equal(chosen(), 'paused')
    end)
  end

  local function text()
    context.with_nvim({}, function(nvim)
      local chosen = show(nvim, 'text')
      nvim:wait_for_text('Code for ____')
      nvim:keep('quiz-text')
      nvim:keys('lambda: []<CR>')
      expect.equal(chosen(), 'lambda: []')
      chosen = show(nvim, 'text')
      nvim:wait_for_text('Code for ____')
      nvim:keys('<CR>')
      nvim:wait_for_text('(Hint)')
      nvim:keys('1<CR>')
      expect.equal(chosen(), 'Hint')
      chosen = show(nvim, 'text')
      nvim:wait_for_text('Code for ____')
      nvim:keys('<Esc>')
      expect.equal(chosen(), 'paused')
    end)
  end

  --- The server and the editor end in the middle of a quiz; the next ones go on with it.
  local function after_a_restart()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':Pygloss quiz decorators<CR>')
      local question = wait_for_question(nvim, '1/5')
      nvim:keys(question:find('Code for ____', 1, true) and '<Esc>' or 'q')
      nvim:wait_for_text('the quiz waits')
      nvim:keys('<Esc>:Pygloss restart<CR>')
      nvim:wait_for_text('was started anew')
      nvim:keys('<Esc>:Pygloss quiz<CR>')
      expect.contains(nvim:wait_for_text('Decorators 1/5'), 'Decorators 1/5')
      answer_first(nvim)
    end)
  end

  local function without_a_file()
    context.with_nvim({}, function(nvim)
      nvim:keys(':Pygloss quiz<CR>')
      answer_first(nvim)
    end)
  end

  --- Five questions, each answered by keys alone, up to the result.
  local function five_questions()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:keys(':Pygloss quiz<CR>')
      local asked = 0
      -- What was missed comes again.
      for _ = 1, 20 do
        local verdict = answer_first(nvim)
        asked = asked + 1
        assert(#verdict > 20, verdict)
        local is_last = nvim:screen():find('<CR> result', 1, true) ~= nil
        nvim:keys('<CR>')
        if is_last then
          break
        end
        nvim:wait('the verdict to go', function()
          return not nvim:screen():find('s stop', 1, true)
        end)
      end
      local result = nvim:wait_for_text(' right')
      local right, of = result:match('(%d+) of (%d+) right')
      expect.equal(tonumber(of), asked)
      assert(tonumber(right) <= asked and asked >= 5, result)
      expect.equal(nvim:lua('return #vim.api.nvim_list_wins()'), 1)
    end)
  end

  --- One digit is an answer, and in a split, too.
  local function one()
    for _, ui in ipairs({ 'float', 'split' }) do
      context.with_nvim({}, function(nvim)
        nvim:lua(('vim.g.pygloss = { quiz = { ui = %q } }'):format(ui))
        local chosen = show(nvim, 'one')
        local shown = nvim:wait_for_text('1-3 answer')
        expect.contains(shown, 'h hint')
        expect.contains(shown, 'Which steps?')
        local floats = nvim:lua([[
          return #vim.tbl_filter(function(window)
            return vim.api.nvim_win_get_config(window).relative ~= ''
          end, vim.api.nvim_list_wins())
        ]])
        expect.equal(floats, ui == 'float' and 1 or 0)
        nvim:keep('quiz-one-' .. ui)
        nvim:keys('2')
        expect.equal(chosen(), 'kb')
        expect.equal(nvim:lua('return #vim.api.nvim_list_wins()'), 1)
        chosen = show(nvim, 'one')
        nvim:keys('h')
        expect.equal(chosen(), 'Hint')
        chosen = show(nvim, 'one')
        nvim:keys('<Esc>')
        expect.equal(chosen(), 'paused')
      end)
    end
  end

  --- How sure the reader is takes one more key, and no other.
  local function confidence()
    context.with_nvim({ file = context.example() }, function(nvim)
      nvim:wait_for_server()
      nvim:lua('vim.g.pygloss = { quiz = { confidence = true } }')
      nvim:go_to('def api_call')
      nvim:keys(':Pygloss quiz here<CR>')
      nvim:keys(answer_keys(wait_for_question(nvim)))
      nvim:wait_for_text('How sure are you?')
      nvim:keys('1')
      nvim:wait_for_text('s stop')
    end)
  end

  return {
    { name = ':Pygloss quiz asks, judges, goes on and stops', run = quiz },
    { name = ':Pygloss quiz here asks about the code; leaving it pauses', run = about_own_code },
    { name = ':Pygloss quiz here asks about a list of requirements', run = about_requirements },
    { name = 'five questions by keys alone', run = five_questions },
    { name = 'a digit answers, in a float and in a split', run = one },
    { name = 'a digit says how sure the reader is', run = confidence },
    { name = 'a picker of the reader draws the quiz', run = own_picker },
    { name = 'digits choose several options', run = several },
    { name = 'digits put options in order, and can be taken back', run = order },
    { name = 'code is typed into a blank', run = text },
    { name = 'a quiz goes on after a restart', run = after_a_restart },
    { name = 'a quiz needs no Python file', run = without_a_file },
  }
end
