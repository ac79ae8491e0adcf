--- Assertions that say what they saw.
local M = {}

function M.contains(text, part)
  if not text:find(part, 1, true) then
    error(('expected to find\n%s\nin\n%s'):format(part, text), 2)
  end
end

function M.lacks(text, part)
  if text:find(part, 1, true) then
    error(('expected not to find\n%s\nin\n%s'):format(part, text), 2)
  end
end

function M.equal(got, wanted)
  if not vim.deep_equal(got, wanted) then
    error(('got\n%s\ninstead of\n%s'):format(vim.inspect(got), vim.inspect(wanted)), 2)
  end
end

return M
