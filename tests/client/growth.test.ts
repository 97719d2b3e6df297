// Cost: many commands at once for one slot take about so many times as long as few do.

import { expect, test } from 'vitest';
import { ann, callNumbered, talking } from './host.ts';

/** How long it takes, in ms, to give so many commands for one slot and to see all of them settle. */
async function duration(count: number, callOf: (number: number) => string): Promise<number> {
  const { panel } = await talking();
  const start = performance.now();
  const commands = Array.from({ length: count }, (_, number) =>
    panel.park(callOf(number), { slot: 5 }),
  );
  const settled = await Promise.allSettled(commands);
  expect(settled[0]?.status).toBe('fulfilled');
  return performance.now() - start;
}

/** The shorter of two runs: what else the machine does makes a run longer, never shorter. */
async function shortest(count: number, callOf: (number: number) => string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 2; run += 1) runs.push(await duration(count, callOf));
  return Math.min(...runs);
}

test.for([
  ['one call', () => ann],
  ['calls of which each is another', callNumbered],
] as const)(
  '4,000 parks of %s in one slot take no more than 24 times as long as 500',
  async ([, callOf]) => {
    await duration(500, callOf);
    const [few, many] = [await shortest(500, callOf), await shortest(4_000, callOf)];
    expect(many / few).toBeLessThan(24);
  },
);
