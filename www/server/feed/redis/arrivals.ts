interface Wait {
  readonly id: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The entries that this relay has appended, and that have not come back by the stream yet. */
export class Arrivals {
  #waits: readonly Wait[] = [];

  /** The ids of the entries. */
  get ids(): ReadonlySet<number> {
    return new Set(this.#waits.map(({ id }) => id));
  }

  /** Resolves when the entry has come back. Rejects if the session ends before. */
  wait(id: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waits = [...this.#waits, { id, resolve, reject }];
    });
  }

  /** All entries up to this one have come back. */
  arrived(latest: number): void {
    const done = this.#waits.filter(({ id }) => id <= latest);
    if (done.length === 0) return;
    this.#waits = this.#waits.filter(({ id }) => id > latest);
    for (const { resolve } of done) resolve();
  }

  /** No further entry comes back. */
  fail(): void {
    const waits = this.#waits;
    this.#waits = [];
    for (const { id, reject } of waits) reject(new Error(`entry ${id} has not come back`));
  }
}
