// Plays one relay for some time: messages come by chance, and each one keeps the process busy. The
// arithmetic of scripts/capacity/model.mjs knows averages only.

/**
 * @typedef {object} Played
 * @property {number} p50Ms  the time from a message to its last line, in ms
 * @property {number} p99Ms
 * @property {number} maxMs
 * @property {number} backMs  after a restart: the time until the last panel has its line, in ms
 */

/** How long the panels spread their return after a restart, in ms. The server tells each a time. */
const RETRY_MS = [500, 5_000];

/**
 * @param {object} relay
 * @param {number} relay.messages  the mean number of messages in a second
 * @param {number} relay.lines  the lines of the relay
 * @param {number} relay.linesPerMessage
 * @param {import('./model.mjs').Costs} relay.costs
 * @param {number} seconds @param {number} seed  the same seed gives the same result
 * @returns {Played}
 */
export function play({ messages, lines, linesPerMessage, costs }, seconds, seed) {
  const random = randomFrom(seed);
  const busyMs = costs.messageMs + linesPerMessage * costs.lineMessageMs;
  /** @type {number[]} */
  const times = [];
  let [now, freeAt] = [0, 0];
  for (;;) {
    now += (-Math.log(1 - random()) * 1_000) / messages;
    if (!(now < seconds * 1_000)) break;
    freeAt = Math.max(freeAt, now) + busyMs;
    times.push(freeAt - now);
  }
  times.sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), backMs: returnOf(lines, costs, random) };
}

/** @param {number} lines @param {import('./model.mjs').Costs} costs @param {() => number} random */
function returnOf(lines, { openMs }, random) {
  const [from = 0, to = 0] = RETRY_MS;
  const comes = Array.from({ length: Math.round(lines) }, () => from + random() * (to - from));
  let freeAt = 0;
  for (const at of comes.sort((one, other) => one - other)) freeAt = Math.max(freeAt, at) + openMs;
  return freeAt;
}

/** Returns numbers from 0 to 1 that look random (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
