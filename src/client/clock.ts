/** Time as the client sees it. Replace it in a test to move through three minutes in no time. */
export interface Clock {
  /** Milliseconds since an origin of the clock's choosing. */
  now(): number;
  /** Calls back once at or after `at` (ms, on this clock); returns the way to cancel. */
  wakeAt(at: number, callback: () => void): () => void;
}

/** The longest a timer can wait; beyond that hosts let it run out at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The host's clock. It goes on while the computer's own clock is set, and a timer only wakes: what
 * time it is then, the clock says.
 */
export const hostClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  wakeAt(at, callback) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      const left = Math.max(at - hostClock.now(), 0);
      timer = setTimeout(wake, Math.min(left, LONGEST_MS));
    };
    // Hosts wake a little early, too.
    const wake = (): void => (hostClock.now() < at ? wait() : callback());
    wait();
    return () => clearTimeout(timer);
  },
};
