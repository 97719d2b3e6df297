/** A map whose values expire, the oldest first. The times of `set` must not run backwards. */
export class ExpiringMap<T> {
  readonly #capacity: number;
  readonly #keptMs: number;
  readonly #values = new Map<string, { readonly value: T; readonly at: number }>();

  /** Keeps at most `capacity` values, each for less than `keptMs`. */
  constructor(capacity: number, keptMs: number) {
    this.#capacity = capacity;
    this.#keptMs = keptMs;
  }

  get size(): number {
    return this.#values.size;
  }

  /** Returns a value that has not expired. Otherwise null. `now` is in ms. */
  get(name: string, now: number): T | null {
    const found = this.#values.get(name);
    return found === undefined || now - found.at >= this.#keptMs ? null : found.value;
  }

  /** Sets a value, and removes what has expired or is too much. `at` is the time in ms. */
  set(name: string, value: T, at: number): void {
    this.#values.delete(name); // The order of the map is the order of the times.
    this.#values.set(name, { value, at });
    for (const [old, { at: then }] of this.#values) {
      if (at - then < this.#keptMs) break;
      this.#values.delete(old);
    }
    this.limit(this.#capacity);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }

  /** Removes the oldest values until there are at most `capacity`. */
  limit(capacity: number): void {
    for (const name of this.#values.keys()) {
      if (this.#values.size <= capacity) return;
      this.#values.delete(name);
    }
  }

  clear(): void {
    this.#values.clear();
  }

  /** The values that have not expired, oldest first, with their times. */
  *entries(now: number): Iterable<readonly [name: string, value: T, at: number]> {
    for (const [name, { value, at }] of this.#values) {
      if (now - at < this.#keptMs) yield [name, value, at];
    }
  }
}
