import { Alarm, type Clock } from './clock.ts';

/**
 * What is to happen later, by the clock of one switch.
 *
 * Whoever sets that clock forward need not wait: what has become due happens then and there, in
 * the order in which it was due. Where the clock stands still, nothing ever does.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  /** By the time at which they are due; those of one time in the order in which they came. */
  readonly #entries: { readonly at: number; readonly callback: () => void }[] = [];
  #disposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.run());
  }

  /** The time of the clock, in ms. It can still be asked after `dispose`. */
  now(): number {
    return this.#clock.now();
  }

  /** Calls back once, `ms` from now, and never before this returns. */
  after(ms: number, callback: () => void): void {
    if (this.#disposed) return queueMicrotask(callback);
    const at = this.#clock.now() + Math.max(ms, 0);
    const next = this.#entries.findIndex((entry) => entry.at > at);
    this.#entries.splice(next < 0 ? this.#entries.length : next, 0, { at, callback });
    this.#setAlarm();
  }

  /** Resolves `ms` from now; at once for 0. */
  async wait(ms: number): Promise<void> {
    if (ms > 0 && !this.#disposed) await new Promise<void>((done) => this.after(ms, done));
  }

  /** Calls back whatever is due. */
  run(): void {
    const now = this.#clock.now();
    for (let [entry] = this.#entries; entry && entry.at <= now; [entry] = this.#entries) {
      this.#entries.shift();
      entry.callback();
    }
    this.#setAlarm();
  }

  /** Lets everything happen that was still to come, so that nobody waits for ever. Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#alarm.set(null);
    for (const { callback } of this.#entries.splice(0)) callback();
  }

  #setAlarm(): void {
    this.#alarm.set(this.#entries[0]?.at ?? null);
  }
}
