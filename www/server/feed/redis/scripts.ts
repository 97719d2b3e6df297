// The scripts that Redis runs. Redis runs one script at a time, so each of them is one step.
//
// A stream has one entry for each message: `p` is the id of the entry before, `r` the relay that wrote
// it, `x` its extension (`*` for all), `t` its text, `j` a change of the journal, and `k` is `empty` if
// all entries before it were removed, or `access` if the tokens have changed.

import { ACCESS_SCRIPTS } from './access-scripts.ts';
import { NOW, STREAM } from './script-parts.ts';

/**
 * Appends an entry: checks the fence, ignores a known name, adds the entry and changes the journal.
 *
 * KEYS: stream, journal, fence, and optional the name. ARGV: now, floor, fence or empty, relay,
 * extension, text, change of the journal as JSON or empty, kind, capacity, number of changes, changes.
 * Returns `stale`, `known`, or the id.
 */
const APPEND = `${NOW}
if ARGV[3] ~= '' and redis.call('GET', KEYS[3]) ~= ARGV[3] then return 'stale' end
if KEYS[4] then
  local at = redis.call('GET', KEYS[4])
  if at and now - tonumber(at) < 600000 then return 'known' end
  redis.call('SET', KEYS[4], text(now), 'PX', 600000)
end
${STREAM}
local fields = { 'r', ARGV[4], 'x', ARGV[5], 't', ARGV[6] }
if ARGV[7] ~= '' then
  fields[#fields + 1] = 'j'
  fields[#fields + 1] = ARGV[7]
end
if ARGV[8] ~= '' then
  fields[#fields + 1] = 'k'
  fields[#fields + 1] = ARGV[8]
end
local id = add(now, tonumber(ARGV[2]), fields)
if ARGV[8] == 'empty' then
  redis.call('XTRIM', KEYS[1], 'MAXLEN', 1)
else
  redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[9])
  redis.call('XTRIM', KEYS[1], 'MINID', text(now - 3600000))
end
changeJournal(11, tonumber(ARGV[10]))
return text(id)`;

/**
 * Lets a relay join, at its start or after an interruption.
 *
 * If the relay knows an id that the stream does not have, or was alone (`hasGap`), adds an entry
 * without a message, whose id no relay has given out. Also changes the journal as the relay did alone.
 *
 * KEYS: stream, journal. ARGV: now, floor, relay, known id or empty, hasGap, capacity, change as JSON,
 * number of changes, changes.
 * Returns the id of the new entry or empty, 1 if the stream has the known id, the entries after it, the
 * journal, and 1 if there was no stream.
 */
const JOIN = `${NOW}${STREAM}
local isEmpty = top == 0
local isKnown = ARGV[4] ~= '' and #redis.call('XRANGE', KEYS[1], ARGV[4] .. '-0', ARGV[4] .. '-0') == 1
local entries
if isKnown then
  entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[4] .. '-0', '+')
else
  entries = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', tonumber(ARGV[6]))
end
changeJournal(9, tonumber(ARGV[8]))
local marker = ''
if isEmpty or ARGV[5] == '1' or (ARGV[4] ~= '' and not isKnown) then
  local fields = { 'r', ARGV[3], 'x', '', 't', '' }
  if ARGV[7] ~= '' then
    fields[#fields + 1] = 'j'
    fields[#fields + 1] = ARGV[7]
  end
  marker = text(add(now - 1, tonumber(ARGV[2]), fields))
end
return { marker, isKnown and 1 or 0, entries, redis.call('HGETALL', KEYS[2]), isEmpty and 1 or 0 }`;

/**
 * Renews the lease of a relay, or takes or gives back a lease. Removes old entries.
 *
 * A fence is greater than each fence before, and at least the time. So a fence never comes twice, even
 * if Redis has lost its data.
 *
 * If Redis has lost its data, the relay that held the lease should get it again. So `mayTake` is 0 for a
 * relay that knows of another holder. It may take the lease at its next beat.
 *
 * KEYS: stream, asker, fence, relays. ARGV: now, relay, length of the lease in ms, latest id, mayTake,
 * and `take`, `leave` or `yield`, which says what to do with the lease.
 * Returns the fence or empty, the number of relays, 1 if the stream has the id, 1 if another relay holds
 * the lease, the number of relays that beat lately, and the newest id of the stream.
 */
const BEAT = `${NOW}
local length = tonumber(ARGV[3])
redis.call('ZADD', KEYS[4], now, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - 2 * length)
redis.call('PEXPIRE', KEYS[4], 60000)
local holder = redis.call('GET', KEYS[2])
local fence = ''
if holder == ARGV[2] and ARGV[6] == 'yield' then
  redis.call('DEL', KEYS[2])
elseif holder == ARGV[2] then
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  fence = redis.call('GET', KEYS[3]) or ''
elseif not holder and ARGV[6] == 'take' and (ARGV[5] == '1' or redis.call('EXISTS', KEYS[3]) == 1) then
  fence = text(math.max((tonumber(redis.call('GET', KEYS[3])) or 0) + 1, now))
  redis.call('SET', KEYS[3], fence)
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local newest = last[1] and idOf(last[1]) or 0
if last[1] then redis.call('XTRIM', KEYS[1], 'MINID', text(math.min(now - 3600000, newest))) end
local present = redis.call('XRANGE', KEYS[1], ARGV[4] .. '-0', ARGV[4] .. '-0')
local lately = redis.call('ZCOUNT', KEYS[4], now - 0.6 * length, '+inf')
local isTaken = holder and holder ~= ARGV[2] and 1 or 0
return { fence, redis.call('ZCARD', KEYS[4]), #present, isTaken, lately, text(newest) }`;

/** Gives the lease back. KEYS: asker, relays. ARGV: relay. */
const RELEASE = `
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/**
 * Stores that a request is about to be sent. KEYS: the key. ARGV: now, request.
 * Returns nothing, or the request and the answer that are known; the answer may be empty.
 */
const CLAIM = `${NOW}
local known = redis.call('HMGET', KEYS[1], 'at', 'request', 'reply')
if known[1] and now - tonumber(known[1]) < 600000 then return { known[2], known[3] or '' } end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'at', text(now), 'request', ARGV[2])
redis.call('PEXPIRE', KEYS[1], 600000)
return {}`;

/**
 * Stores the answer to a request. KEYS: the key. ARGV: now, request or empty, answer or empty. Without
 * a request, does nothing if the key is not known.
 */
const ANSWER = `${NOW}
if ARGV[2] == '' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'at', text(now))
if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'request', ARGV[2]) end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'reply', ARGV[3]) end
redis.call('PEXPIRE', KEYS[1], 600000)
return 1`;

export const SCRIPTS = {
  ...ACCESS_SCRIPTS,
  append: APPEND,
  join: JOIN,
  beat: BEAT,
  release: RELEASE,
  claim: CLAIM,
  answer: ANSWER,
} as const;

export type ScriptName = keyof typeof SCRIPTS;
