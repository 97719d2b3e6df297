// Parts of the scripts that Redis runs.

/**
 * The time in ms. An argument replaces it in tests. All relays use the clock of Redis, so their own
 * clocks may differ.
 */
export const NOW = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function text(number) return string.format('%.0f', number) end
local function idOf(entry) return tonumber(string.match(entry[1], '^%d+')) end
`;

/**
 * The newest id, and a function that adds an entry. An id is greater than each id in the stream, and
 * than `floor`, the greatest id that the relay has seen. So an id never comes twice, even if Redis has
 * lost its newest entries. A channel with the name of the stream carries each entry to the relays.
 */
export const STREAM = `
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local top = last[1] and idOf(last[1]) or 0
local function add(time, floor, fields)
  local id = math.max(top + 1, time, floor + 1)
  local entry = { 'p', text(top), unpack(fields) }
  redis.call('XADD', KEYS[1], text(id) .. '-0', unpack(entry))
  redis.call('PUBLISH', KEYS[1], cjson.encode({ text(id) .. '-0', entry }))
  top = id
  return id
end
local function changeJournal(from, count)
  local at = from
  for _ = 1, count do
    if ARGV[at] == 'put' then
      redis.call('HSET', KEYS[2], ARGV[at + 1], ARGV[at + 2])
    else
      redis.call('HDEL', KEYS[2], ARGV[at + 1])
    end
    at = at + 3
  end
end
`;
