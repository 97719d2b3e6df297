// The inputs of the plan. docs/capacity.md explains them.

/** A company in its busiest hour. @type {import('./model.mjs').Load} */
export const LOAD = {
  lots: 10_000,
  panelsPerLot: 10,
  callsPerHour: 60,
  eventsPerCall: 4,
  parksPerHour: 12,
  messagesPerPark: 8,
  asksPerHour: 428,
};

/**
 * Measured with `npm run capacity -- --measure` on two shared cores of a virtual machine, with Node
 * 20.20 and Redis 7.0, while other programs used the cores, too. `lineKB` is from `npm run bench`.
 *
 * @type {import('./model.mjs').Costs}
 */
export const COSTS = {
  lotKB: 180,
  lineKB: 12,
  messageMs: 1.1,
  lineMessageMs: 0.017,
  openMs: 0.7,
  redisMessageMs: 0.13,
  deliverMs: 0.05,
  beatMs: 0.07,
  storedKB: 0.5,
};

/**
 * Half of what a process can do, so that bursts and the loss of a relay find room.
 *
 * @type {import('./model.mjs').Limits}
 */
export const LIMITS = {
  relayCores: 0.5,
  relayGB: 1,
  relayLines: 20_000,
  redisCores: 0.5,
  redisGB: 4,
  requestsPerLot: 1_000,
};

/** The options of the command. Each number of the load can be given. */
export const OPTIONS = /** @type {const} */ ({
  measure: { type: 'boolean' },
  copies: { type: 'string' },
  lots: { type: 'string' },
  panelsPerLot: { type: 'string' },
  callsPerHour: { type: 'string' },
  eventsPerCall: { type: 'string' },
  parksPerHour: { type: 'string' },
  messagesPerPark: { type: 'string' },
  asksPerHour: { type: 'string' },
});
