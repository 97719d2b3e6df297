// How many relays and how much Redis many lots need: pure arithmetic, without a clock and a network.

/**
 * What the customers do in their busiest hour.
 *
 * @typedef {object} Load
 * @property {number} lots
 * @property {number} panelsPerLot  open panels of one lot; each has one line
 * @property {number} callsPerHour  calls of one lot in an hour
 * @property {number} eventsPerCall  web hooks about one call
 * @property {number} parksPerHour  calls of one lot that are parked, and taken again, in an hour
 * @property {number} messagesPerPark  messages of the feed from a park to its end: looks, answers, moves
 * @property {number} asksPerHour  questions that the relay asks for one lot in the background, in an hour
 */

/**
 * How the relays are laid out.
 *
 * @typedef {object} Layout
 * @property {number} lotsPerRelay
 * @property {number} copies  the number of relays that serve one lot
 * @property {number} redisServers  each of them holds a part of the lots
 */

/**
 * Unit costs. Times are those of the processor, in ms.
 *
 * @typedef {object} Costs
 * @property {number} lotKB  memory of a lot without panels, at a relay
 * @property {number} lineKB  memory of an open line, at a relay
 * @property {number} messageMs  one message: receiving, storing and taking in, at a relay
 * @property {number} lineMessageMs  one message to one line
 * @property {number} openMs  opening one line
 * @property {number} redisMessageMs  one message at Redis
 * @property {number} beatMs  one renewal of a lease at Redis
 * @property {number} deliverMs  one message to one relay, at Redis
 * @property {number} storedKB  memory of one kept message, at Redis
 */

/**
 * The limits of one process or machine.
 *
 * @typedef {object} Limits
 * @property {number} relayCores  the share of one processor that a relay may use on average
 * @property {number} relayGB
 * @property {number} relayLines  open connections of one process
 * @property {number} redisCores  the share of one processor that a Redis may use on average
 * @property {number} redisGB
 * @property {number} requestsPerLot  requests an hour that the switch allows each customer
 */

/**
 * A need, compared with its limit.
 *
 * @typedef {object} Need
 * @property {string} what
 * @property {number} value
 * @property {number} limit
 * @property {string} unit
 * @property {number} share  `value` divided by `limit`
 */

/** How often a relay renews what it holds, in s. */
const BEAT_S = 2;
/** How many messages of a lot Redis keeps, for at most an hour. */
const KEPT = 1_000;

/**
 * Returns the rates of all lots together, for one second.
 *
 * @param {Load} load @param {Layout} layout
 */
export function ratesOf(load, { lotsPerRelay, copies }) {
  const { lots, panelsPerLot, callsPerHour, eventsPerCall } = load;
  const { parksPerHour, messagesPerPark, asksPerHour } = load;
  const perLot = callsPerHour * eventsPerCall + parksPerHour * messagesPerPark + asksPerHour;
  const messages = (lots * perLot) / 3_600;
  const relays = Math.ceil((lots * copies) / lotsPerRelay);
  return {
    relays,
    lines: lots * panelsPerLot,
    messagesPerLotHour: perLot,
    messages,
    /** A message goes to every line of its lot. */
    lineMessages: messages * panelsPerLot,
    upstream: (lots * asksPerHour) / 3_600,
    beats: (lots * copies) / BEAT_S,
    /** Each message goes to all relays that serve its lot. */
    deliveries: messages * copies,
  };
}

/**
 * Returns what one relay, one Redis and one customer need. The need with the greatest share of its limit
 * is what breaks first when the load grows.
 *
 * @param {Load} load @param {Layout} layout @param {Costs} costs @param {Limits} limits
 * @returns {Need[]}
 */
export function needsOf(load, layout, costs, limits) {
  const { lotsPerRelay, copies, redisServers } = layout;
  const rates = ratesOf(load, layout);
  const lotsOfRelay = Math.min(lotsPerRelay, load.lots);
  /** The messages that a relay takes in, in a second. It stores its share of them. */
  const taken = (lotsOfRelay * rates.messagesPerLotHour) / 3_600;
  const lines = rates.lines / rates.relays;
  const relayMs =
    taken * costs.messageMs + (rates.lineMessages / rates.relays) * costs.lineMessageMs;
  const relayGB = (lotsOfRelay * costs.lotKB + lines * costs.lineKB) / 1e6;
  const redisMs =
    rates.messages * costs.redisMessageMs +
    rates.beats * costs.beatMs +
    rates.deliveries * costs.deliverMs;
  const kept = Math.min(rates.messagesPerLotHour, KEPT);
  const redisGB = (load.lots * kept * costs.storedKB) / 1e6;
  const asked = load.asksPerHour + load.parksPerHour * ASKS_PER_PARK;
  return [
    need('a relay: processor', relayMs / 1_000, limits.relayCores, 'cores'),
    need('a relay: memory', relayGB, limits.relayGB, 'GB'),
    need('a relay: lines', lines * (copies > 1 ? copies / (copies - 1) : 1), limits.relayLines, ''),
    need('a Redis: processor', redisMs / 1_000 / redisServers, limits.redisCores, 'cores'),
    need('a Redis: memory', redisGB / redisServers, limits.redisGB, 'GB'),
    need('a customer: requests an hour', asked, limits.requestsPerLot, ''),
  ];
}

/** A park and a bridge: two looks before, two commands, two looks afterwards. */
const ASKS_PER_PARK = 6;

/** Returns the need that breaks first. @param {readonly Need[]} needs */
export function firstToBreak(needs) {
  return needs.reduce((worst, one) => (one.share > worst.share ? one : worst));
}

/**
 * Returns the layout with the fewest processes with which nothing is above its limit. Null if there is
 * none. Each Redis costs as much as a relay, and a relay that serves fewer lots makes more of them.
 *
 * @param {Load} load @param {number} copies @param {Costs} costs @param {Limits} limits
 * @returns {Layout | null}
 */
export function layoutFor(load, copies, costs, limits) {
  let [best, fewest] = [/** @type {Layout | null} */ (null), Infinity];
  for (let redisServers = 1; redisServers <= MOST_REDIS; redisServers += 1) {
    for (const lotsPerRelay of LOTS_PER_RELAY) {
      const layout = { lotsPerRelay, copies, redisServers };
      const processes = ratesOf(load, layout).relays + redisServers;
      const isBearable = firstToBreak(needsOf(load, layout, costs, limits)).share <= 1;
      if (isBearable && processes < fewest) [best, fewest] = [layout, processes];
    }
  }
  return best;
}

const MOST_REDIS = 64;
const LOTS_PER_RELAY = [10, 20, 50, 100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000];

/** @param {string} what @param {number} value @param {number} limit @param {string} unit @returns {Need} */
function need(what, value, limit, unit) {
  return { what, value, limit, unit, share: value / limit };
}
