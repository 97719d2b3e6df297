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

/** The common part of the drivers of one process. They keep everything in memory, too. */
export abstract class BaseLog implements Log {
  readonly keys: KeyStore;
  readonly journal: JournalRows;
  abstract readonly health: LogHealth;
  protected readonly state: LogState;
  protected readonly now: () => number;
  readonly #floor: number;
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(entry: StoredEntry) => void>();

  /** All new ids are greater than `floor`. */
  constructor(state: LogState, now: () => number, floor: number) {
    this.state = state;
    this.now = now;
    this.#floor = floor;
    this.keys = {
      claim: (name, request) => this.#claim(name, request),
      answer: (name, reply) => this.#answer(name, reply),
    };
    this.journal = {
      table: this.state.journal,
      change: (journal) => this.#change({ kind: 'journal', journal }),
    };
  }

  get latest(): number {
    return this.state.tail.latest;
  }

  get edge(): number {
    return this.state.tail.edge;
  }

  async append(entry: LogEntry, options: AppendOptions = {}): Promise<number | null> {
    const { dedupe, journal } = options;
    const at = this.now();
    if (dedupe !== undefined && this.state.hasSeen(dedupe, at)) {
      await this.stored();
      return null;
    }
    const previous = this.latest;
    const stored = { ...entry, id: Math.max(previous + 1, at, this.#floor + 1), previous };
    const change = this.#change({
      kind: 'entry',
      entry: stored,
      at,
      ...(dedupe === undefined ? {} : { dedupe }),
      ...(journal === undefined ? {} : { journal }),
    });
    for (const listener of this.#followers) listener(stored);
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

  follow(listener: (entry: StoredEntry) => void): () => void {
    this.#followers.add(listener);
    return () => void this.#followers.delete(listener);
  }

  async removeEntries(): Promise<void> {
    await this.#change({ kind: 'empty', latest: this.latest });
  }

  abstract close(): Promise<void>;

  /** Stores a change that was applied. */
  protected abstract store(change: Change): Promise<void>;

  /** Resolves when all changes so far are stored. */
  protected abstract stored(): Promise<void>;

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
