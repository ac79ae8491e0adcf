--- Which buffers the server is for: Python, and files that say what a Python project needs.
local M = {}

local PROJECT = { 'pyproject.toml', 'setup.py', 'requirements.txt' }

--- Whether the server is for the buffer. Of TOML only `pyproject.toml` is, and `.gitignore` only in a
--- Python project.
---@param bufnr integer
---@return boolean
function M.served(bufnr)
  local filetype = vim.bo[bufnr].filetype
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(bufnr))
  if filetype == 'toml' then
    return name == 'pyproject.toml'
  elseif filetype == 'gitignore' then
    return name == '.gitignore' and vim.fs.root(bufnr, PROJECT) ~= nil
  end
  return filetype == 'python' or filetype == 'requirements'
end

return M
