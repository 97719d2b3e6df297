import { AsyncLocalStorage } from 'node:async_hooks';
import type { Answer, Question } from 'valet-park';
import { EngineError } from '../../../www/server/freeswitch/engine-error.ts';
import { EngineLot } from '../../../www/server/freeswitch/lot.ts';
import { EnginePickUps } from '../../../www/server/freeswitch/pick-up.ts';
import { Rescue } from '../../../www/server/freeswitch/rescue.ts';
import { EngineState, type LotMove } from '../../../www/server/freeswitch/state.ts';
import type { EventFields } from '../../../www/server/relay/roster.ts';
import { eventOf } from './observed.ts';
import { StandIn } from './stand-in.ts';
import { randomOf, VirtualClock } from './virtual-clock.ts';

/** The options of a lot in a test. */
export interface WorldOptions {
  readonly slots?: number;
  readonly patienceMs?: number;
  readonly isOrdered?: boolean;
  readonly seed?: number;
  /** How long a command, and its answer, takes to arrive, in ms. Default 1. */
  readonly delayMs?: number;
  /** How long an event takes to arrive, in ms. Default 1. */
  readonly eventDelayMs?: number;
}

/** A lot on a stand-in for FreeSWITCH, on a virtual clock. Methods that return a promise pass time. */
export function openLot(options: WorldOptions = {}) {
  const { slots = 9, patienceMs = 180_000, isOrdered = true, seed = 1, delayMs = 1 } = options;
  const { eventDelayMs = 1 } = options;
  const clock = new VirtualClock();
  const { now, wakeIn } = clock;
  const random = randomOf(seed);
  const moved: LotMove[] = [];
  const calls: EventFields[] = [];
  const sent: string[] = [];
  const names = new Map<string, string>();
  /** Counts the commands to the engine that a question needs. */
  const trips = new AsyncLocalStorage<{ count: number }>();
  const send = (command: string): void => {
    const counter = trips.getStore();
    if (counter !== undefined) counter.count += 1;
    keep(sent, command);
  };
  /** The share of a packet after which channels react. Null is a random share. */
  const packet: { share: number | null } = { share: null };
  const pbx = new StandIn({
    ...{ now, wakeIn },
    random: () => packet.share ?? random(),
    fire: (event) => void wakeIn(eventDelayMs, () => state.apply(eventOf(event))),
  });
  const state = new EngineState({
    ...{ lot: 'L', slots, node: 7, now, wakeIn },
    listener: { call: (fields) => keep(calls, fields), moved: (move) => keep(moved, move) },
  });
  let hook = (_command: string): void => {};
  const api = async (command: string): Promise<string> => {
    send(command);
    hook(command);
    const [word = '', ...rest] = command.split(' ');
    await new Promise<void>((done) => void wakeIn(delayMs, done));
    const output = (await pbx.call(word, rest.join(' '))).trimEnd();
    await new Promise<void>((done) => void wakeIn(delayMs, done));
    if (output.startsWith('-')) throw new EngineError('failed', output);
    return output;
  };
  const lot = new EngineLot({
    ...{ lot: 'L', context: 'default', slots, patienceMs, state, api, now, wakeIn, isOrdered },
  });

  const pickUps = new EnginePickUps({
    ...{ state, lot, api, ringMs: 15_000, domain: () => 'pbx.example' },
    async start(command) {
      send(command);
      const [word = '', ...rest] = command.split(' ');
      const args = rest.join(' ');
      const output = pbx.api(word, args);
      void wakeIn(eventDelayMs, () => {
        pickUps.jobEnded(args, output);
        state.apply({ name: 'BACKGROUND_JOB', headers: {}, body: output });
      });
    },
  });
  const warnings: string[] = [];
  const warn = (sentence: string) => void warnings.push(sentence);
  const rescue = new Rescue({ lot: 'L', state, commands: lot, api, now, wakeIn, warn });
  if (isOrdered) rescue.start();

  /** Passes time until a promise settles. */
  async function run<T>(promise: Promise<T>): Promise<T> {
    const progress = { isSettled: false };
    const settled = () => void (progress.isSettled = true);
    promise.then(settled, settled);
    for (let step = 0; !progress.isSettled && step < 100_000; step += 1) await clock.forward(1);
    return promise;
  }

  /** Resolves when the events so far have arrived. */
  const heard = () => new Promise<void>((done) => void wakeIn(eventDelayMs, done));

  return {
    ...{ pbx, packet, state, lot, pickUps, clock, calls, warnings, run, now },
    /** Counts the commands to the engine while `task` runs. */
    async countTrips<T>(task: () => Promise<T>): Promise<{ result: T; count: number }> {
      const counter = { count: 0 };
      const result = await trips.run(counter, task);
      return { result, count: counter.count };
    },
    forward: (ms: number) => clock.forward(ms),
    /** A caller who talks with a telephone. `moves` shows the name. */
    talk(name: string, extension = '1001'): string {
      const uuid = pbx.talk(extension, '100', name);
      names.set(uuid, name);
      return uuid;
    },
    ask(
      call: string,
      action: Question['action'],
      slot?: number,
      extension = '1001',
    ): Promise<Answer> {
      const question = { extension, call, action, ...(slot === undefined ? {} : { slot }) };
      return run(heard().then(() => lot.ask(question)));
    },
    fetch: (slot: number, uuid: string, expect: string | null) =>
      run(lot.fetch({ slot, uuid, extension: '1002', expect })),
    /** Picks up. `slot` is the number of the slot. */
    pickUp: (extension: string, slot: number, expect: string | null, signal?: AbortSignal) =>
      run(
        heard().then(() => {
          const wanted = { extension, slot, expect };
          return pickUps.start(wanted, signal ?? new AbortController().signal);
        }),
      ),
    /** The telephone of an extension that rings for a pick-up. */
    ringing: (extension: string) =>
      [...pbx.engine.channels.values()].find(({ presence, isAnswered, variables }) => {
        const isOwn = presence === `${extension}@pbx.example`;
        return isOwn && !isAnswered && variables.has('valet_park_pick_up');
      }),
    /** Waits for two answers. */
    both: <T>(...answers: Promise<T>[]) => Promise.all(answers),
    /** The telephone at which a call rings, as `1001@pbx.example`. */
    ringsAt(call: string): string | null {
      const all = [...pbx.engine.channels.values()];
      return all.find(({ other, isUp }) => isUp && other?.channel.uuid === call)?.presence ?? null;
    },
    /** Answers the telephone at which a call rings. */
    answer(call: string): void {
      const all = [...pbx.engine.channels.values()];
      const phone = all.find(({ other, isUp }) => isUp && other?.channel.uuid === call);
      if (phone !== undefined) pbx.answer(phone);
    },
    /** A telephone lets a call enter a slot by itself. */
    async enter(uuid: string, slot: number): Promise<void> {
      pbx.api('uuid_transfer', `${uuid} 'valet_park:L ${slot}' inline`);
      await clock.forward(25);
    },
    partnerOf: (uuid: string) => pbx.engine.channels.get(uuid)?.partner?.uuid ?? null,
    /** The state of a caller. */
    stateOf(uuid: string): string {
      const channel = pbx.engine.channels.get(uuid);
      if (channel?.isUp !== true) return 'gone';
      if (channel.stay !== null) return 'parked';
      if (channel.partner !== null) return channel.partner.presence ? 'talking' : 'connected';
      return 'ringing';
    },
    /** The moves so far, as `parked A 6 at 1001`. */
    moves: () =>
      moved.map(({ kind, uuid, slot, extension, by }) => {
        const taker = by === null ? '' : ` by ${names.get(by.uuid) ?? '?'} of ${by.extension}`;
        const at = kind === 'parked' ? ` at ${extension}` : '';
        return `${kind} ${names.get(uuid) ?? '?'} ${slot}${at}${taker}`;
      }),
    /** Calls `listener` with each command, before the engine gets it. */
    onCommand: (listener: (command: string) => void) => void (hook = listener),
    /** The latest commands that the engine got. */
    commands: () => sent,
  };
}

/** Adds an item. Only the latest thousands are kept. */
function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > 4_000) list.splice(0, 2_000);
}
