import type { Timers } from '../timers.ts';

/**
 * Holds one item back until the next item has passed.
 *
 * At most one item is held at a time, so that there is always an item left to pass. If no other item
 * comes within a second, the held item continues.
 */
export class Overtaking {
  readonly #timers: Timers;
  #goOn: (() => void) | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Calls `goOn` after the next item has passed. Calls it at once if an item is held already. */
  hold(goOn: () => void): void {
    if (this.#goOn !== null) return goOn();
    this.#goOn = goOn;
    this.#timers.after(LONGEST_MS, () => {
      if (this.#goOn === goOn) this.passed();
    });
  }

  /** Reports that an item has passed. The held item continues. */
  passed(): void {
    const goOn = this.#goOn;
    this.#goOn = null;
    goOn?.();
  }
}

const LONGEST_MS = 1_000;
