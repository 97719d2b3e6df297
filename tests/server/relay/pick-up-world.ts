// Plays pick-ups through a relay over a strict switch with faults. Time is virtual. Each world has a
// seed, and the same seed plays the same pick-ups, so that a failure can be played again.

import type { Profile } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';
import { settled } from '../line.ts';
import { chances, noHarm, playEpisode, type Harm, type World } from '../pick-up-episode.ts';
import { openCompany } from './company.ts';
import { ANSWERING, NUMBERS, openTime, PATH } from './telephones.ts';

const EXTENSIONS = [RECEPTION, SALES, '34415'];
const FAULTS =
  'lost=0.03,unanswered=0.05,doubled=0.03,broken=0.03,callback-refused=0.03,' +
  'event-lost=0.05,event-doubled=0.05,event-overtaken=0.05,event-delay=0..3000@0.1';

export interface Played {
  readonly harm: Harm;
  readonly outcomes: Record<string, number>;
  count: number;
  /** The steps of the first harmful episode, as text. Null if no episode was harmful. */
  trace: string | null;
  /** For each telephone that was parked: how long it was parked, in ms. */
  readonly parkedMs: number[];
}

export interface Play {
  readonly profile: Profile;
  readonly callbackIds?: boolean;
  /** False: the relay bridges without a look. */
  readonly looks?: boolean;
  /** The least time between two acts, in ms. */
  readonly spacingMs?: number;
}

export function nothingPlayed(): Played {
  return { harm: noHarm(), outcomes: {}, count: 0, trace: null, parkedMs: [] };
}

/** Plays at least `wanted` pick-ups in one world, and adds them to `played`. */
export async function playWorld(
  seed: number,
  wanted: number,
  { profile, callbackIds = true, looks = true, spacingMs = 50 }: Play,
  played: Played,
): Promise<void> {
  const time = openTime();
  const numbers = { ...NUMBERS, 34415: '342' };
  const company = await openCompany(
    {
      ...{ now: time.now, clock: time, extensions: EXTENSIONS },
      pickUp: { extension: ANSWERING, numbers, lookBeforePickUp: looks },
    },
    { now: time.now, seed, profile, callbackIds, hourlyLimit: 1e9 },
  );
  company.pbx.setFaults(`seed=${seed},${FAULTS}`);
  const { exchange } = company.pbx;
  const began = time.now();
  let notes: string[] = [];
  const note = (text: string) => void notes.push(`${time.now() - began}: ${text}`);
  exchange.onEvent(({ type, extension, fields }) => {
    note(`event ${type} of ${extension}: ${fields['CallAPIID']} (${fields['CallerIDName']})`);
  });
  company.network = async (request, answer) => {
    const asked = `${request.method} ${new URL(request.url).pathname}`;
    const text = await request.clone().text();
    note(`sent ${asked} ${text}`);
    try {
      const response = await answer(request);
      note(`answer ${response.status} ${asked} ${await response.clone().text()}`);
      return response;
    } catch (error) {
      note(`no answer ${asked}: ${String(error)}`);
      throw error;
    }
  };
  const { hooks } = company;
  company.hooks = (event, deliver) => {
    hooks(event, async (one) => {
      note(`hook ${one.type} of ${one.extension}: ${one.fields['CallAPIID']}`);
      return deliver(one);
    });
  };
  /** The telephones that are parked now, and since when. */
  const parked = new Map<string, number>();
  const measure = () => {
    const calls = new Map(exchange.calls().map((one) => [one.call, one]));
    for (const [call, since] of parked) {
      if (calls.get(call)?.state === 'parked') continue;
      parked.delete(call);
      played.parkedMs.push(time.now() - since);
    }
    for (const { call, extension, state, since } of calls.values()) {
      if (extension === ANSWERING && state === 'parked') parked.set(call, since);
    }
  };
  const world: World = {
    exchange,
    note,
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
      const end = time.now() + Math.max(ms, spacingMs);
      do {
        time.step(Math.min(time.now() + 5_000, end));
        exchange.forward(0);
        await settled();
        measure();
      } while (time.now() < end);
    },
  };
  const chance = chances(seed);
  for (let count = 0; count < wanted;) {
    const before = JSON.stringify(played.harm);
    notes = [];
    const asked = await playEpisode(world, chance, played.harm, played.outcomes);
    count += asked;
    played.count += asked;
    if (JSON.stringify(played.harm) !== before) {
      played.trace ??= [`seed ${seed}, after ${count} pick-ups`, ...notes].join('\n');
    }
  }
  await company.relay.dispose();
  company.pbx.dispose();
}
