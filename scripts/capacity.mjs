// Prints a plan for many lots and panels: what they need, and what breaks first.
//
//   npm run capacity                                  10,000 lots with 10 panels each
//   npm run capacity -- --lots 500 --panelsPerLot 40  another load; docs/capacity.md lists the inputs
//   npm run capacity -- --measure                     with unit costs that are measured here, first

import { parseArgs } from 'node:util';
import { COSTS, LIMITS, LOAD, OPTIONS } from './capacity/inputs.mjs';
import { firstToBreak, layoutFor, needsOf, ratesOf } from './capacity/model.mjs';
import { play } from './capacity/simulate.mjs';
import { Failure, whenStarted } from './step.mjs';
import { tableOf } from './capacity/table.mjs';

/** Lots per relay that are compared with the best layout. */
const OTHERS = [200, 500, 1_000, 2_000, 5_000];
const SECONDS = 600;
const SEED = 1;

await whenStarted(import.meta.url, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  const { measure: isMeasured = false, ...given } = values;
  const inputs = { ...LOAD, copies: 2, ...numbersIn(given) };
  const { copies, ...load } = inputs;
  const costs = isMeasured ? await (await import('./capacity/measure.mjs')).measure() : COSTS;
  console.log(`\nunit costs (${isMeasured ? 'measured now' : 'measured before'})\n`);
  console.log(
    tableOf(
      ['', ''],
      Object.entries(costs).map(([name, cost]) => [name, round(cost)]),
    ),
  );
  const best = layoutFor(load, copies, costs, LIMITS);
  if (best === null)
    throw new Failure('the plan', 'no layout bears this load', 'see docs/capacity.md');
  printPlan(load, best, costs);
  printOthers(load, best, costs);
});

/** @param {Record<string, unknown>} given */
function numbersIn(given) {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const number = Number(text);
      if (number > 0) return [name, number];
      throw new Failure('the inputs', `--${name} is ${String(text)}`, 'write a number above 0');
    }),
  );
}

/**
 * @param {import('./capacity/model.mjs').Load} load
 * @param {import('./capacity/model.mjs').Layout} layout
 * @param {import('./capacity/model.mjs').Costs} costs
 */
function printPlan(load, layout, costs) {
  const rates = ratesOf(load, layout);
  const { lots, panelsPerLot } = load;
  console.log(
    `\n${count(lots)} lots with ${panelsPerLot} panels: ${rates.relays} relays with ` +
      `${count(layout.lotsPerRelay)} lots each, every lot at ${layout.copies} relays, ` +
      `${layout.redisServers} Redis\n`,
  );
  const rows = [
    ['lines', count(rates.lines), ''],
    ['messages in a second', count(rates.messages), 'of all lots'],
    ['messages to lines in a second', count(rates.lineMessages), ''],
    [
      'requests to the switches in a second',
      count(rates.upstream),
      'each customer has its own limit',
    ],
    ['Redis: appended in a second', count(rates.messages), ''],
    ['Redis: leases renewed in a second', count(rates.beats), ''],
    ['Redis: messages to relays in a second', count(rates.deliveries), ''],
  ];
  console.log(tableOf(['all together', '', ''], rows));
  const needs = needsOf(load, layout, costs, LIMITS);
  const first = firstToBreak(needs);
  console.log(
    `\n${tableOf(
      ['each one', 'needs', 'limit', 'share'],
      needs.map((one) => [
        `${one === first ? '→ ' : '  '}${one.what}`,
        `${round(one.value)} ${one.unit}`,
        `${round(one.limit)} ${one.unit}`,
        `${Math.round(one.share * 100)} %`,
      ]),
    )}`,
  );
  console.log(`\nwhat breaks first when everything grows: ${first.what}`);
  const messages = (Math.min(layout.lotsPerRelay, lots) * rates.messagesPerLotHour) / 3_600;
  const lines = rates.lines / rates.relays;
  const relay = { messages, lines, linesPerMessage: panelsPerLot / layout.copies, costs };
  const played = play(relay, SECONDS, SEED);
  console.log(
    `simulated for ${SECONDS / 60} minutes: a message reaches its last line after ` +
      `${round(played.p50Ms)} ms (median), ${round(played.p99Ms)} ms (99 %), ` +
      `${round(played.maxMs)} ms (longest); after a restart the last panel is back in ` +
      `${(played.backMs / 1_000).toFixed(1)} s`,
  );
}

/**
 * @param {import('./capacity/model.mjs').Load} load
 * @param {import('./capacity/model.mjs').Layout} best
 * @param {import('./capacity/model.mjs').Costs} costs
 */
function printOthers(load, best, costs) {
  const rows = OTHERS.map((lotsPerRelay) => {
    const layout = { ...best, lotsPerRelay };
    const first = firstToBreak(needsOf(load, layout, costs, LIMITS));
    const { relays } = ratesOf(load, layout);
    return [count(lotsPerRelay), count(relays), first.what, `${Math.round(first.share * 100)} %`];
  });
  console.log(`\nwith ${best.redisServers} Redis, and other numbers of lots at a relay\n`);
  console.log(tableOf(['lots at a relay', 'relays', 'breaks first', 'share'], rows));
}

/** @param {number} value */
function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** @param {number} value */
function round(value) {
  return String(Number(value.toPrecision(2)));
}
