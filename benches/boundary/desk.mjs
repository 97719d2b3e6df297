// A `ValetPark` with a clock and a switch of the benchmark's own: nothing waits and nothing is sent.

import { ValetPark } from 'valet-park';
import { callEvent, uuid } from './calls.mjs';

/** The calls that wait in slots have numbers from here on. */
const WAITING = 5_000_000;

/** A clock that stands still until it is moved. */
class BenchClock {
  #now = 1_600_000_000_000;
  /** @type {Set<{ at: number, callback: () => void }>} */
  #timers = new Set();

  now() {
    return this.#now;
  }

  wakeAt(/** @type {number} */ at, /** @type {() => void} */ callback) {
    const timer = { at, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Moves time forward by `ms` and calls back every timer that is due. */
  forward(/** @type {number} */ ms) {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.at <= this.#now && this.#timers.delete(timer)) timer.callback();
    }
  }
}

/** A desk with live calls, at a lot in which some slots are held. */
export class Desk {
  clock = new BenchClock();
  /** How many questions the switch answered. */
  questions = 0;
  /** @type {(string | null)[]} who waits in each slot, by index */
  #stalls;
  #latest = WAITING;
  /** The calls that `occupy` put into slots, by slot. */
  #named = /** @type {Map<number, number>} */ (new Map());
  /** @type {ValetPark | undefined} */
  #park;

  /**
   * @param {number} slots  how many slots the lot has
   * @param {number} held  in how many of them a call waits
   */
  constructor(slots, held) {
    this.slots = slots;
    this.#stalls = Array.from({ length: slots }, (_, index) =>
      // Spread evenly: the held slots are not the first ones.
      Math.floor((index * held) / slots) === Math.floor(((index + 1) * held) / slots)
        ? null
        : uuid(this.#latest++),
    );
  }

  get park() {
    if (!this.#park) throw new Error('expected `open` to have been called');
    return this.#park;
  }

  async open() {
    this.#park = await ValetPark.open({
      baseUrl: 'https://pbx.example/api/ver1.0',
      extension: '85219',
      dialect: { slots: this.slots },
      // Calls wait for ever, so that no slot changes while time is moved.
      patienceMs: 0,
      asking: 'off',
      tabs: 'solo',
      clock: this.clock,
      fetch: this.#fetch,
    });
    return this;
  }

  /** Takes in one call event and returns the new snapshot. */
  track(/** @type {string} */ event) {
    this.park.track(event);
    return this.park.getSnapshot();
  }

  /**
   * Has a new call wait in a slot in place of the one that waits there, and lets the client see
   * that. Returns an event that names the call: the client then shows in the slot who is calling.
   *
   * @param {number} slot
   */
  async occupy(slot) {
    const before = this.#named.get(slot);
    if (before !== undefined) this.park.track(callEvent('hangup', before, this.clock.now()));
    const call = this.#latest++;
    this.#named.set(slot, call);
    this.#stalls[slot - 1] = uuid(call);
    await this.park.inspect(slot);
    return callEvent('dial-in', call, this.clock.now());
  }

  /** Answers at once. An answer has only what the client reads of a `Response`. */
  #fetch = /** @type {typeof fetch} */ (
    /** @type {unknown} */ (
      async (/** @type {string} */ _url, /** @type {{ body: string }} */ { body }) => {
        this.questions += 1;
        const { slot } = /** @type {{ slot?: string }} */ (JSON.parse(body));
        const text = slot === undefined ? this.#freeList() : this.#answer(Number(slot));
        return { status: 200, headers: [], redirected: false, text: () => text };
      }
    )
  );

  #answer(/** @type {number} */ slot) {
    return JSON.stringify({ slot: String(slot), UUID: this.#stalls[slot - 1] ?? null });
  }

  #freeList() {
    const free = this.#stalls.flatMap((held, index) => (held ? [] : [String(index + 1)]));
    return JSON.stringify({ slots: free });
  }
}
