import type { Clock } from './clock.js';

/**
 * A time limit for work that waits for the network.
 *
 * The deadline ends early when `outer` is aborted. Work that ignores its signal runs on, and its
 * result is dropped.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;
  readonly #stop = new AbortController();
  readonly #stopped: Promise<never>;
  readonly #release: () => void;

  /** The deadline ends `ms` from now. */
  constructor(clock: Clock, ms: number, outer: AbortSignal) {
    this.#clock = clock;
    this.#at = clock.now() + ms;
    this.#stopped = new Promise((_, reject) => {
      const stopped = (): void => reject(new Error('stopped'));
      this.signal.addEventListener('abort', stopped, { once: true });
    });
    this.#stopped.catch(() => {});
    const stop = (): void => this.#stop.abort();
    const cancel = clock.wakeAt(this.#at, stop);
    outer.addEventListener('abort', stop, { once: true });
    this.#release = () => {
      cancel();
      outer.removeEventListener('abort', stop);
    };
    if (outer.aborted) stop();
  }

  /** A signal that is aborted when the time is over or the work is cancelled. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * True when the time is over. The clock decides, not the timer. After a sleep the timer is late,
   * and an answer that waited meanwhile is too old.
   */
  get isOver(): boolean {
    return this.#clock.now() >= this.#at;
  }

  /** Waits for work. Rejects when `signal` is aborted first. */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#stopped]);
  }

  /** Stops the timer. Nothing is aborted after this. */
  end(): void {
    this.#release();
  }
}
