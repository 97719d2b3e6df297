import { SwitchError } from './switch-error.ts';

/**
 * The time of one switch, in whole ms since 1970.
 *
 * It starts as the source's time and can be set forward, so that three minutes of waiting take no
 * time in a test. It never runs backwards, even where the source does (a machine that corrects its
 * clock): an earlier reading counts as the latest one seen.
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
   * @throws SwitchError `invalid` for anything but a number of ms from 0 to 10 years.
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
 * Rings about when the clock reaches a moment, and now and then before.
 *
 * Whoever hears it compares the clock and sets the alarm anew. A timer cannot decide: it stands
 * still while a machine sleeps and knows nothing of a clock that was set, so it only wakes, at
 * least once a second. An alarm keeps no process alive.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Replaces the moment waited for; `null` waits for nothing. */
  set(at: number | null): void {
    clearTimeout(this.#timer);
    if (at === null) return;
    const waitMs = Math.min(Math.max(at - this.#clock.now(), 1), LONGEST_SLEEP_MS);
    this.#timer = setTimeout(this.#ring, waitMs);
    this.#timer.unref();
  }
}

const LONGEST_SLEEP_MS = 1_000;
const MAX_FORWARD_MS = 10 * 365 * 86_400_000;
