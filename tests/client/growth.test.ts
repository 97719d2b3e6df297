// Cost: the time for many commands grows with their number, not with the square of their number.

import { expect, test } from 'vitest';
import { ann, callNumbered, talking } from './host.ts';

/** Returns how long `count` commands for one slot take until all have settled, in ms. */
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

/** Returns the shorter of two runs, because other work of the machine only makes a run longer. */
async function shortest(count: number, callOf: (number: number) => string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 2; run += 1) runs.push(await duration(count, callOf));
  return Math.min(...runs);
}

test.for([
  ['one call', () => ann],
  ['different calls', callNumbered],
] as const)(
  '4,000 parks of %s in one slot take no more than 24 times as long as 500',
  async ([, callOf]) => {
    await duration(500, callOf);
    const [few, many] = [await shortest(500, callOf), await shortest(4_000, callOf)];
    expect(many / few).toBeLessThan(24);
  },
);
