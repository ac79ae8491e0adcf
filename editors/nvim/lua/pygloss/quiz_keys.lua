--- Questions in a window in which keys choose: one option at once, several or an order by <CR>.
local M = {}

---@param option { label: string, code: boolean? }
local function label(option)
  if not option.code then
    return option.label
  end
  local longest = 0
  for run in option.label:gmatch('`+') do
    longest = math.max(longest, #run)
  end
  local fence, pad = ('`'):rep(longest + 1), longest > 0 and ' ' or ''
  return fence .. pad .. option.label .. pad .. fence
end

--- The options, with a box each where several are right and else with the order so far below.
---@param question table
---@param chosen integer[]
local function draw(question, chosen)
  local lines = {}
  for number, option in ipairs(question.options) do
    local box = question.shape == 'several'
        and (vim.list_contains(chosen, number) and '- [x] ' or '- [ ] ')
      or ''
    lines[number] = ('%s%d. %s'):format(box, number, label(option))
  end
  if question.shape == 'order' then
    local places = table.concat(chosen, ', ')
    vim.list_extend(lines, { '', '**Your order:** ' .. (places ~= '' and places or 'none yet') })
  end
  return table.concat(lines, '\n')
end

--- Asks `question`. Calls back with the keys of the options, with an action, or with nil when the
--- window is left.
---@param question table
---@param text string Markdown above the options.
---@param show fun(markdown: string): integer, integer Gives back buffer and window.
---@param close fun()
---@param done fun(choice: { keys: string[] }|pygloss.Action?)
---@param actions pygloss.Action[]
function M.ask(question, text, show, close, done, actions)
  local is_order, is_one = question.shape == 'order', question.shape == 'one'
  local count = #question.options
  local chosen = {}
  local how = is_one and 'answer' or is_order and 'one after the other' or 'all that are right'
  local help = { ('1-%d %s'):format(count, how) }
  if not is_one then
    help[#help + 1] = 'Enter answer'
  end
  if is_order then
    table.insert(help, 2, 'Backspace take back')
  end
  for _, action in ipairs(actions) do
    help[#help + 1] = ('%s %s'):format(action.key, action.label:lower())
  end
  help[#help + 1] = 'q pause'

  local draw_again, submit

  ---@param number integer
  local function press(number)
    if is_one then
      chosen = { number }
      submit()
      return
    end
    if not vim.list_contains(chosen, number) then
      chosen[#chosen + 1] = number
    elseif not is_order then
      chosen = vim.tbl_filter(function(other)
        return other ~= number
      end, chosen)
    end
    draw_again()
  end

  local function finish(choice)
    close()
    done(choice)
  end

  function submit()
    if #chosen == 0 or (is_order and #chosen < count) then
      vim.notify(
        is_order and 'pygloss: put all options in order first'
          or 'pygloss: choose at least one option first'
      )
      return
    end
    finish({
      keys = vim.tbl_map(function(number)
        return question.options[number].key
      end, chosen),
    })
  end

  function draw_again()
    -- Not in the border, which is cut to the width of the text.
    local parts = { text, draw(question, chosen), table.concat(help, ' · ') }
    local buffer, window = show(table.concat(parts, '\n\n'))
    vim.api.nvim_set_current_win(window)
    local function map(lhs, desc, run)
      vim.keymap.set('n', lhs, run, { buffer = buffer, nowait = true, desc = 'pygloss: ' .. desc })
    end
    for number = 1, count do
      map(tostring(number), 'choose option ' .. number, function()
        press(number)
      end)
    end
    if is_order then
      map('<BS>', 'take the last option back', function()
        chosen[#chosen] = nil
        draw_again()
      end)
    end
    if not is_one then
      map('<CR>', 'answer', submit)
    end
    for _, action in ipairs(actions) do
      map(action.key, action.label:lower(), function()
        finish(action)
      end)
    end
    map('q', 'pause the quiz', finish)
    map('<Esc>', 'pause the quiz', finish)
  end

  draw_again()
end

return M
