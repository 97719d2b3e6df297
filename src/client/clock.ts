import { tried } from './host.js';

/** The clock of a client. A test can pass its own clock, and skip three minutes at once. */
export interface Clock {
  /** Returns the time in ms since a fixed moment. The default clock counts since 1970. */
  now(): number;
  /**
   * Calls `callback` once, at or after `at` (in ms on this clock). Returns a function that cancels
   * the call.
   */
  wakeAt(at: number, callback: () => void): () => void;
}

/**
 * If the wall clock gains more than this, or a timer is later than this, the machine slept. In ms.
 */
const TOLERANCE_MS = 5_000;
/** The limit for a timer of a hidden page, in ms. Chrome wakes such timers once a minute. */
const HIDDEN_TOLERANCE_MS = 90_000;
/**
 * The longest time of one timer, in ms. After this time the clock is read again. So a sleep is
 * noticed at most this long after the machine woke.
 */
const LOOK_MS = 5_000;

/**
 * The clock of the host.
 *
 * It follows the monotonic clock of `performance`, because that clock does not change when a person
 * sets the wall clock. On macOS and Linux the monotonic clock stops while the machine sleeps. So
 * this clock adds the time by which the wall clock is further ahead than before. After a sleep it
 * calls its listeners, and all timers that are due run at once.
 */
export class HostClock implements Clock {
  /** The sum of the sleeps that were added, in ms. */
  #gained = 0;
  /**
   * How far the wall clock is ahead of the monotonic clock, in ms. If a person sets the wall clock
   * back, the lead becomes smaller, so that a later sleep is still noticed.
   */
  #lead: number | null = null;
  /** The latest time that was read, for a host without a monotonic clock. */
  #latest = 0;
  /** The time of the latest sleep that the listeners know. */
  #toldAt = -Infinity;
  readonly #timers = new Set<() => void>();
  readonly #listeners = new Set<() => void>();

  now(): number {
    const steady = this.#steady();
    const lead = (tried(() => Date.now()) ?? NaN) - steady;
    if (!Number.isFinite(lead)) return steady + this.#gained;
    const gain = lead - (this.#lead ?? lead);
    if (this.#lead === null || gain < 0) this.#lead = lead;
    if (gain > TOLERANCE_MS) {
      this.#lead = lead;
      this.#gained += gain;
      this.#slept(steady + this.#gained);
    }
    return steady + this.#gained;
  }

  wakeAt(at: number, callback: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let due = at;
    let isHidden = false;
    const arm = (): void => {
      clearTimeout(timer);
      const now = this.now();
      due = Math.min(at, now + LOOK_MS);
      isHidden = isPageHidden();
      timer = setTimeout(wake, Math.max(due - now, 0));
    };
    const wake = (): void => {
      const now = this.now();
      const tolerance = isHidden || isPageHidden() ? HIDDEN_TOLERANCE_MS : TOLERANCE_MS;
      if (now - due > tolerance && due > this.#toldAt) this.#slept(now);
      // Some hosts call a timer a little early.
      if (now < at) return arm();
      cancel();
      callback();
    };
    const cancel = (): void => {
      clearTimeout(timer);
      this.#timers.delete(arm);
    };
    arm();
    this.#timers.add(arm);
    return cancel;
  }

  /**
   * Calls `listener` after the machine slept or the page was frozen. Returns a function that
   * removes it.
   */
  onSleep(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Lets every timer read the clock again, and calls the listeners after the caller has finished.
   */
  #slept(now: number): void {
    this.#toldAt = now;
    for (const arm of [...this.#timers]) arm();
    queueMicrotask(() => {
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /**
   * Reads the monotonic clock. A host without one gets the wall clock, which never goes back here.
   */
  #steady(): number {
    const steady = tried(() => performance.timeOrigin + performance.now());
    if (Number.isFinite(steady)) return steady as number;
    const wall = tried(() => Date.now()) ?? 0;
    return (this.#latest = Math.max(this.#latest, Number.isFinite(wall) ? wall : 0));
  }
}

function isPageHidden(): boolean {
  return tried(() => document.visibilityState) === 'hidden';
}

/** The default clock of all clients. */
export const hostClock = new HostClock();

/**
 * Wraps a clock of the application. Its `wakeAt` may return no function that cancels. Then a
 * cancelled callback is skipped when the clock calls it.
 */
export function guarded(clock: Clock): Clock {
  if (clock instanceof HostClock) return clock;
  return {
    now: () => clock.now(),
    wakeAt(at, callback) {
      let isOver = false;
      const cancel: unknown = clock.wakeAt(at, () => {
        if (!isOver) callback();
      });
      return () => {
        isOver = true;
        if (typeof cancel === 'function') tried(() => (cancel as () => void)());
      };
    },
  };
}

/**
 * Calls `listener` after a sleep, if this clock notices sleeps. Returns a function that removes it.
 */
export function onSleep(clock: Clock, listener: () => void): () => void {
  return clock instanceof HostClock ? clock.onSleep(listener) : () => {};
}
