import type { Reply } from '../../http/reply.ts';
import type { JournalRow } from '../../relay/journal-row.ts';
import type { JournalChange } from '../log.ts';

/** A command that a relay sent while it was alone. */
export interface AloneKey {
  readonly name: string;
  readonly request: string;
  /** Null if the answer is not known yet. */
  readonly reply: Reply | null;
}

/** The changes that a relay made while Redis was away. Redis gets them afterwards. */
export class Alone {
  readonly #rows = new Map<string, JournalRow | null>();
  readonly #keys = new Map<string, AloneKey>();
  #isUsed = false;
  #hasEmptied = false;

  /** True if the relay has given out an id that no other relay knows. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** True if the relay has removed all entries. */
  get hasEmptied(): boolean {
    return this.#hasEmptied;
  }

  get keys(): readonly AloneKey[] {
    return [...this.#keys.values()];
  }

  get hasChange(): boolean {
    return this.#rows.size > 0;
  }

  /** All changes of the journal, as one change. */
  get change(): JournalChange {
    const put = [...this.#rows.values()].filter((row) => row !== null);
    const remove = [...this.#rows].filter(([, row]) => row === null).map(([stay]) => stay);
    return { put, remove };
  }

  appended({ put = [], remove = [] }: JournalChange, isEmptying: boolean): void {
    this.#isUsed = true;
    this.#hasEmptied ||= isEmptying;
    for (const stay of remove) this.#rows.set(stay, null);
    for (const row of put) this.#rows.set(row.stay, row);
  }

  claimed(name: string, request: string, reply: Reply | null = null): void {
    this.#keys.set(name, { name, request, reply });
  }

  clear(): void {
    this.#isUsed = false;
    this.#hasEmptied = false;
    this.#rows.clear();
    this.#keys.clear();
  }
}
