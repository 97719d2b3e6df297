import { uuidOf } from '../call-uuid.ts';
import type { JournalRow } from '../relay/journal-row.ts';
import type { JournalChange } from './log.ts';

/**
 * The rows of a journal. They are found by their slot and by their call, so nothing costs more in a
 * larger lot.
 *
 * The journal keeps at most one waiting row for a slot and for a call. If there are more, only the
 * latest one is found.
 */
export class JournalTable {
  readonly #rows = new Map<string, JournalRow>();
  readonly #bySlot = new Map<number, JournalRow>();
  readonly #byCall = new Map<string, JournalRow>();
  /** The departures. The latest departure is last. */
  readonly #departed = new Map<string, JournalRow>();
  readonly #listeners = new Set<(row: JournalRow, isRemoved: boolean) => void>();
  #latestChange = 0;

  /** The greatest `changed` of all rows so far. */
  get latestChange(): number {
    return this.#latestChange;
  }

  /** All rows, in the order in which their stays were added. */
  all(): readonly JournalRow[] {
    return [...this.#rows.values()];
  }

  /** The row of a stay. */
  row(stay: string): JournalRow | undefined {
    return this.#rows.get(stay);
  }

  /** The rows of the calls that wait. */
  waiting(): readonly JournalRow[] {
    return [...this.#bySlot.values()];
  }

  /** The row of the call that waits in a slot. */
  waitingIn(slot: number): JournalRow | undefined {
    return this.#bySlot.get(slot);
  }

  /** The row of a call that waits. `call` is its `call_api_id` or its UUID. */
  waitingFor(call: string): JournalRow | undefined {
    return this.#byCall.get(uuidOf(call));
  }

  /** The rows of the calls that have left. The latest departure is last. */
  departed(): Iterable<JournalRow> {
    return this.#departed.values();
  }

  get departures(): number {
    return this.#departed.size;
  }

  /**
   * Calls `listener` with each row that is put or removed from now on, after it has changed. `clear`
   * calls no listener. Returns a function that removes the listener.
   */
  watch(listener: (row: JournalRow, isRemoved: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  change({ put = [], remove = [] }: JournalChange): void {
    for (const stay of remove) {
      const row = this.#rows.get(stay);
      this.#leaveIndexes(stay);
      this.#rows.delete(stay);
      if (row !== undefined) this.#tell(row, true);
    }
    for (const row of put) {
      this.#leaveIndexes(row.stay);
      this.#rows.set(row.stay, row);
      this.#latestChange = Math.max(this.#latestChange, row.changed);
      if (row.departure !== null) this.#departed.set(row.stay, row);
      else {
        this.#bySlot.set(row.slot, row);
        this.#byCall.set(uuidOf(row.call), row);
      }
      this.#tell(row, false);
    }
  }

  clear(): void {
    for (const index of [this.#rows, this.#bySlot, this.#byCall, this.#departed]) index.clear();
  }

  #tell(row: JournalRow, isRemoved: boolean): void {
    for (const listener of this.#listeners) listener(row, isRemoved);
  }

  #leaveIndexes(stay: string): void {
    const row = this.#rows.get(stay);
    if (row === undefined) return;
    this.#departed.delete(stay);
    if (this.#bySlot.get(row.slot) === row) this.#bySlot.delete(row.slot);
    const uuid = uuidOf(row.call);
    if (this.#byCall.get(uuid) === row) this.#byCall.delete(uuid);
  }
}
