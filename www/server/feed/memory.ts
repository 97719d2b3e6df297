import type { Reply } from '../http/reply.ts';
import { LogState, type Change } from './state.ts';
import type {
  AppendOptions,
  JournalRows,
  KeyRecord,
  KeyStore,
  Log,
  LogEntry,
  LogHealth,
  StoredEntry,
} from './log.ts';

/** The options of a log. */
export interface LogOptions {
  /** The number of entries that are kept for a subscriber that reconnects. Default 1000. */
  readonly capacity?: number | undefined;
  /** Returns the time in ms since 1970. Default: the clock of the machine. */
  readonly now?: () => number;
}

/** A log in memory. A restart of the process loses everything. */
export class MemoryLog implements Log {
  readonly keys: KeyStore;
  readonly journal: JournalRows;
  protected readonly state: LogState;
  protected readonly now: () => number;
  readonly #listeners = new Set<() => void>();

  /** @throws RangeError if `capacity` is not a whole number from 1. */
  constructor({ capacity, now = Date.now }: LogOptions = {}) {
    this.now = now;
    this.state = new LogState(Math.max(now(), 1) - 1, capacity);
    this.keys = {
      claim: (name, request) => this.#claim(name, request),
      answer: (name, reply) => this.#answer(name, reply),
    };
    this.journal = {
      all: () => this.state.rows(),
      change: (journal) => this.#change({ kind: 'journal', journal }),
    };
  }

  get latest(): number {
    return this.state.tail.latest;
  }

  get edge(): number {
    return this.state.tail.edge;
  }

  get health(): LogHealth {
    return { ok: true, problem: null };
  }

  async append(entry: LogEntry, options: AppendOptions = {}): Promise<number | null> {
    const { dedupe, journal } = options;
    const at = this.now();
    if (dedupe !== undefined && this.state.hasSeen(dedupe, at)) {
      await this.stored();
      return null;
    }
    const previous = this.latest;
    const stored = { ...entry, id: Math.max(previous + 1, at), previous };
    const change = this.#change({
      kind: 'entry',
      entry: stored,
      at,
      ...(dedupe === undefined ? {} : { dedupe }),
      ...(journal === undefined ? {} : { journal }),
    });
    for (const listener of this.#listeners) listener();
    await change;
    return stored.id;
  }

  read(after: number): readonly StoredEntry[] | 'gap' {
    return this.state.tail.after(after);
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Forgets everything, as a switch does that restarts. Every reader finds a gap. */
  clear(): void {
    this.state.clear();
  }

  async close(): Promise<void> {}

  /** Stores a change that was applied. A driver that stores overrides this. */
  protected async store(_change: Change): Promise<void> {}

  /** Resolves when all changes so far are stored. */
  protected async stored(): Promise<void> {}

  #change(change: Change): Promise<void> {
    this.state.apply(change);
    return this.store(change);
  }

  async #claim(name: string, request: string): Promise<KeyRecord | null> {
    const at = this.now();
    const known = this.state.keyRecord(name, at);
    if (known !== null) return known;
    await this.#change({ kind: 'sent', name, request, at });
    return null;
  }

  async #answer(name: string, reply: Reply): Promise<void> {
    const at = this.now();
    const known = this.state.keyRecord(name, at);
    if (known === null) return;
    await this.#change({ kind: 'answered', name, request: known.request, reply, at });
  }
}
