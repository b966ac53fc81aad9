-- The ledger of a model guard: what each call can cost at most is written down before it leaves, and corrected when it has ended. A line is an amount in
-- millionths of a dollar, a model and a word; one file a budget and period. A call that ends without telling what it used costs what was reserved.
local ceil, floor, max, min = math.ceil, math.floor, math.max, math.min
local MOST = 1e12 -- a million dollars: no line holds more, and what is no number is none
local TAIL = 4096 -- bytes at the end of an answer that say whether it ended
local OVERHEAD = 1000 -- tokens that a provider may add to a request, for example to explain tools
local totals = {} -- by file: what was read of it so far
local reserved = {} -- by number: the calls that are under way
local calls = 0
local KEPT = 10000 -- calls that are remembered: those that nobody ended would fill the memory

local function fileOf(budget, now)
  local period = budget.seconds and string.format('%d', floor(now / budget.seconds) * budget.seconds) or os.date('!' .. budget.format, now)
  return budget.folder .. '/' .. budget.name .. '-' .. period
end

-- The sum of a file, of which only what was added since is read. Nothing where it cannot be read, is shorter than it was, or says less than nothing.
local function spent(path)
  local total = totals[path]
  if not total then
    total = { sum = 0, offset = 0, whole = true }
    totals[path] = total
  end
  local file, _, code = io.open(path, 'rb')
  if not file then return code == 2 and total.offset == 0 and 0 or nil end
  local size = file:seek('end')
  if not size or size < total.offset then
    file:close()
    return nil
  end
  file:seek('set', total.offset)
  local text = file:read('*a') or ''
  file:close()
  for amount in text:gmatch('([-+]%d+)[^\n]*\n') do
    total.sum = total.sum + max(-MOST, min(MOST, tonumber(amount)))
  end
  total.offset = total.offset + (text:match('.*()\n') or 0)
  total.whole = text == '' or text:sub(-1) == '\n'
  return total.sum >= 0 and total.sum or nil
end

local function append(path, amount, note)
  if not (amount >= -MOST and amount <= MOST) then return false end
  local total = totals[path]
  local file = io.open(path, 'ab')
  if not file then return false end
  local line = string.format('%+d %s\n', amount, note)
  if total and not total.whole then line = '\n' .. line end -- a line that a full volume has cut
  local done = file:write(line) and file:flush()
  done = file:close() and done
  return done and true or false
end

-- Files of periods that ended long ago would fill the volume.
local function forget(budget, now)
  os.remove(fileOf(budget, now - 2 * (budget.seconds or budget.longest)))
end

local function reopens(budget, now)
  if budget.seconds then return (floor(now / budget.seconds) + 1) * budget.seconds end
  local period, at = os.date('!' .. budget.format, now), now - now % 86400
  repeat at = at + 86400 until os.date('!' .. budget.format, at) ~= period
  return at
end

-- What the caller asks for, or what makes the size of a call unknown. Keys are read as lenient parsers read them.
local KEYS_OF_OUTPUT = { maxtokens = true, maxcompletiontokens = true, maxoutputtokens = true, maxtokenstosample = true }
local KEYS_OF_CONTENT = {
  fileid = true, mediatype = true, mimetype = true, previousresponseid = true, cachedcontent = true, container = true, conversation = true,
  image = true, video = true, audio = true,
}
local OBJECTS_OF_CONTENT = { inputaudio = true, inlinedata = true, filedata = true }
-- A model's own reasoning that is sent back as it came: what it says of itself is all there is.
local WHOLE_REASONING = '^"rs_[%w_]+"%s*,%s*"type"%s*:%s*"reasoning"%s*,%s*"encrypted_content"%s*:%s*"[^"]'

-- Whether an item stands for one that the provider has stored.
local function isReference(text, start, at)
  local id = text:match('^"[^"]*"?', at)
  if not id then return false end
  if id:find('\\', 1, true) then return true end
  if id:find('^"rs_') then return not text:find(WHOLE_REASONING, at) end
  local before = start - 1
  while before > 0 and text:find('^%s', before) do before = before - 1 end
  return text:sub(before, before) == '{' and text:find('^%s*}', at + #id) ~= nil
end

local function read(text, price)
  if text:find('\\u%x%x%x%x[^"\\]*"%s*:') then return nil end -- a key with a letter in disguise
  local found = { output = 0, content = false, hour = false, overhead = OVERHEAD }
  text = text:lower():gsub('\197\191', 's'):gsub('\226\132\170', 'k')
  for start, key, at in text:gmatch('()"([%w_]+)"%s*:%s*()') do
    key = key:gsub('_', '')
    local first = text:sub(at, at)
    if KEYS_OF_OUTPUT[key] then
      local value = first ~= '{' and text:match('^[^%s,}%]]+', at) or ''
      if first ~= '{' and value ~= 'null' then
        local number = tonumber(value)
        if not number or number ~= number or number < 0 or number > MOST then return nil end
        found.output = max(found.output, number)
      end
    elseif key == 'type' then
      local value = first == '"' and text:match('^"[^"]*"?', at) or first
      if value == 'n' or value == '"item_reference"' or value:find('\\', 1, true) then found.content = true end
      if value:find('_20%d%d%d%d%d%d"$') then found.overhead = found.overhead + OVERHEAD end -- a tool that the provider explains to the model
    elseif key == 'ttl' then
      if first == '"' and text:sub(at, at + 3) ~= '"5m"' then found.hour = true end
    elseif KEYS_OF_CONTENT[key] or key:find('ur[li]s?$') then
      if first == '"' or first == '[' then found.content = true end
    elseif OBJECTS_OF_CONTENT[key] then
      if first == '"' or first == '[' or first == '{' then found.content = true end
    elseif key == 'id' and price.stores then
      if isReference(text, start, at) then found.content = true end
    end
  end
  return found
end

-- Whether the request has a limit where its provider looks for one. Others, such as one in a tool, limit nothing.
local function isLimited(limits, price)
  if not limits or limits:find('[^%w%-+._=,:]') then return false end
  for _, field in ipairs(price.limits) do
    local number = tonumber(limits:match(',' .. field .. '=([^,]+),'))
    if number and number >= 1 then return true end -- to some, 0 means none
  end
  return false
end

local function modelOf(headers)
  local model = headers:get('x-guard-model')
  if model and model ~= '' then return model end
  return (headers:get(':path') or ''):match('/models/([^/?]+):%a+')
end

local function tell(learnt, files)
  for _, file in ipairs(files) do
    local sum = spent(file.path)
    if sum then learnt:set('budget', 'spent_' .. file.name, sum) end
  end
end

local function refuse(handle, status, why)
  handle:streamInfo():dynamicMetadata():set('budget', 'refused', why)
  handle:respond({ [':status'] = status }, why)
end

function envoy_on_request(handle)
  local context = handle:filterContext()
  local models = context and context:get('models')
  if not models then return end
  local budgets = context:get('budgets') -- before the body: what a handle gives is of no use after it
  local model = modelOf(handle:headers())
  local price = model and models[model]
  if not price then return refuse(handle, '403', 'budget_model') end
  local limits = handle:headers():get('x-guard-limits')
  local body = handle:body()
  local size = body and body:length() or 0
  local asked = read(body and body:getBytes(0, size) or '', price)
  if not asked then return refuse(handle, '403', 'budget_field') end
  if asked.hour then price.cacheWrite = max(price.cacheWrite, 2 * price.input) end -- what is kept for an hour
  local output = isLimited(limits, price) and asked.output or max(asked.output, price.maxTokens)
  local whole = price.window or size + asked.overhead -- of vectors, a call has many texts, each as long as the window
  local input = asked.content and whole or min(size + asked.overhead, whole)
  local most = ceil(input * max(price.input, price.cacheWrite) + output * price.output)
  if not (most >= 0 and most <= MOST) then return refuse(handle, '403', 'budget_field') end

  local now, files = os.time(), {}
  local learnt = handle:streamInfo():dynamicMetadata()
  for _, budget in ipairs(budgets) do
    if not budget.models or budget.models[model] then
      local path = fileOf(budget, now)
      local sum = spent(path)
      if not sum then return refuse(handle, '503', 'budget_ledger') end
      if not (sum + most <= budget.most) then
        learnt:set('budget', 'name', budget.name)
        learnt:set('budget', 'until', os.date('!%Y-%m-%dT%H:%M:%SZ', reopens(budget, now)))
        return refuse(handle, '402', 'budget_used_up')
      end
      if sum == 0 then forget(budget, now) end
      files[#files + 1] = { path = path, name = budget.name }
      learnt:set('budget', 'limit_' .. budget.name, budget.most)
    end
  end
  for _, file in ipairs(files) do
    if not append(file.path, most, model .. ' reserved') then return refuse(handle, '503', 'budget_ledger') end
  end
  tell(learnt, files)
  calls = calls + 1
  reserved[calls] = { files = files, most = most, model = model, price = price }
  reserved[calls - KEPT] = nil
  learnt:set('budget', 'call', calls)
  learnt:set('budget', 'reserved', 'yes') -- without it the next filter lets nothing pass, also after an error in here
end

local function count(wrapped)
  return wrapped and tonumber(wrapped.value or 0) or 0
end

-- Of an answer that says credibly what it used, else nothing.
local function costOf(price, usage)
  if not usage or usage.extraction_status ~= 1 then return nil end
  local details = usage.input_token_details or {}
  local input = count(usage.input_tokens)
  local output = max(count(usage.output_tokens), count(usage.provider_total_tokens) - input) -- some leave reasoning out of their output
  local cached, written = count(details.cached_tokens), count(details.cache_creation_tokens)
  if not (input > 0 and input <= 1e8 and output >= 0 and output <= 1e8 and cached >= 0 and written >= 0 and cached + written <= input) then return nil end
  return ceil((input - cached - written) * price.input + cached * price.cacheRead + written * price.cacheWrite + output * price.output)
end

local function settle(handle, number, call, cost, note)
  reserved[number] = nil
  for _, file in ipairs(call.files) do append(file.path, cost - call.most, call.model .. ' ' .. note) end
  tell(handle:streamInfo():dynamicMetadata(), call.files)
end

-- What Envoy itself answers where a request has not left.
local NOT_SENT = {
  'connection_failure', 'connection failure', 'connection_timeout', 'connection timeout', 'no_healthy_upstream', 'no healthy upstream',
  'cluster_not_found', 'credential', 'overflow',
}

local function notSent(text)
  for _, word in ipairs(NOT_SENT) do
    if text:find(word, 1, true) then return true end
  end
  return false
end

function envoy_on_response(handle)
  local learnt = handle:streamInfo():dynamicMetadata():get('budget')
  local number = learnt and learnt.call
  local call = number and reserved[number]
  if not call then return end
  local headers = handle:headers()
  local isProviders = headers:get('x-guard-provider') ~= nil
  local status = tonumber(headers:get(':status')) or 0
  if isProviders and status >= 400 then return settle(handle, number, call, 0, 'status ' .. status) end
  local streams = (headers:get('content-type') or ''):find('text/event-stream', 1, true)
  local tail, seen = '', ''
  for chunk in handle:bodyChunks() do
    local length = chunk:length()
    local last = min(length, TAIL)
    tail = (tail .. chunk:getBytes(length - last, last)):sub(-TAIL)
    if not isProviders and #seen < 4096 then seen = seen .. chunk:getBytes(0, min(length, 4096)) end
  end
  if not isProviders then return settle(handle, number, call, notSent(seen) and 0 or call.most, 'status ' .. status) end
  local usage = handle:streamInfo():dynamicTypedMetadata('usage') -- a stream's information from before a chunk is of no use after it
  local whole = not call.price.ends or not streams or tail:find(call.price.ends, 1, true)
  local cost = whole and costOf(call.price, usage)
  settle(handle, number, call, cost or call.most, cost and 'used' or 'unknown')
end
