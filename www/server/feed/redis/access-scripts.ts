// The scripts for the tokens and the pairings that several relays share.
//
// The tokens are a hash: `version`, and a token as JSON for each id. The candidates of pairings are a
// hash, too: a candidate as JSON for each name. It also has `expiresAt`, in ms.

import { NOW, STREAM } from './script-parts.ts';

/**
 * Changes the tokens, and adds an entry to the stream, so that the other relays read them.
 *
 * With `restore`, replaces the tokens if they are older than `version`. Otherwise changes nothing if
 * they are older, because they were lost.
 *
 * KEYS: stream, tokens. ARGV: now, floor, relay, version, `change` or `restore`, and for each token its
 * id, and its JSON or empty to remove it.
 * Returns the new version, or empty if nothing changes.
 */
const TOKENS = `${NOW}${STREAM}
local version = tonumber(ARGV[4])
local known = tonumber(redis.call('HGET', KEYS[2], 'version')) or 0
if ARGV[5] == 'restore' then
  if known >= version then return '' end
  redis.call('DEL', KEYS[2])
elseif known < version then
  return ''
end
for at = 6, #ARGV, 2 do
  if ARGV[at + 1] == '' then
    redis.call('HDEL', KEYS[2], ARGV[at])
  else
    redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  end
end
local all = redis.call('HGETALL', KEYS[2])
for at = 1, #all, 2 do
  local token = all[at] ~= 'version' and cjson.decode(all[at + 1])
  if token and token.expiresAt ~= cjson.null and token.expiresAt <= now then
    redis.call('HDEL', KEYS[2], all[at])
  end
end
local new = text(math.max(known + 1, version + 1, now))
redis.call('HSET', KEYS[2], 'version', new)
add(now, tonumber(ARGV[2]), { 'r', ARGV[3], 'x', '', 't', '', 'k', 'access' })
return new`;

/** Returns the tokens: ids and JSON in turn, and the version. KEYS: tokens. */
const READ_TOKENS = `return redis.call('HGETALL', KEYS[1])`;

/** Removes the candidates that have expired, and reads the others. */
const CANDIDATES = `
local candidates = {}
local found = redis.call('HGETALL', KEYS[1])
for at = 1, #found, 2 do
  local candidate = cjson.decode(found[at + 1])
  if candidate.expiresAt <= now then
    redis.call('HDEL', KEYS[1], found[at])
  else
    candidates[#candidates + 1] = { name = found[at], json = found[at + 1], candidate = candidate }
  end
end
`;

/**
 * Adds a candidate. KEYS: candidates. ARGV: now, name, candidate as JSON, lifetime in ms, greatest
 * number, greatest number for one address. Returns 0 if too many wait, or 1.
 */
const ADD_CANDIDATE = `${NOW}${CANDIDATES}
local candidate = cjson.decode(ARGV[3])
local same = 0
for _, one in ipairs(candidates) do
  if one.candidate.address == candidate.address then same = same + 1 end
end
if #candidates >= tonumber(ARGV[5]) or same >= tonumber(ARGV[6]) then return 0 end
candidate.expiresAt = now + tonumber(ARGV[4])
redis.call('HSET', KEYS[1], ARGV[2], cjson.encode(candidate))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;

/**
 * Finds a candidate. KEYS: candidates. ARGV: now, `name` or `code`, and the name or the code. Returns
 * the candidate as JSON, or empty.
 */
const FIND_CANDIDATE = `${NOW}${CANDIDATES}
for _, one in ipairs(candidates) do
  local is = ARGV[2] == 'name' and one.name or one.candidate.code
  if is == ARGV[3] then return one.json end
end
return ''`;

/**
 * Notes the token of a candidate. KEYS: candidates. ARGV: now, code, id of the token. Returns 0 if the
 * candidate has a token, or there is none with this code.
 */
const APPROVE_CANDIDATE = `${NOW}${CANDIDATES}
for _, one in ipairs(candidates) do
  if one.candidate.code == ARGV[2] and one.candidate.tokenId == cjson.null then
    one.candidate.tokenId = ARGV[3]
    redis.call('HSET', KEYS[1], one.name, cjson.encode(one.candidate))
    return 1
  end
end
return 0`;

export const ACCESS_SCRIPTS = {
  tokens: TOKENS,
  readTokens: READ_TOKENS,
  addCandidate: ADD_CANDIDATE,
  findCandidate: FIND_CANDIDATE,
  approveCandidate: APPROVE_CANDIDATE,
} as const;
