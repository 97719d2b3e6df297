import type { Clock } from 'valet-park';

/** Waits until promises, streams and messages that are ready have run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly start = 1_600_000_000_000;
  #now = this.start;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  wakeAt(at: number, callback: () => void): () => void {
    const timer = { at, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** The number of timers that run. */
  get waiting(): number {
    return this.#timers.size;
  }

  /**
   * Moves the time without running timers, as after a sleep or a change of the computer's clock.
   */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Moves the time forward, and runs every due timer at its own time. */
  async forward(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
    await settled();
  }
}
