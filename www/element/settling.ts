/** How long a press goes nowhere after what it means has changed under the finger, in ms. */
const settlingMs = 350;

/** Watches what a press means, so that none is taken for what it did not mean. */
export class Settling {
  #meaning: string | null = null;
  #changedAt = -Infinity;

  /**
   * Takes note of what a press means from now on; null if nothing.
   *
   * From nothing to something is no change: nobody meant anything yet. True if it has changed.
   */
  note(meaning: string | null): boolean {
    const isChanged = this.#meaning !== null && meaning !== this.#meaning;
    if (isChanged) this.#changedAt = performance.now();
    this.#meaning = meaning;
    return isChanged;
  }

  /** The same where the hand itself has changed it, and knows. */
  accept(meaning: string | null): void {
    this.#meaning = meaning;
    this.#changedAt = -Infinity;
  }

  /** A press now may have meant what was there before. */
  get isUnsettled(): boolean {
    return performance.now() - this.#changedAt < settlingMs;
  }
}
