// One episode of the simulations of pick-ups, and its judge. The same for each server.

import type { Exchange, SwitchEvent } from 'valet-park/server';
import { RECEPTION, SALES, uuidOf } from './desk.ts';
import { settled } from './line.ts';

const EXTENSIONS = [RECEPTION, SALES, '34415'];
const SLOT = 6;

/** The counts of accidents. Each of them must be 0. */
export interface Harm {
  askersParked: number;
  strangersConnected: number;
  leftRinging: number;
  undecided: number;
  /** Telephones that are connected with no caller. */
  leftAlone: number;
}

/** A pick-up that was asked for. `reply` is null as long as it is undecided. */
interface Asked {
  readonly extension: string;
  readonly stop: AbortController;
  reply: { readonly uuid: string | null } | null;
  /** The client got no answer. */
  isLost: boolean;
}

/** The server whose pick-ups are judged. */
export interface World {
  readonly exchange: Exchange;
  /** Sends a pick-up. Rejects if its answer is lost. */
  pickUp(extension: string, body: string, signal: AbortSignal): Promise<Response>;
  /** True for the event of a telephone that rings for a pick-up. */
  isPickUp(event: SwitchEvent): boolean;
  /** True for the event of a call that is bridged for a telephone. */
  isBridgedFor(event: SwitchEvent): boolean;
  forward(ms: number): Promise<void>;
  /** Notes what happens, so that a failure can be understood. */
  readonly note?: (text: string) => void;
}

export function noHarm(): Harm {
  return { askersParked: 0, strangersConnected: 0, leftRinging: 0, undecided: 0, leftAlone: 0 };
}

/** One caller waits, and people fight for the caller. Returns the number of pick-ups. */
export async function playEpisode(
  world: World,
  chance: (limit: number) => number,
  harm: Harm,
  outcomes: Record<string, number>,
): Promise<number> {
  const { exchange } = world;
  const telephones = new Set<string>();
  /** The calls that a server acts with on behalf of telephones. */
  const acting = new Set<string>();
  const stopHearing = exchange.onEvent((event) => {
    const { CallAPIID = '' } = event.fields;
    if (world.isPickUp(event)) telephones.add(CallAPIID);
    if (world.isBridgedFor(event)) acting.add(CallAPIID);
  });
  const asked: Asked[] = [];
  const callers: string[] = [];
  const anyOf = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  const talk = () => exchange.answer(exchange.ring(anyOf(EXTENSIONS), '+79161112233').call);
  const note = world.note ?? (() => {});
  const command = (action: 'park' | 'bridge') => {
    const { call, extension } = talk();
    callers.push(call);
    const answer = exchange.ask({ extension, call, action, slot: SLOT });
    note(`competitor ${extension}: ${action} ${call}: ${JSON.stringify(answer)}`);
  };
  const ask = (extension = anyOf(EXTENSIONS)) => {
    const one: Asked = { extension, stop: new AbortController(), reply: null, isLost: false };
    const expected = anyOf([null, callers[0], callers[0], callers.at(-1)]) ?? null;
    const body = JSON.stringify({ slot: SLOT, expect: expected });
    asked.push(one);
    note(`pick-up ${extension} ${body}`);
    const settle = (outcome: string, uuid: string | null = null) => {
      note(`pick-up ${extension} is decided: ${outcome} ${uuid}`);
      one.reply = { uuid };
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    world.pickUp(extension, body, one.stop.signal).then(
      async (response) => {
        const body = (await response.json()) as { UUID?: string; status?: string };
        // A client that gets an unclear answer knows as little as one that gets none.
        one.isLost ||= body.status === 'unclear';
        settle(body.status ?? 'talking', body.UUID ?? null);
      },
      () => {
        one.isLost = true;
        settle('lost');
      },
    );
  };
  const abort = (one: Asked) => {
    note(`pick-up ${one.extension} is aborted`);
    one.isLost = true;
    one.stop.abort();
  };
  const ringing = () =>
    exchange.calls().filter(({ call, state }) => telephones.has(call) && state === 'ringing');
  const answer = (call: string) => {
    note(`the telephone ${call} is answered`);
    exchange.answer(call);
  };
  const hangUp = (call: string) => {
    note(`the party of ${call} hangs up`);
    exchange.hangup(call);
  };
  const isUp = (call: string) => exchange.calls().some((one) => one.call === call);

  command('park');
  await world.forward(chance(2) * 1_000);
  ask();
  for (let step = 0; step < 8; step += 1) {
    // Half of the steps come in the same moment, others one frame or many seconds later.
    if (chance(2) === 0) await settled();
    if (chance(3) === 0) await world.forward(anyOf([1, 10, 25, 5_000, 16_000]));
    const telephone = ringing()[0];
    const victim = anyOf(callers);
    const acts = [
      () => telephone && answer(telephone.call),
      () => telephone && answer(telephone.call),
      () => telephone && hangUp(telephone.call),
      () => ask(),
      () => ask(anyOf(asked).extension),
      () => abort(anyOf(asked)),
      () => isUp(victim) && hangUp(victim),
      () => command('bridge'),
      () => command('park'),
    ];
    anyOf(acts)();
  }
  // A request that arrives twice makes the telephone ring twice, one time after the other.
  for (let turn = 0; turn < 3; turn += 1) {
    await settled();
    await world.forward(60_000);
  }
  await settled();
  stopHearing();

  note('the judge counts');
  harm.undecided += asked.filter(({ reply }) => reply === null).length;
  harm.leftRinging += ringing().length;
  harm.askersParked += exchange.accidents.filter(
    ({ kind, calls }) => kind === 'asker-parked' && calls.some((call) => acting.has(call)),
  ).length;
  harm.strangersConnected += exchange.accidents.filter(
    ({ kind, calls }) => kind === 'strangers' && calls.some((call) => acting.has(call)),
  ).length;
  // A telephone that talks must talk with exactly the caller that an answer names.
  for (const { call } of exchange
    .calls()
    .filter((one) => telephones.has(one.call) && one.state === 'talking')) {
    if (!isUp(call)) continue;
    const before = callers.filter(isUp);
    exchange.hangup(call);
    const partners = before.filter((one) => !isUp(one)).map(uuidOf);
    const named = asked.map(({ reply }) => reply?.uuid).filter(Boolean);
    const isNamed = named.includes(partners[0]) || asked.some(({ isLost }) => isLost);
    if (partners.length === 0) harm.leftAlone += 1;
    else if (partners.length > 1 || !isNamed) harm.strangersConnected += 1;
  }
  exchange.reset();
  return asked.length;
}

/** Returns a function that draws a whole number below a limit. The same seed draws the same. */
export function chances(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
