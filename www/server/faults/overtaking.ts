import type { Timers } from '../timers.ts';

/**
 * Lets one be overtaken by the next: it waits until that one has passed.
 *
 * Only one waits at a time, else nobody might be left to pass. Where nobody comes in a second it
 * goes on by itself.
 */
export class Overtaking {
  readonly #timers: Timers;
  #goOn: (() => void) | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Calls `goOn` after the next one has passed; at once if another waits already. */
  hold(goOn: () => void): void {
    if (this.#goOn !== null) return goOn();
    this.#goOn = goOn;
    this.#timers.after(LONGEST_MS, () => {
      if (this.#goOn === goOn) this.passed();
    });
  }

  /** One has passed. */
  passed(): void {
    const goOn = this.#goOn;
    this.#goOn = null;
    goOn?.();
  }
}

const LONGEST_MS = 1_000;
