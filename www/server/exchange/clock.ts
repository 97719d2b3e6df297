import { unref } from '../unref.ts';
import { SwitchError } from './switch-error.ts';

/**
 * The clock of one switch, in whole ms since 1970.
 *
 * The clock follows its source and can be set forward. So three minutes of waiting take no time in a
 * test. The clock never runs backwards. If the source does, because a machine corrects its time, the
 * clock stands still until the source has caught up.
 */
export class Clock {
  readonly #source: () => number;
  #aheadMs = 0;
  #latest = -Infinity;

  constructor(source: () => number = Date.now) {
    this.#source = source;
  }

  now(): number {
    this.#latest = Math.max(this.#latest, Math.floor(this.#source() + this.#aheadMs));
    return this.#latest;
  }

  /**
   * Sets the clock forward by `ms`.
   *
   * @throws SwitchError `invalid` unless `ms` is a number from 0 to ten years.
   */
  forward(ms: number): void {
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= MAX_FORWARD_MS)) {
      const limits = `0 to ${MAX_FORWARD_MS} ms`;
      throw new SwitchError('invalid', `the clock goes forward by ${limits}, not by \`${ms}\``);
    }
    this.#aheadMs += ms;
  }
}

/**
 * Rings when the clock reaches a time, or up to a second before.
 *
 * The callback compares the clock and sets the alarm again. The alarm itself cannot decide, because a
 * timer stands still while a machine sleeps, and does not see that the clock was set. An alarm does
 * not keep the process alive.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Sets the time at which the alarm rings. Null switches the alarm off. */
  set(at: number | null): void {
    clearTimeout(this.#timer);
    if (at === null) return;
    const waitMs = Math.min(Math.max(at - this.#clock.now(), 1), LONGEST_SLEEP_MS);
    this.#timer = setTimeout(this.#ring, waitMs);
    unref(this.#timer);
  }
}

const LONGEST_SLEEP_MS = 1_000;
const MAX_FORWARD_MS = 10 * 365 * 86_400_000;
