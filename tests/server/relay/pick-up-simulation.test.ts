// Simulates many pick-ups through a relay over a strict switch, while callers hang up, competitors
// fetch callers, people refuse, and answers and events are lost in every phase. PICK_UPS=10000 sets the
// number of pick-ups for each profile. Time is virtual.

import { expect, test } from 'vitest';
import type { Profile } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';
import { settled } from '../line.ts';
import { chances, noHarm, playEpisode, type World } from '../pick-up-episode.ts';
import { openCompany } from './company.ts';
import { ANSWERING, NUMBERS, openTime, PATH } from './telephones.ts';

const PICK_UPS = Number(process.env['PICK_UPS'] ?? 40);
/** A pick-up takes some 100 ms on a slow machine. */
const TIMEOUT_MS = Math.max(PICK_UPS * 1_000, 60_000);
const EXTENSIONS = [RECEPTION, SALES, '34415'];
const FAULTS =
  'seed=7,lost=0.03,unanswered=0.05,doubled=0.03,broken=0.03,callback-refused=0.03,' +
  'event-lost=0.05,event-doubled=0.05,event-overtaken=0.05,event-delay=0..3000@0.1';

const KINDS = [
  { profile: 'lot', callbackIds: true },
  { profile: 'freeswitch', callbackIds: true },
  { profile: 'freeswitch', callbackIds: false },
] as const;

test.each(KINDS)(
  'pick-ups through a relay harm no one: profile $profile, ids in events: $callbackIds',
  async ({ profile, callbackIds }) => {
    const { harm, count, outcomes } = await simulate(profile, PICK_UPS, { callbackIds });
    if (process.env['PICK_UPS']) console.log(`${profile}: ${count} pick-ups`, outcomes, harm);
    expect(harm).toEqual(noHarm());
    for (const status of ['talking', 'no-answer', 'vacant']) {
      expect(outcomes[status], status).toBeGreaterThan(0);
    }
  },
  TIMEOUT_MS,
);

test(
  'without the look, the simulation finds telephones that were parked',
  async () => {
    const { harm } = await simulate('freeswitch', PICK_UPS, { looks: false });
    expect(harm.askersParked).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

async function simulate(
  profile: Profile,
  wanted: number,
  { callbackIds = true, looks = true }: { callbackIds?: boolean; looks?: boolean },
) {
  const time = openTime();
  const numbers = { ...NUMBERS, 34415: '342' };
  const company = await openCompany(
    {
      ...{ now: time.now, clock: time, extensions: EXTENSIONS },
      pickUp: { extension: ANSWERING, numbers, lookBeforePickUp: looks },
    },
    { now: time.now, seed: 7, profile, callbackIds, hourlyLimit: 1e9 },
  );
  company.pbx.setFaults(FAULTS);
  const { exchange } = company.pbx;
  const world: World = {
    exchange,
    isPickUp: ({ type, extension, fields }) =>
      type === 'dial-in' &&
      extension !== ANSWERING &&
      (fields['CallerIDName'] ?? '').startsWith('Pick up'),
    isBridgedFor: ({ type, extension }) => type === 'dial-in' && extension === ANSWERING,
    async pickUp(extension, body, signal) {
      const url = `http://relay.test${PATH}/${extension}/valet_park/pick_up`;
      const headers = { authorization: 'Bearer all' };
      return company.relay.fetch(new Request(url, { method: 'POST', body, headers, signal }));
    },
    async forward(ms) {
      // No client can see a competitor who acts within the 20 ms before a bridge.
      const end = time.now() + Math.max(ms, 50);
      do {
        time.step(Math.min(time.now() + 5_000, end));
        exchange.forward(0);
        await settled();
      } while (time.now() < end);
    },
  };
  const [chance, harm, outcomes] = [chances(7), noHarm(), {} as Record<string, number>];
  let count = 0;
  while (count < wanted) count += await playEpisode(world, chance, harm, outcomes);
  return { harm, count, outcomes };
}
