// The plan for many lots (`npm run capacity`): its arithmetic and its simulation.

import { expect, test } from 'vitest';
import { COSTS, LIMITS, LOAD } from '../../scripts/capacity/inputs.mjs';
import { firstToBreak, layoutFor, needsOf, ratesOf } from '../../scripts/capacity/model.mjs';
import { play } from '../../scripts/capacity/simulate.mjs';

const LAYOUT = { lotsPerRelay: 1_000, copies: 2, redisServers: 2 };

test('the rates are those of the load', () => {
  const load = { ...LOAD, lots: 3_600, panelsPerLot: 5, callsPerHour: 10, eventsPerCall: 4 };
  const rates = ratesOf({ ...load, parksPerHour: 5, messagesPerPark: 8, asksPerHour: 20 }, LAYOUT);
  expect(rates).toEqual({
    relays: 8,
    lines: 18_000,
    messagesPerLotHour: 100,
    messages: 100,
    lineMessages: 500,
    upstream: 20,
    beats: 3_600,
    deliveries: 200,
  });
});

test('twice the lots need twice as much of Redis, and as much of a relay and a customer', () => {
  const one = needsOf(LOAD, LAYOUT, COSTS, LIMITS);
  const twice = needsOf({ ...LOAD, lots: 2 * LOAD.lots }, LAYOUT, COSTS, LIMITS);
  const ratios = one.map(({ what, share }, at) => [what, (twice[at]?.share ?? 0) / share]);
  expect(Object.fromEntries(ratios)).toEqual({
    'a relay: processor': expect.closeTo(1, 5),
    'a relay: memory': expect.closeTo(1, 5),
    'a relay: lines': expect.closeTo(1, 5),
    'a Redis: processor': expect.closeTo(2, 5),
    'a Redis: memory': expect.closeTo(2, 5),
    'a customer: requests an hour': expect.closeTo(1, 5),
  });
});

test.for([
  ['a relay: processor', { messageMs: 1_000 }],
  ['a relay: memory', { lotKB: 1e6 }],
  ['a relay: lines', { lineKB: 0 }, { panelsPerLot: 1_000, callsPerHour: 0, asksPerHour: 1 }],
  ['a Redis: processor', { beatMs: 10 }],
  ['a Redis: memory', { storedKB: 1_000 }],
  [
    'a customer: requests an hour',
    { messageMs: 0 },
    { asksPerHour: 1e6, callsPerHour: 0, lots: 1 },
  ],
] as const)('%s can break first', ([what, costs, load = {}]) => {
  const needs = needsOf({ ...LOAD, ...load }, LAYOUT, { ...COSTS, ...costs }, LIMITS);
  expect(firstToBreak(needs).what).toBe(what);
});

test('the layout bears the load, and one with a process less does not', () => {
  const layout = layoutFor(LOAD, 2, COSTS, LIMITS);
  if (layout === null) throw new Error('there is a layout');
  expect(firstToBreak(needsOf(LOAD, layout, COSTS, LIMITS)).share).toBeLessThanOrEqual(1);
  const less = { ...layout, redisServers: layout.redisServers - 1 };
  expect(firstToBreak(needsOf(LOAD, less, COSTS, LIMITS)).share).toBeGreaterThan(1);
  expect(layoutFor({ ...LOAD, asksPerHour: 10_000 }, 2, COSTS, LIMITS)).toBeNull();
});

test('a message waits longer the busier its relay is, and each run of a seed is the same', () => {
  const relay = {
    lines: 100,
    linesPerMessage: 5,
    costs: { ...COSTS, messageMs: 1, lineMessageMs: 0 },
  };
  const calm = play({ ...relay, messages: 1 }, 300, 1);
  const busy = play({ ...relay, messages: 900 }, 60, 1);
  expect(calm.p99Ms).toBeLessThan(1.5);
  expect(busy.p99Ms).toBeGreaterThan(10);
  expect(busy.p50Ms).toBeLessThan(busy.p99Ms);
  expect(play({ ...relay, messages: 900 }, 60, 1)).toEqual(busy);
});

test('after a restart, panels come back within five seconds, or as fast as the relay opens lines', () => {
  const relay = { messages: 1, linesPerMessage: 5, costs: { ...COSTS, openMs: 1 } };
  expect(play({ ...relay, lines: 1_000 }, 1, 1).backMs / 5_000).toBeCloseTo(1, 1);
  expect(play({ ...relay, lines: 20_000 }, 1, 1).backMs / 20_500).toBeCloseTo(1, 1);
});
