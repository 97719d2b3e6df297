// Simulates many pick-ups while callers hang up, competitors fetch callers, people refuse, and answers
// are lost. PICK_UPS=10000 sets the number of pick-ups for each profile. Time is virtual.

import { expect, test } from 'vitest';
import { createSwitch, type Profile } from 'valet-park/server';
import { NOON } from './desk.ts';
import { chances, noHarm, playEpisode, type World } from './pick-up-episode.ts';

const PICK_UPS = Number(process.env['PICK_UPS'] ?? 300);

test.each(['lot', 'freeswitch'] as const)(
  'pick-ups with the profile %s harm no one',
  async (profile) => {
    const { harm, count, outcomes } = await simulate(profile, PICK_UPS);
    if (process.env['PICK_UPS']) console.log(`${profile}: ${count} pick-ups`, outcomes, harm);
    expect(harm).toEqual(noHarm());
    // The simulation proves something only if every outcome occurs.
    for (const status of ['talking', 'no-answer', 'vacant', 'different-call', 'lost']) {
      expect(outcomes[status], status).toBeGreaterThan(0);
    }
  },
);

test('without the look, the simulation finds askers that were parked', async () => {
  const { harm } = await simulate('freeswitch', PICK_UPS, { lookBeforePickUp: false });
  expect(harm.askersParked).toBeGreaterThan(0);
});

/** Plays episodes until `wanted` pick-ups were asked for. */
async function simulate(profile: Profile, wanted: number, options = {}) {
  const chance = chances(7);
  const faults = 'seed=7,lost=0.05,unanswered=0.1,doubled=0.05,delay=0..50@0.2';
  const common = { now: () => NOON, trust: 'anyone', seed: 7, hourlyLimit: 1e9 } as const;
  const pbx = createSwitch({ ...common, faults, profile, ...options });
  const harm = noHarm();
  const outcomes: Record<string, number> = {};
  const { exchange } = pbx;
  const isPickUp: World['isPickUp'] = ({ type, fields }) =>
    type === 'dial-in' && fields['PickUpSlot'] !== undefined;
  const world: World = {
    ...{ exchange, isPickUp, isBridgedFor: isPickUp },
    async pickUp(extension, body, signal) {
      const path = `/api/ver1.0/extension/${extension}/valet_park/pick_up`;
      const headers = { authorization: `Bearer ${pbx.token}` };
      const init = { method: 'POST', body, headers, signal };
      return pbx.fetch(new Request(`http://localhost${path}`, init));
    },
    async forward(ms) {
      exchange.forward(ms);
    },
  };
  let count = 0;
  try {
    while (count < wanted) count += await playEpisode(world, chance, harm, outcomes);
  } finally {
    pbx.dispose();
  }
  return { harm, count, outcomes };
}
