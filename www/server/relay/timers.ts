import type { RelayOptions } from './options.ts';

/** Calls `callback` once, in `ms`. Returns a function that cancels it. */
export type WakeIn = (ms: number, callback: () => void) => () => void;

/** Returns the timers of a relay. They do not keep the process alive. */
export function timersOf(clock: RelayOptions['clock']): WakeIn {
  return (ms, callback) => {
    if (clock !== undefined) return clock.wakeAt(clock.now() + ms, callback);
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  };
}

/** Resolves in `ms`. */
export function pause(wakeIn: WakeIn, ms: number): Promise<void> {
  return new Promise((done) => void wakeIn(ms, done));
}
