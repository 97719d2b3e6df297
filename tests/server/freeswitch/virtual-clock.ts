import type { WakeIn } from '../../../www/server/relay/timers.ts';

/** A clock that moves only with `forward`. */
export class VirtualClock {
  #now: number;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  constructor(now = Date.UTC(2026, 10, 28, 12)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly wakeIn: WakeIn = (ms, callback) => {
    const timer = { at: this.#now + ms, callback };
    const next = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(next < 0 ? this.#timers.length : next, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  /** Moves the clock by `ms`. Timers run at their times, and promises settle in between. */
  async forward(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let [next] = this.#timers; next !== undefined && next.at <= end; [next] = this.#timers) {
      this.#timers.shift();
      this.#now = Math.max(next.at, this.#now);
      next.callback();
      await settle();
    }
    this.#now = Math.max(end, this.#now); // Another `forward` may run at the same time.
  }
}

/** Lets all promises that can settle do so. */
function settle(): Promise<void> {
  return new Promise((done) => void setImmediate(done));
}

/** Returns numbers from 0 to 1, the same ones for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
