import type { Clock } from 'valet-park';

/** Lets everything happen that waits for nothing but its turn: promises, streams, messages. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is told to go forward. */
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

  /** How many have asked to be woken and were not. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Is suddenly another time, and wakes nobody yet: a computer slept, or its clock was set. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Goes forward, waking each in its turn. */
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
