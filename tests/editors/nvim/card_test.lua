--- A card of each topic in a terminal of 80 columns: all of it is on the screen, the fact first.
local expect = require('expect')

local COLUMNS = 80

-- By topic: where the cursor is put, and how the first line of the card begins.
local CARDS = {
  decorators = { '@log', 'area = log(area)' },
  generators = { 'squares(limit)', 'A call of squares runs none of its body' },
  ['context-managers'] = { 'with Timer()', 'Entered in the order Timer(), open(__file__)' },
  concurrency = { 'gather(fetch', 'Runs fetch(1), fetch(2) as tasks in turns' },
  ['type-hints'] = { 'Optional[str]', 'Optional[str] means str or None.' },
  collections = { 'most_common(3)', 'words.most_common(3) costs O(n log k)' },
  ['virtual-environments'] = { 'sys.path.insert', 'From here on "lib" is searched first' },
  metaclasses = { 'metaclass=Meta', 'Meta makes Model' },
  robustness = { '[]):', 'Every call of last that leaves items out' },
}

return function(context)
  --- The window of the card: where it stands, what is drawn in it, and what is written in it.
  local function float(nvim)
    return nvim:lua([[
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          vim.cmd.redraw()
          local info = vim.fn.getwininfo(window)[1]
          local rows = {}
          for row = info.winrow, info.winrow + info.height - 1 do
            local cells = {}
            for column = info.wincol, info.wincol + info.width - 1 do
              cells[#cells + 1] = vim.fn.screenstring(row, column)
            end
            rows[#rows + 1] = table.concat(cells)
          end
          return {
            first = info.wincol,
            last = info.wincol + info.width - 1,
            top = info.topline,
            bottom = info.botline,
            wraps = vim.wo[window].wrap,
            rows = rows,
            lines = vim.api.nvim_buf_get_lines(info.bufnr, 0, -1, false),
          }
        end
      end
    ]])
  end

  --- What of a text is neither white space nor a mark of Markdown.
  local function bare(text)
    return (text:gsub('[%s`*%[%]\\]', ''))
  end

  --- The words that a reader of this Markdown sees: no fences, and of a link its text.
  local function words(lines)
    local kept = vim.tbl_filter(function(line)
      return not vim.startswith(line, '```')
    end, lines)
    local text = table.concat(kept, ' '):gsub('%]%(https://[^)]*%)', ']')
    return vim.tbl_map(bare, vim.split(vim.trim(text), '%s+'))
  end

  local function shown(topic)
    local place, fact = unpack(CARDS[topic])
    local file = context.copy('topics.py')
    context.with_nvim({ file = file, columns = COLUMNS }, function(nvim)
      nvim:wait_for_server()
      nvim:go_to(place)
      nvim:keys('ztK')
      nvim:float()
      local card = float(nvim)
      nvim:keep('card-' .. topic)
      local first = vim.trim(card.rows[1])
      expect.equal(vim.startswith(first, fact), true)
      assert(card.first >= 1 and card.last <= COLUMNS, vim.inspect(card))
      assert(card.wraps, 'what is too long goes on in the next row')
      expect.equal({ card.top, card.bottom }, { 1, #card.lines })
      -- A word that the window breaks is still there, in two rows.
      local seen = bare(table.concat(card.rows))
      local at = 1
      for _, word in ipairs(words(card.lines)) do
        local from, to = seen:find(word, at, true)
        assert(from, ('"%s" is not shown in\n%s'):format(word, table.concat(card.rows, '\n')))
        at = to + 1
      end
      expect.equal(seen:sub(at), '')
    end)
  end

  local cases = {}
  for topic in vim.spairs(CARDS) do
    cases[#cases + 1] = {
      name = ('a card of %s is whole in 80 columns'):format(topic),
      run = function()
        shown(topic)
      end,
    }
  end
  return cases
end
