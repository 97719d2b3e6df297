import type { Reply } from '../http/reply.ts';
import { ExpiringMap } from './expiring.ts';
import { JournalTable } from './journal-table.ts';
import type { JournalChange, KeyRecord, StoredEntry } from './log.ts';
import { Tail } from './tail.ts';

/** One change of a log. A driver that stores changes and applies them again gets the same log. */
export type Change =
  | {
      readonly kind: 'entry';
      readonly entry: StoredEntry;
      readonly journal?: JournalChange;
      readonly dedupe?: string;
      readonly at: number;
    }
  | { readonly kind: 'seen'; readonly dedupe: string; readonly at: number }
  | { readonly kind: 'sent'; readonly name: string; readonly request: string; readonly at: number }
  | {
      readonly kind: 'answered';
      readonly name: string;
      readonly request: string;
      readonly reply: Reply;
      readonly at: number;
    }
  | { readonly kind: 'journal'; readonly journal: JournalChange }
  /** All entries were removed, and the newest id was this one. */
  | { readonly kind: 'empty'; readonly latest: number };

/** Everything that a log knows. It changes by `apply` only. */
export class LogState {
  readonly tail: Tail;
  readonly journal = new JournalTable();
  readonly #seen = new ExpiringMap<true>(MAX_NAMES, KEPT_MS);
  /** Commands without an answer. The limit for them is in `Commands`. */
  readonly #sent = new ExpiringMap<KeyRecord>(Infinity, KEPT_MS);
  readonly #answered = new ExpiringMap<KeyRecord>(MAX_NAMES, KEPT_MS);

  /** The first id is greater than `latest`. `capacity` is the number of entries that are kept. */
  constructor(latest: number, capacity?: number) {
    this.tail = new Tail(latest, capacity);
  }

  /** True if an entry with this name was appended in the last ten minutes. */
  hasSeen(dedupe: string, now: number): boolean {
    return this.#seen.get(dedupe, now) !== null;
  }

  keyRecord(name: string, now: number): KeyRecord | null {
    return this.#sent.get(name, now) ?? this.#answered.get(name, now);
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'entry':
        this.tail.add(change.entry);
        if (change.dedupe !== undefined) this.#seen.set(change.dedupe, true, change.at);
        if (change.journal !== undefined) this.journal.change(change.journal);
        return;
      case 'seen':
        return this.#seen.set(change.dedupe, true, change.at);
      case 'sent': {
        const { name, request, at } = change;
        this.#sent.set(name, { request, reply: null }, at);
        return this.#answered.limit(MAX_NAMES - this.#sent.size);
      }
      case 'answered': {
        const { name, request, reply, at } = change;
        this.#sent.delete(name);
        return this.#answered.set(name, { request, reply }, at);
      }
      case 'journal':
        return this.journal.change(change.journal);
      case 'empty':
        return this.tail.clear(change.latest);
    }
  }

  /** The changes that make a new state equal to this one. What has expired is left out. */
  *changes(now: number): Iterable<Change> {
    const { tail } = this;
    for (const [dedupe, , at] of this.#seen.entries(now)) yield { kind: 'seen', dedupe, at };
    for (const [name, { request }, at] of this.#sent.entries(now)) {
      yield { kind: 'sent', name, request, at };
    }
    for (const [name, { request, reply }, at] of this.#answered.entries(now)) {
      if (reply !== null) yield { kind: 'answered', name, request, reply, at };
    }
    const put = this.journal.all();
    if (put.length > 0) yield { kind: 'journal', journal: { put } };
    const entries = tail.after(tail.edge);
    for (const entry of entries === 'gap' ? [] : entries) yield { kind: 'entry', entry, at: now };
  }

  /** Forgets everything. The next id leaves a gap for every reader. */
  clear(): void {
    this.tail.clear(this.tail.latest + 1);
    this.#seen.clear();
    this.#sent.clear();
    this.#answered.clear();
    this.journal.clear();
  }
}

const KEPT_MS = 600_000;
/** How many names of entries and how many keys are kept at most. */
const MAX_NAMES = 10_000;
