import { tried } from './host.js';

/** Time as the client sees it. Replace it in a test to move through three minutes in no time. */
export interface Clock {
  /** Milliseconds since an origin of the clock's choosing. */
  now(): number;
  /** Calls back once at or after `at` (ms, on this clock); returns the way to cancel. */
  wakeAt(at: number, callback: () => void): () => void;
}

/** How much the wall clock may gain, or a timer be late, before this counts as a sleep, in ms. */
const TOLERANCE_MS = 5_000;
/** The same for a timer of a hidden page: Chrome wakes those once a minute. */
const HIDDEN_TOLERANCE_MS = 90_000;
/** The longest that a timer waits before the clock is looked at, in ms: a machine that slept is
 *  found out so long after it woke. */
const LOOK_MS = 5_000;

/**
 * The clock of the host.
 *
 * It follows the monotonic clock of `performance`, which does not move when the wall clock is set.
 * On macOS and Linux that clock stands still while the machine sleeps. So it is compared with the
 * wall clock: what the wall clock gained is added. Listeners are told of a sleep, and timers that
 * were due run out at once.
 */
export class HostClock implements Clock {
  /** By how much time was moved forward, in ms. */
  #gained = 0;
  /** How far the wall clock is ahead of the monotonic clock, in ms. It follows the wall clock when
   *  that is set back, so that a later sleep is noticed. */
  #lead: number | null = null;
  /** The latest time that was read where there is no monotonic clock. */
  #latest = 0;
  /** When listeners were last told of a sleep. */
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
      // Hosts wake a little early, too.
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

  /** Calls back after the machine slept or the page was frozen. Returns the way to stop. */
  onSleep(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Has every timer look at the clock again, and tells the listeners once the caller is done. */
  #slept(now: number): void {
    this.#toldAt = now;
    for (const arm of [...this.#timers]) arm();
    queueMicrotask(() => {
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** Reads the monotonic clock. Without one, reads the wall clock and never lets it go back. */
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

/** The clock that is used where the options name no other. */
export const hostClock = new HostClock();

/** A clock of the application, which may give no way to cancel. What is cancelled is not called. */
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

/** Calls back after a sleep that this clock knows of. Returns the way to stop. */
export function onSleep(clock: Clock, listener: () => void): () => void {
  return clock instanceof HostClock ? clock.onSleep(listener) : () => {};
}
