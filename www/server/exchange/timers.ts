import { Alarm, type Clock } from './clock.ts';

/**
 * Timers on the clock of one switch.
 *
 * If the clock is set forward, all callbacks that become due are called at once, in the order of
 * their times. If the clock stands still, no callback is called.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  /** Sorted by time. Entries with the same time are in the order in which they were added. */
  readonly #entries: { readonly at: number; readonly callback: () => void }[] = [];
  #disposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.run());
  }

  /** The time of the clock, in ms. This also works after `dispose`. */
  now(): number {
    return this.#clock.now();
  }

  /** Calls `callback` once, in `ms`. The callback is never called before this method returns. */
  after(ms: number, callback: () => void): void {
    if (this.#disposed) return queueMicrotask(callback);
    const at = this.#clock.now() + Math.max(ms, 0);
    const next = this.#entries.findIndex((entry) => entry.at > at);
    this.#entries.splice(next < 0 ? this.#entries.length : next, 0, { at, callback });
    this.#setAlarm();
  }

  /** Resolves in `ms`, or at once for 0. */
  async wait(ms: number): Promise<void> {
    if (ms > 0 && !this.#disposed) await new Promise<void>((done) => this.after(ms, done));
  }

  /** Calls all callbacks that are due. */
  run(): void {
    const now = this.#clock.now();
    for (let [entry] = this.#entries; entry && entry.at <= now; [entry] = this.#entries) {
      this.#entries.shift();
      entry.callback();
    }
    this.#setAlarm();
  }

  /** Calls all remaining callbacks at once, so that no code waits for ever. Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#alarm.set(null);
    for (const { callback } of this.#entries.splice(0)) callback();
  }

  #setAlarm(): void {
    this.#alarm.set(this.#entries[0]?.at ?? null);
  }
}
