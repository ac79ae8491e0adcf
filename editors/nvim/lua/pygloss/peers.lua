--- The other servers that run. What one of them shows, the server does not show a second time.
local M = {}

local NAME = 'pygloss'

--- What the server was told last, so that it is told no news twice.
---@type string?
local told

---@return string[] names Of the running clients but ours.
function M.names()
  local names = {}
  for _, client in ipairs(vim.lsp.get_clients()) do
    if client.name ~= NAME and not client:is_stopped() then
      names[#names + 1] = client.name
    end
  end
  table.sort(names)
  return names
end

--- Asks again for what is found in the client's buffers, as the server cannot have Neovim do so.
---@param client vim.lsp.Client
local function ask_again(client)
  local method = 'textDocument/diagnostic'
  for bufnr in pairs(client.attached_buffers) do
    if client:supports_method(method, bufnr) then
      local document = vim.lsp.util.make_text_document_params(bufnr)
      client:request(method, { textDocument = document }, nil, bufnr)
    end
  end
end

local function tell()
  local names = M.names()
  local news = table.concat(names, '\n')
  if news == told then
    return
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = NAME })) do
    told = news
    client:request('pygloss/peers', { peers = names }, function(problem)
      if not problem then
        ask_again(client)
      end
    end)
  end
end

--- Tells the server from now on when others come or go.
function M.watch()
  vim.api.nvim_create_autocmd({ 'LspAttach', 'LspDetach' }, {
    group = vim.api.nvim_create_augroup('pygloss.peers', {}),
    desc = 'tell pygloss which servers run beside it',
    -- A client that is about to go is still there now.
    callback = vim.schedule_wrap(tell),
  })
end

return M
