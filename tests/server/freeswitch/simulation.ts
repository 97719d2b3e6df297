import type { Answer, Question } from 'valet-park';
import { openLot } from './world.ts';
import { randomOf } from './virtual-clock.ts';

/** The cost of a successful command of one kind. Both numbers are medians. */
export interface Cost {
  /** The number of commands to the engine. */
  readonly trips: number;
  readonly ms: number;
}

/** The results of a run. Each number counts calls, except `commands` and the costs. */
export interface Report {
  commands: number;
  /** Callers who were connected with each other by a `park`, or by entering a slot. */
  strangers: number;
  /** Calls that were to fetch a call, and waited in a slot themselves. */
  askersParked: number;
  /** Calls that waited in no list for more than two seconds. */
  orphans: number;
  /** Answers that were not true: also that a call has ended which is up. */
  falseClaims: number;
  parked: number;
  bridged: number;
  /** The number of calls that were picked up. */
  pickedUp: number;
  refused: number;
  unclear: number;
  costs: Record<'park' | 'bridge' | 'pickUp', Cost>;
}

export interface SimulationOptions {
  readonly commands: number;
  readonly seed: number;
  readonly isOrdered: boolean;
  /** How long events take to arrive, in ms. Default 1. */
  readonly eventDelayMs?: number;
  /** The number of clients that command at the same time. Default 6. */
  readonly clients?: number;
}

/**
 * Careless clients command one lot: they do not look, they park into slots that are taken and fetch
 * from slots that are empty, and callers hang up in every phase. The stand-in knows what really happened.
 */
export async function simulate(options: SimulationOptions): Promise<Report> {
  const { commands, seed, isOrdered, clients = 6, eventDelayMs = 1 } = options;
  const world = openLot({ isOrdered, seed, eventDelayMs, patienceMs: 20_000 });
  const { pbx, lot, clock } = world;
  const random = randomOf(seed + 1);
  const pick = (count: number) => Math.floor(random() * count);
  const wait = (ms: number) => new Promise<void>((done) => void clock.wakeIn(ms, done));
  const report = {
    ...{ commands: 0, strangers: 0, askersParked: 0, orphans: 0, falseClaims: 0 },
    ...{ parked: 0, bridged: 0, pickedUp: 0, refused: 0, unclear: 0 },
  };
  /** The cost of each successful command. */
  const spent = { park: [] as Cost[], bridge: [] as Cost[], pickUp: [] as Cost[] };
  /** The action of the latest command for each call. */
  const wants = new Map<string, Question['action']>();
  const held = new Set<string>();
  const pairs = new Set<string>();
  const lostSince = new Map<string, number>();

  pbx.onFire = ({ headers, name }) => {
    const { 'Unique-ID': uuid = '', Action: action } = headers;
    const isUsher = (one = '') => pbx.engine.channels.get(one)?.variables.has('valet_park_usher');
    if (action === 'hold' && isUsher(uuid) !== true) {
      held.add(uuid);
      const isPickUp = pbx.engine.channels.get(uuid)?.variables.has('valet_park_pick_up') === true;
      if (isPickUp || wants.get(uuid) === 'bridge') report.askersParked += 1;
    }
    if (action === 'bridge') {
      const by = headers['Bridge-To-UUID'] ?? '';
      if (isUsher(by) !== true && wants.get(by) !== 'bridge') report.strangers += 1;
    }
    if (name === 'CHANNEL_BRIDGE') {
      const { 'Bridge-A-Unique-ID': one, 'Bridge-B-Unique-ID': other } = headers;
      pairs.add(`${one} ${other}`);
    }
  };

  function judge(question: Question, answer: Answer): void {
    const { call } = question;
    switch (answer.kind) {
      case 'parked':
        report.parked += 1;
        if (!held.has(call)) report.falseClaims += 1;
        return;
      case 'bridged':
        report.bridged += 1;
        // A careless program does not know with whom.
        if (answer.uuid !== null && pairs.has(`${answer.uuid} ${call}`)) return;
        if (answer.uuid === null && [...pairs].some((pair) => pair.endsWith(` ${call}`))) return;
        report.falseClaims += 1;
        return;
      case 'refused': {
        report.refused += 1;
        const isUp = pbx.engine.channels.get(call)?.isUp === true;
        if (answer.code === 'no-such-call' && isUp) report.falseClaims += 1;
        return;
      }
      case 'unclear':
        report.unclear += 1;
        return;
      case 'free':
      case 'held':
      case 'vacant':
        throw new Error(`this is no answer to a command: ${answer.kind}`);
    }
  }

  async function measure<T>(task: () => Promise<T>): Promise<{ answer: T; cost: Cost }> {
    const since = clock.now();
    const { result, count } = await world.countTrips(task);
    return { answer: result, cost: { trips: count, ms: clock.now() - since } };
  }

  /** Counts the calls that are on hold in no list, with an usher or in silence for more than two seconds. */
  function look(): void {
    const listed = new Set(pbx.engine.valet.list('L').map(({ uuid }) => uuid));
    const all = [...pbx.engine.channels.values()];
    for (const { uuid, isUp, stay, partner } of all) {
      const isWithUsher = partner?.variables.has('valet_park_usher') === true;
      const isAlone = wants.has(uuid) && stay === null && partner === null;
      const isSilent = isAlone && !all.some(({ other }) => other?.channel.uuid === uuid);
      const isLost = isUp && ((stay !== null && !listed.has(uuid)) || isWithUsher || isSilent);
      if (!isLost) lostSince.delete(uuid);
      else if (!lostSince.has(uuid)) lostSince.set(uuid, clock.now());
      else if (clock.now() - (lostSince.get(uuid) ?? 0) > 2_000) {
        report.orphans += 1;
        lostSince.set(uuid, Infinity);
      }
    }
  }

  /** Picks up from some slot. The person answers, or refuses, or waits too long. */
  async function pickUp(extension: string): Promise<void> {
    const leave = new AbortController();
    void wait(random() * 250).then(async () => {
      const phone = world.ringing(extension);
      const mood = random();
      if (phone !== undefined && mood < 0.7) pbx.answer(phone);
      else if (phone !== undefined && mood < 0.85) pbx.hangup(phone.uuid);
      else leave.abort();
    });
    const wanted = { extension, slot: 1 + pick(4), expect: null };
    const answered = await measure(() => world.pickUps.start(wanted, leave.signal));
    const { answer, cost } = answered;
    if (answer.kind !== 'bridged') return;
    report.pickedUp += 1;
    spent.pickUp.push(cost);
    if (![...pairs].some((pair) => pair.startsWith(`${answer.uuid} `))) report.falseClaims += 1;
    void wait(random() * 2_000).then(() => pbx.hangup(answer.uuid ?? ''));
  }

  async function client(extension: string): Promise<void> {
    while (report.commands < commands) {
      await wait(random() * 150);
      report.commands += 1;
      if (random() < 0.2) {
        await pickUp(`2${extension}`);
        continue;
      }
      const call = pbx.talk(extension, String(100 + pick(900)));
      await wait(eventDelayMs + 1);
      const action = random() < 0.55 ? 'park' : 'bridge';
      const slot = random() < 0.85 ? { slot: 1 + pick(4) } : {};
      const question = { extension, call, action, ...slot } as const;
      wants.set(call, action);
      if (random() < 0.25) void wait(random() * 140).then(() => pbx.hangup(call));
      const { answer, cost } = await measure(() => lot.ask(question));
      if (answer.kind === 'parked' || answer.kind === 'bridged') spent[action].push(cost);
      judge(question, answer);
      if (wants.size > 5_000) trim(wants);
      // Every talk ends some time. Callers in the lot hang up, too.
      void wait(random() * 3_000).then(() => {
        if (random() < 0.7) pbx.hangup(call);
      });
    }
  }

  let isOver = false;
  const running = Promise.all(
    Array.from({ length: clients }, async (_, index) => client(String(1001 + index))),
  ).finally(() => {
    isOver = true;
  });
  const ended = () => isOver;
  while (!ended()) {
    await clock.forward(100);
    look();
    if (pbx.engine.channels.size > 400) await hangUpOldest();
    if (pairs.size > 5_000) trim(pairs);
    if (held.size > 5_000) trim(held);
  }
  await running;
  const { park, bridge, pickUp: pickUps } = spent;
  return {
    ...report,
    costs: { park: medianOf(park), bridge: medianOf(bridge), pickUp: medianOf(pickUps) },
  };

  /** Answers telephones that ring again, or ends their calls. */
  async function hangUpOldest(): Promise<void> {
    const [oldest] = pbx.engine.channels.keys();
    if (oldest !== undefined) pbx.hangup(oldest);
    await clock.forward(1);
  }
}

/** Forgets all but the latest entries. */
function trim(entries: Set<string> | Map<string, unknown>): void {
  for (const one of entries.keys()) {
    if (entries.size <= 2_000) return;
    entries.delete(one);
  }
}

function medianOf(costs: readonly Cost[]): Cost {
  const middle = (numbers: readonly number[]) =>
    [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
  const ms = Math.round(middle(costs.map((cost) => cost.ms)));
  return { trips: middle(costs.map(({ trips }) => trips)), ms };
}
