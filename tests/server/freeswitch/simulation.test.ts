// Six careless clients command one lot, and callers hang up in every phase. The races of the stand-in are on.

import { expect, test } from 'vitest';
import { simulate } from './simulation.ts';

const COMMANDS = Number(process.env['VALET_PARK_COMMANDS'] ?? '1000');
const NONE = { strangers: 0, askersParked: 0, orphans: 0, falseClaims: 0 };

test.for([
  [1, 1],
  [2, 1],
  [3, 30],
] as const)('with seed %i and events after %i ms no caller has an accident', async (options) => {
  const [seed, eventDelayMs] = options;
  const report = await simulate({ commands: COMMANDS, seed, isOrdered: true, eventDelayMs });
  if (COMMANDS > 1_000) console.log(report);
  expect(report).toMatchObject(NONE);
  expect(report.parked).toBeGreaterThan(COMMANDS / 10);
  expect(report.bridged).toBeGreaterThan(COMMANDS / 20);
  expect(report.pickedUp).toBeGreaterThan(COMMANDS / 100);
  expect(report.unclear).toBe(0);
});

test('without the order of commands there are hundreds of accidents', async () => {
  const report = await simulate({ commands: 1_000, seed: 1, isOrdered: false });
  expect(report.strangers + report.askersParked).toBeGreaterThan(100);
  expect(report.orphans).toBeGreaterThan(0);
  expect(report.falseClaims).toBeGreaterThan(50);
});
