// Which leases a relay takes and gives back, so that several relays ask for about the same number of lots.

import { expect, test } from 'vitest';
import { claimsToTake, claimsToYield, type Claim } from '../../../www/server/feed/redis/share.ts';

/** Describes the claims of one relay: how many it holds, how many others hold, and how many are free. */
function claims({ held = 0, taken = 0, free = 0, relays = 1, beats = 9 }): Claim[] {
  const some = (count: number, one: Partial<Claim>) =>
    Array.from({ length: count }, () => ({ holds: false, isTaken: false, relays, beats, ...one }));
  return [...some(held, { holds: true }), ...some(taken, { isTaken: true }), ...some(free, {})];
}

test.for([
  ['the only relay keeps all', { held: 30 }, 0],
  ['of two relays, one keeps its half', { held: 30, relays: 2 }, 15],
  ['of three relays, one keeps its third', { held: 15, taken: 15, relays: 3 }, 5],
  ['a lease that cannot be halved stays', { held: 1, relays: 2 }, 0],
  ['the part of a lease counts up', { held: 4, taken: 3, relays: 2 }, 0],
  ['a new lease stays for some beats', { held: 30, relays: 2, beats: 4 }, 0],
] as const)('%s', ([, state, count]) => {
  expect(claimsToYield(claims(state))).toHaveLength(count);
});

test.for([
  ['the only relay takes all', { free: 30, beats: 1 }, 30],
  ['of two relays, one takes its half', { free: 30, relays: 2, beats: 1 }, 15],
  ['a relay takes what it lacks', { held: 10, taken: 10, free: 10, relays: 2, beats: 1 }, 5],
  ['a relay with its share leaves the rest', { held: 15, free: 15, relays: 2, beats: 1 }, 0],
  ['a lease that no relay takes is taken', { held: 15, free: 15, relays: 2, beats: 3 }, 15],
  ['a lease of another relay is left', { taken: 30, relays: 2 }, 0],
  ['a single lot is taken at once', { free: 1, relays: 3, beats: 1 }, 1],
] as const)('%s', ([, state, count]) => {
  const free = claimsToTake(claims(state));
  expect(free).toHaveLength(count);
  expect(free.every(({ holds, isTaken }) => !holds && !isTaken)).toBe(true);
});

test('a lease that only this relay can have is never given back', () => {
  const own = claims({ held: 20 });
  const shared = claims({ held: 4, taken: 16, relays: 2 });
  expect(claimsToYield([...own, ...shared])).toEqual([]);
});
