// Six careless clients command one lot, and callers hang up in every phase. The races of the stand-in are on.
// `npm run careless` plays 200,000 commands.

import { expect, test } from 'vitest';
import { simulate, type Report } from './simulation.ts';

const COMMANDS = Number(process.env['VALET_PARK_COMMANDS'] ?? '1000');
const NONE = { strangers: 0, askersParked: 0, orphans: 0, falseClaims: 0 };

test.for([
  [1, 1, COMMANDS],
  [2, 1, Math.ceil(COMMANDS / 10)],
  [3, 30, Math.ceil(COMMANDS / 10)],
] as const)('with seed %i and events after %i ms no caller has an accident', async (options) => {
  const [seed, eventDelayMs, share] = options;
  const commands = Math.max(share, 1_000);
  const report = await simulate({ commands, seed, isOrdered: true, eventDelayMs });
  print(`events after ${eventDelayMs} ms`, report);
  expect(report).toMatchObject(NONE);
  expect(report.parked).toBeGreaterThan(commands / 10);
  expect(report.bridged).toBeGreaterThan(commands / 20);
  expect(report.pickedUp).toBeGreaterThan(commands / 100);
  expect(report.unclear).toBe(0);
});

test('without the order of commands there are hundreds of accidents', async () => {
  const commands = Math.max(COMMANDS / 10, 1_000);
  const report = await simulate({ commands, seed: 1, isOrdered: false });
  print('without the order', report);
  expect(report.strangers + report.askersParked).toBeGreaterThan(100);
  expect(report.orphans).toBeGreaterThan(0);
  expect(report.falseClaims).toBeGreaterThan(50);
});

test('a command needs at most one more round trip than a careless one', async () => {
  const options = { commands: 1_000, seed: 4 };
  const careful = (await simulate({ ...options, isOrdered: true })).costs;
  const careless = (await simulate({ ...options, isOrdered: false })).costs;
  for (const kind of ['park', 'bridge'] as const) {
    const [one, other] = [careful[kind], careless[kind]];
    const ratio = (one.ms / other.ms).toFixed(1);
    const trips = `${one.trips} round trips instead of ${other.trips}`;
    console.log(`${kind}: ${trips}, ${one.ms} ms instead of ${other.ms} ms (${ratio} times)`);
    expect(one.trips - other.trips).toBeLessThanOrEqual(1);
  }
});

function print(title: string, report: Report): void {
  if (COMMANDS > 1_000) console.log(title, report);
}
