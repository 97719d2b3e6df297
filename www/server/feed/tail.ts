import type { StoredEntry } from './log.ts';

/** The entries of the last hour, in the order of their ids. */
export class Tail {
  readonly #capacity: number;
  #entries: StoredEntry[] = [];
  #latest: number;
  #edge: number;

  /**
   * The first id is greater than `latest`.
   *
   * @throws RangeError if `capacity` is not a whole number from 1.
   */
  constructor(latest: number, capacity = 1_000) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`the replay holds a whole number of events from 1, not \`${capacity}\``);
    }
    this.#capacity = capacity;
    this.#latest = this.#edge = latest;
  }

  get latest(): number {
    return this.#latest;
  }

  get edge(): number {
    return this.#edge;
  }

  /**
   * Adds an entry. If entries before it are missing, removes all older entries, so
   * that their readers find a gap.
   */
  add(entry: StoredEntry): void {
    if (entry.previous !== this.#latest) this.clear(entry.previous);
    this.#entries.push(entry);
    this.#latest = entry.id;
    if (this.#entries.length > this.#capacity) this.#removeOldest();
    while (idAt(this.#entries, 0) < entry.id - KEPT_MS) this.#removeOldest();
  }

  /** Removes all entries. The next id is greater than `latest`. */
  clear(latest: number): void {
    this.#entries = [];
    this.#latest = this.#edge = latest;
  }

  /** Returns the entries after an id. `gap` if that entry is missing. */
  after(id: number): readonly StoredEntry[] | 'gap' {
    if (id === this.#latest) return [];
    if (id === this.#edge) return this.#entries.slice();
    const index = this.#find(id);
    return index === null ? 'gap' : this.#entries.slice(index + 1);
  }

  /** Returns the index of an entry. Null if it is missing. Most readers ask for one of the newest. */
  #find(id: number): number | null {
    const entries = this.#entries;
    let [low, high, step] = [entries.length - 1, entries.length, 1];
    while (low >= 0 && idAt(entries, low) > id) {
      [low, high, step] = [low - step, low, step * 2];
    }
    low = Math.max(low, 0);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (idAt(entries, middle) < id) low = middle + 1;
      else high = middle;
    }
    return entries[low]?.id === id ? low : null;
  }

  #removeOldest(): void {
    this.#edge = this.#entries.shift()?.id ?? this.#edge;
  }
}

function idAt(entries: readonly StoredEntry[], index: number): number {
  return entries[index]?.id ?? Infinity;
}

/** How long entries are kept. Ids are times, and entries may contain telephone numbers. */
const KEPT_MS = 3_600_000;
