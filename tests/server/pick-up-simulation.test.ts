// Simulates many pick-ups while callers hang up, competitors fetch callers, people refuse, and answers
// are lost. PICK_UPS=10000 sets the number of pick-ups for each profile. Time is virtual.

import { expect, test } from 'vitest';
import { createSwitch, type Profile, type Switch } from 'valet-park/server';
import { NOON, RECEPTION, SALES, uuidOf } from './desk.ts';
import { settled } from './line.ts';

const PICK_UPS = Number(process.env['PICK_UPS'] ?? 300);
const EXTENSIONS = [RECEPTION, SALES, '34415'];
const SLOT = 6;

/** The counts of accidents. Each of them must be 0. */
interface Harm {
  askersParked: number;
  strangersConnected: number;
  leftRinging: number;
  undecided: number;
}

/** A pick-up that was asked for. `reply` is null as long as it is undecided. */
interface Asked {
  readonly extension: string;
  readonly stop: AbortController;
  reply: { readonly uuid: string | null } | null;
  /** The client got no answer. */
  isLost: boolean;
}

test.each(['lot', 'freeswitch'] as const)(
  'pick-ups with the profile %s harm no one',
  async (profile) => {
    const { harm, count, outcomes } = await simulate(profile, PICK_UPS);
    if (process.env['PICK_UPS']) console.log(`${profile}: ${count} pick-ups`, outcomes, harm);
    expect(harm).toEqual({ askersParked: 0, strangersConnected: 0, leftRinging: 0, undecided: 0 });
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
  const harm: Harm = { askersParked: 0, strangersConnected: 0, leftRinging: 0, undecided: 0 };
  const outcomes: Record<string, number> = {};
  let count = 0;
  try {
    while (count < wanted) count += await playEpisode(pbx, chance, harm, outcomes);
  } finally {
    pbx.dispose();
  }
  return { harm, count, outcomes };
}

/** One caller waits, and people fight for the caller. Returns the number of pick-ups. */
async function playEpisode(
  pbx: Switch,
  chance: (limit: number) => number,
  harm: Harm,
  outcomes: Record<string, number>,
): Promise<number> {
  const { exchange } = pbx;
  const telephones = new Set<string>();
  const stopHearing = exchange.onEvent(({ type, fields }) => {
    const { CallAPIID, PickUpSlot } = fields;
    if (type === 'dial-in' && PickUpSlot && CallAPIID) telephones.add(CallAPIID);
  });
  const asked: Asked[] = [];
  const callers: string[] = [];
  const anyOf = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  const talk = () => exchange.answer(exchange.ring(anyOf(EXTENSIONS), '+79161112233').call);
  const command = (action: 'park' | 'bridge') => {
    const { call, extension } = talk();
    callers.push(call);
    exchange.ask({ extension, call, action, slot: SLOT });
  };
  const ask = (extension = anyOf(EXTENSIONS)) => {
    const one: Asked = { extension, stop: new AbortController(), reply: null, isLost: false };
    const expected = anyOf([null, callers[0], callers[0], callers.at(-1)]) ?? null;
    const init = { method: 'POST', body: JSON.stringify({ slot: SLOT, expect: expected }) };
    const path = `/api/ver1.0/extension/${extension}/valet_park/pick_up`;
    const headers = { authorization: `Bearer ${pbx.token}` };
    const { signal } = one.stop;
    const request = new Request(`http://localhost${path}`, { ...init, headers, signal });
    asked.push(one);
    const settle = (outcome: string, uuid: string | null = null) => {
      one.reply = { uuid };
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    Promise.resolve(pbx.fetch(request)).then(
      async (response) => {
        const body = (await response.json()) as { UUID?: string; status?: string };
        settle(body.status ?? 'talking', body.UUID ?? null);
      },
      () => {
        one.isLost = true;
        settle('lost');
      },
    );
  };
  const abort = (one: Asked) => {
    one.isLost = true;
    one.stop.abort();
  };
  const ringing = () =>
    exchange.calls().filter(({ call, state }) => telephones.has(call) && state === 'ringing');
  const isUp = (call: string) => exchange.calls().some((one) => one.call === call);

  command('park');
  exchange.forward(chance(2) * 1_000);
  ask();
  for (let step = 0; step < 8; step += 1) {
    // Half of the steps come in the same moment, others one frame or many seconds later.
    if (chance(2) === 0) await settled();
    if (chance(3) === 0) exchange.forward(anyOf([1, 10, 25, 5_000, 16_000]));
    const telephone = ringing()[0];
    const victim = anyOf(callers);
    const acts = [
      () => telephone && exchange.answer(telephone.call),
      () => telephone && exchange.answer(telephone.call),
      () => telephone && exchange.hangup(telephone.call),
      () => ask(),
      () => ask(anyOf(asked).extension),
      () => abort(anyOf(asked)),
      () => isUp(victim) && exchange.hangup(victim),
      () => command('bridge'),
      () => command('park'),
    ];
    anyOf(acts)();
  }
  // A request that arrives twice makes the telephone ring twice, one time after the other.
  for (let turn = 0; turn < 3; turn += 1) {
    await settled();
    exchange.forward(60_000);
  }
  await settled();
  stopHearing();

  harm.undecided += asked.filter(({ reply }) => reply === null).length;
  harm.leftRinging += ringing().length;
  harm.askersParked += exchange.accidents.filter(
    ({ kind, calls }) => kind === 'asker-parked' && calls.some((call) => telephones.has(call)),
  ).length;
  harm.strangersConnected += exchange.accidents.filter(
    ({ kind, calls }) => kind === 'strangers' && calls.some((call) => telephones.has(call)),
  ).length;
  // A telephone that talks must talk with exactly the caller that an answer names.
  for (const { call } of exchange
    .calls()
    .filter((one) => telephones.has(one.call) && one.state === 'talking')) {
    const before = callers.filter(isUp);
    exchange.hangup(call);
    const partners = before.filter((one) => !isUp(one)).map(uuidOf);
    const named = asked.map(({ reply }) => reply?.uuid).filter(Boolean);
    const isNamed = named.includes(partners[0]) || asked.some(({ isLost }) => isLost);
    const isWanted = partners.length === 1 && isNamed;
    if (!isWanted) harm.strangersConnected += 1;
  }
  exchange.reset();
  return asked.length;
}

/** Returns a function that draws a whole number below a limit. The same seed draws the same. */
function chances(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
