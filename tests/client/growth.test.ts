// Cost: the time for many commands grows with their number, not with the square of their number.

import { expect, test } from 'vitest';
import { ann, callNumbered, talking } from './host.ts';

/** Returns the processor time in µs that `count` commands for one slot need until all have settled. */
async function cost(count: number, callOf: (number: number) => string): Promise<number> {
  const { panel } = await talking();
  const before = process.cpuUsage();
  const commands = Array.from({ length: count }, (_, number) =>
    panel.park(callOf(number), { slot: 5 }),
  );
  const settled = await Promise.allSettled(commands);
  expect(settled[0]?.status).toBe('fulfilled');
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Returns the lower cost of two runs, because other work of the machine only adds to it. */
async function lowest(count: number, callOf: (number: number) => string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 2; run += 1) runs.push(await cost(count, callOf));
  return Math.min(...runs);
}

test.for([
  ['one call', () => ann],
  ['different calls', callNumbered],
] as const)(
  '4,000 parks of %s in one slot take no more than 24 times as long as 500',
  async ([, callOf]) => {
    await cost(500, callOf);
    const [few, many] = [await lowest(500, callOf), await lowest(4_000, callOf)];
    expect(many / few).toBeLessThan(24);
  },
);
