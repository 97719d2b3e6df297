import type { Clock } from './clock.js';

/**
 * A limit in time for work that waits for the network.
 *
 * It ends early when `outer` is aborted. Work that ignores its signal is left behind.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;
  readonly #stop = new AbortController();
  readonly #stopped: Promise<never>;
  readonly #release: () => void;

  /** `ms` from now. */
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

  /** Aborted when the time is over or the work is called off. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether the time is over. The clock decides, not the timer: in a page that slept the timer is
   *  late, and an answer that waited meanwhile is too old to be believed. */
  get isOver(): boolean {
    return this.#clock.now() >= this.#at;
  }

  /** Waits for work. Rejects when `signal` is aborted first. */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#stopped]);
  }

  /** Lets go of the timer. Nothing is aborted after this. */
  end(): void {
    this.#release();
  }
}
