// Simulates many pick-ups through a relay over a strict switch, while callers hang up, competitors
// fetch callers, people refuse, and answers and events are lost in every phase. PICK_UPS=10000 sets the
// number of pick-ups for each profile, and SEED the first seed. A failure prints its seed and what
// happened. SEED=n PICK_UPS=1 plays the world of one seed again.

import { expect, test } from 'vitest';
import { noHarm } from '../pick-up-episode.ts';
import { nothingPlayed, playWorld, type Play, type Played } from './pick-up-world.ts';

const PICK_UPS = Number(process.env['PICK_UPS'] ?? 40);
const SEED = Number(process.env['SEED'] ?? 7);
/** The pick-ups of one world. */
const WORLD = 50;
/** The worlds end here, even if something that was expected did not happen. */
const MOST_PICK_UPS = PICK_UPS * 20;
/** A pick-up takes some 100 ms on a slow machine. */
const TIMEOUT_MS = Math.max(PICK_UPS * 1_000, 60_000);
const EXPECTED = ['talking', 'no-answer', 'vacant'];

const KINDS = [
  { profile: 'lot', callbackIds: true },
  { profile: 'freeswitch', callbackIds: true },
  { profile: 'freeswitch', callbackIds: false },
] as const;

test.each(KINDS)(
  'pick-ups through a relay harm no one: profile $profile, ids in events: $callbackIds',
  async (kind) => {
    const { harm, trace, outcomes } = await simulate(kind, hasAllOutcomes);
    expect(harm, trace ?? '').toEqual(noHarm());
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(EXPECTED));
  },
  TIMEOUT_MS,
);

test(
  'without the look, the simulation finds telephones that were parked',
  async () => {
    const { harm } = await simulate(
      { profile: 'freeswitch', looks: false },
      (played) => played.harm.askersParked > 0,
    );
    expect(harm.askersParked).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

function hasAllOutcomes({ outcomes }: Played): boolean {
  return EXPECTED.every((status) => outcomes[status]);
}

/**
 * Plays `PICK_UPS` pick-ups, and goes on until `isEnough`. Answers and timers race in each world, so a
 * fixed number of pick-ups can miss an outcome by chance.
 */
async function simulate(play: Play, isEnough: (played: Played) => boolean): Promise<Played> {
  const played = nothingPlayed();
  for (
    let seed = SEED;
    played.count < PICK_UPS || (!isEnough(played) && played.count < MOST_PICK_UPS);
    seed += 1
  ) {
    await playWorld(seed, WORLD, play, played);
    if (played.trace !== null && play.looks !== false) break;
  }
  const { harm, count, outcomes } = played;
  if (process.env['PICK_UPS']) console.log(play, count, outcomes, harm);
  return played;
}
