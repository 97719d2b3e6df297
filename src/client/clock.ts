import { tried } from './host.js';

/** The time as the client sees it. A test replaces the clock to skip three minutes at once. */
export interface Clock {
  /** Returns the time in ms since any fixed moment. */
  now(): number;
  /**
   * Calls `callback` once, at or after `at` (ms, on this clock). Returns a function that cancels.
   */
  wakeAt(at: number, callback: () => void): () => void;
}

/** The machine slept if the wall clock gained more than this, or a timer was this late, in ms. */
const TOLERANCE_MS = 5_000;
/** The same for a timer of a hidden page, in ms. Chrome wakes such timers once a minute. */
const HIDDEN_TOLERANCE_MS = 90_000;
/**
 * The longest that one timer waits before it reads the clock again, in ms. So a sleep is noticed at
 * most this long after the machine woke.
 */
const LOOK_MS = 5_000;

/**
 * The clock of the host.
 *
 * It follows the monotonic clock of `performance`, which does not move when the wall clock is
 * set. On macOS and Linux the monotonic clock stands still while the machine sleeps. So it is
 * compared with the wall clock, and the time that the wall clock gained is added. After a sleep the
 * clock calls its listeners, and timers that are due run out at once.
 */
export class HostClock implements Clock {
  /** The sum of the sleeps that were added, in ms. */
  #gained = 0;
  /**
   * How far the wall clock is ahead of the monotonic clock, in ms. When the wall clock is set back,
   * the lead shrinks, so that a later sleep is still noticed.
   */
  #lead: number | null = null;
  /** The latest time that was read, for a host without a monotonic clock. */
  #latest = 0;
  /** The time of the latest sleep that listeners were called for. */
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
   * Calls `listener` after the machine slept or the page was frozen. Returns a function to stop.
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

/** The clock of every client whose options name no other. */
export const hostClock = new HostClock();

/**
 * Wraps a clock of the application. Its `wakeAt` may return nothing to cancel with: a callback that
 * was cancelled is then skipped.
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

/** Calls `listener` after a sleep, if this clock notices sleeps. Returns a function to stop. */
export function onSleep(clock: Clock, listener: () => void): () => void {
  return clock instanceof HostClock ? clock.onSleep(listener) : () => {};
}
