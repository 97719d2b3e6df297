// The client and the embedded switch over real HTTP, with many faults. The time is that of the
// switch: it moves only when the test moves it, and does not depend on the network.

import { isValetError, type SlotView, ValetPark, type ValetParkOptions } from 'valet-park';
import { type Exchange, type RunningSwitch, startSwitch } from 'valet-park/server';
import { expect, onTestFinished, test } from 'vitest';
import { uuidOf } from './host.ts';

const START = Date.UTC(2026, 5, 15, 12, 0);
const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** The faults of a storm, without restarts of the switch. */
const FAULTS = 'storm,restart=0';
/** A little longer than an answer may travel before the client drops it, in ms. */
const OLDEST = 12_000;

/** The clock of the switch, with timers. */
class SwitchClock {
  readonly #exchange: Exchange;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  now = (): number => this.#exchange.now();

  wakeAt = (at: number, callback: () => void): (() => void) => {
    const timer = { at, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /**
   * Moves the time forward. Timers run only at the end, as after a sleep. `onStep` is called after
   * every moment in which the switch may have acted.
   */
  async forward(ms: number, onStep: () => void): Promise<void> {
    for (let left = ms; left > 0; left -= 20) {
      this.#exchange.forward(Math.min(left, 20));
      onStep();
    }
    const due = [...this.#timers].filter(({ at }) => at <= this.now());
    for (const timer of due) if (this.#timers.delete(timer)) timer.callback();
    for (let turn = 0; turn < 8; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      onStep();
    }
  }
}

/** The changes of each slot, in order: which call waited there since when. */
class History {
  readonly #changes = new Map(SLOTS.map((slot) => [slot, [{ at: START, call: '' }]]));
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  note(): void {
    const calls = this.#exchange.calls();
    for (const [slot, changes] of this.#changes) {
      const call = calls.find((one) => one.slot === slot)?.call ?? '';
      if (changes.at(-1)?.call !== call) changes.push({ at: this.#exchange.now(), call });
    }
  }

  /**
   * Whether a confirmed view was true at some time since the question: the slot was free or taken
   * as shown, and the named call has waited there at any time. A list of free slots names no call.
   */
  agrees({ slot, uuid, state, checkedAt }: SlotView): boolean {
    const changes = this.#changes.get(slot) ?? [];
    const isKnown = uuid === null || changes.some(({ call }) => call && uuidOf(call) === uuid);
    const since = (checkedAt ?? 0) - OLDEST;
    const wasSo = changes.some(({ at, call }, index) => {
      const until = changes[index + 1]?.at ?? Infinity;
      if (state !== 'free') return call !== '' && until >= since;
      // Between two calls the slot was free for a short time.
      return call === '' ? until >= since : index > 0 && at >= since;
    });
    return isKnown && wasSo;
  }

  /** Whether a call waited in a slot since `from`. */
  held(wanted: string, slot: number | null, from: number): boolean {
    return [...this.#changes].some(
      ([at, changes]) =>
        (slot === null || at === slot) &&
        changes.some(
          ({ call }, index) => call === wanted && (changes[index + 1]?.at ?? Infinity) > from,
        ),
    );
  }
}

/** Returns a generator of random numbers below a limit. A seed repeats its numbers. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function openPanel(
  pbx: RunningSwitch,
  clock: SwitchClock,
  extension: string,
  feed: Partial<ValetParkOptions>,
): Promise<ValetPark> {
  const panel = await ValetPark.open({
    baseUrl: `${pbx.url}/api/ver1.0`,
    headers: () => ({ Authorization: `Bearer ${pbx.token}` }),
    extension,
    clock,
    tabs: 'solo',
    ...feed,
  });
  onTestFinished(() => panel.dispose());
  panel.subscribe(() => {});
  return panel;
}

test.for([1, 2, 3])('in storm %i no panel shows or reports anything false', async (seed) => {
  const random = chances(seed);
  const pbx = await startSwitch({
    now: () => START,
    faults: `${FAULTS},seed=${seed}`,
    hourlyLimit: 1e9,
    trust: 'anyone',
    seed,
  });
  onTestFinished(() => pbx.close());
  const { exchange } = pbx;
  const clock = new SwitchClock(exchange);
  const history = new History(exchange);
  const forward = (ms: number): Promise<void> => clock.forward(ms, () => history.note());
  const url = `${pbx.url}/feed?extension=34414`;
  const desks = [
    { extension: '34414', panel: await openPanel(pbx, clock, '34414', { feed: url }) },
    { extension: '32494', panel: await openPanel(pbx, clock, '32494', {}) },
  ];
  const [, sales] = desks;
  exchange.onEvent((event) => {
    // A park ends a leg. The history notes the parked call before another desk can act.
    history.note();
    if (event.extension === sales?.extension) sales.panel.track(event.fields);
  });

  const lies: string[] = [];
  let [pending, done, refused] = [0, 0, 0];
  const busy = new Set<string>();

  async function command({ panel }: (typeof desks)[number], call: string): Promise<void> {
    const from = exchange.now();
    const parks = random(3) > 0;
    const slot = parks && random(3) === 0 ? null : (SLOTS[random(9)] ?? null);
    pending += 1;
    busy.add(call);
    const given = slot === null ? {} : { slot };
    try {
      if (parks) {
        const { slot: where } = await panel.park(call, given);
        history.note();
        if (!history.held(call, where, from)) lies.push(`${call} was told parked in ${where}`);
      } else await panel.bridge(call, given);
      done += 1;
    } catch (error) {
      refused += 1;
      if (!isValetError(error)) throw error;
      const { outcome, code, message } = error;
      history.note();
      // The feed may lose events, so only the panel without a feed knows that a call has left.
      const isSure = panel === sales?.panel && code !== 'already-parked' && parks;
      if (isSure && outcome === 'not-done' && history.held(call, slot, from)) {
        lies.push(`${call} was told not parked in ${slot}: ${message}`);
      }
    } finally {
      pending -= 1;
      busy.delete(call);
    }
  }

  function act(desk: (typeof desks)[number]): void {
    const { extension } = desk;
    const own = exchange.calls().filter((call) => call.extension === extension);
    const ringing = own.find(({ state }) => state === 'ringing');
    if (ringing) return void exchange.answer(ringing.call);
    const apart = own.find(({ state }) => state === 'bridged');
    if (apart && random(2) === 0) return void exchange.hangup(apart.call);
    const talking = own.filter(({ state, call }) => state === 'talking' && !busy.has(call));
    if (talking.length < 2) return void exchange.ring(extension, `+7${random(1e9)}`);
    const call = talking[random(talking.length)]?.call ?? '';
    if (random(8) === 0) return void exchange.hangup(call);
    void command(desk, call);
  }

  /**
   * Checks the panels that are up to date. After a long sleep the panel with a feed gets the missed
   * messages one by one, so it is not checked for a while.
   */
  function check(sinceSleep: number): void {
    history.note();
    for (const { extension, panel } of sinceSleep > 20 ? desks : desks.slice(1)) {
      for (const view of panel.getSnapshot().slots) {
        if (view.confirmed && !history.agrees(view)) {
          lies.push(`${extension} shows in ${view.slot} ${view.state} ${view.uuid}`);
        }
      }
    }
  }

  for (let step = 0; step < 1_200; step += 1) {
    for (const desk of desks) if (pending < 4 && random(6) === 0) act(desk);
    await forward(random(step % 100 === 0 ? 60_000 : 250));
    check(step % 100);
    expect(lies).toEqual([]);
  }
  expect(done).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);

  // Without faults every command ends, and each panel shows the lot after one refresh.
  pbx.setFaults('calm');
  for (let step = 0; step < 4_000 && pending > 0; step += 1) await forward(50);
  expect(pending).toBe(0);
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) await forward(100);
  }
  async function expectTruth(): Promise<void> {
    for (const { extension } of desks) {
      exchange.answer(exchange.ring(extension, '+74950000000').call);
    }
    await pass(6_000);
    const truth = (): (string | null)[] =>
      SLOTS.map((slot) => exchange.calls().find((one) => one.slot === slot)?.call ?? null).map(
        (call) => call && uuidOf(call),
      );
    const shown = (panel: ValetPark): (string | null)[] =>
      panel.getSnapshot().slots.map(({ uuid }) => uuid);
    // A call may return during the comparison. A panel that believes that the switch has no list of
    // free slots then needs a minute to see the change.
    const isTrue = (): boolean =>
      desks.every(({ panel }) => shown(panel).join() === truth().join());
    for (let tries = 0; tries < 5; tries += 1) {
      const refreshes = desks.map(({ panel }) => panel.refresh());
      await pass(6_000);
      await Promise.all(refreshes);
      if (isTrue()) break;
    }
    for (const { panel } of desks) expect(shown(panel)).toEqual(truth());
  }
  // The client drops a silent feed after forty seconds, and tries again within thirty.
  await pass(80_000);
  await expectTruth();
  expect(desks.map(({ panel }) => panel.getSnapshot().sync.state)).toEqual(['live', 'asking']);

  // The switch loses everything at once.
  exchange.reset();
  await expectTruth();
});
