/** The clocks and timers of a machine that can sleep, and whose clock can be set. */

import { onTestFinished, vi } from 'vitest';
import { settled } from './clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Replaces `Date.now`, `performance` and the timers until the test ends. */
export class FakeMachine {
  #wall = 1_600_000_000_000;
  #steady = 5_000;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();

  constructor() {
    const start = this.#wall - this.#steady;
    const now = vi.spyOn(Date, 'now').mockImplementation(() => this.#wall);
    vi.stubGlobal('performance', { timeOrigin: start, now: () => this.#steady });
    vi.stubGlobal('setTimeout', (callback: () => void, ms = 0) => {
      this.#timers.set((this.#lastId += 1), { at: this.#steady + Math.max(ms, 0), callback });
      return this.#lastId;
    });
    vi.stubGlobal('clearTimeout', (id: number) => void this.#timers.delete(id));
    onTestFinished(() => {
      now.mockRestore();
      vi.unstubAllGlobals();
    });
  }

  /** Returns the time of the wall clock. */
  now(): number {
    return this.#wall;
  }

  /** The number of timers that run. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves the time forward, and runs every due timer at its own time. */
  async forward(ms: number): Promise<void> {
    const end = this.#steady + ms;
    for (;;) {
      await settled();
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      const [next] = due.sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next[0]);
      this.#pass(Math.max(next[1].at - this.#steady, 0));
      next[1].callback();
    }
    this.#pass(end - this.#steady);
    await settled();
  }

  /** The machine sleeps: the wall clock runs on, the monotonic clock and the timers stand still. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  /** The page is frozen, or both clocks run on in a sleep: no timer runs out. */
  freeze(ms: number): void {
    this.#pass(ms);
  }

  /** Moves the wall clock only. */
  set(ms: number): void {
    this.#wall += ms;
  }

  #pass(ms: number): void {
    this.#steady += ms;
    this.#wall += ms;
  }
}
