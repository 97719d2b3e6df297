import { BaseLog } from './base.ts';
import type { LogHealth } from './log.ts';
import { LogState } from './state.ts';

/** The options of a log. */
export interface LogOptions {
  /** The number of entries that are kept for a subscriber that reconnects. Default 1000. */
  readonly capacity?: number | undefined;
  /** Returns the time in ms since 1970. Default: the clock of the machine. */
  readonly now?: () => number;
}

/** A log in memory. A restart of the process loses everything. */
export class MemoryLog extends BaseLog {
  readonly health: LogHealth = { ok: true, problem: null };

  /** @throws RangeError if `capacity` is not a whole number from 1. */
  constructor({ capacity, now = Date.now }: LogOptions = {}) {
    super(new LogState(Math.max(now(), 1) - 1, capacity), now, 0);
  }

  /** Forgets everything, as a switch does that restarts. Every reader finds a gap. */
  clear(): void {
    this.state.clear();
  }

  async close(): Promise<void> {}

  protected async store(): Promise<void> {}

  protected async stored(): Promise<void> {}
}
