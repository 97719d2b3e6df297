/** The latest events, in the order of their ids. Each subscriber reads at its own speed. */
export class Replay {
  readonly #capacity: number;
  /** Invariant: the ids have no gaps, and the last entry has the id `latest`. */
  readonly #entries: { readonly extension: string | null; readonly text: string }[] = [];
  #latest: number;

  /** @throws RangeError if `capacity` is not a whole number from 1. */
  constructor(firstId: number, capacity = 1_000) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`the replay holds a whole number of events from 1, not \`${capacity}\``);
    }
    this.#capacity = capacity;
    this.#latest = firstId - 1;
  }

  /** The id of the newest event. Before the first event, the id before its id. */
  get latest(): number {
    return this.#latest;
  }

  /**
   * Adds an event of one extension, or of all extensions for null. `text` has no id line. Removes the
   * oldest event if there are more than the capacity. Returns the id.
   */
  add(extension: string | null, text: string): number {
    this.#latest += 1;
    this.#entries.push({ extension, text });
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    return this.#latest;
  }

  /**
   * Returns the next events for a subscriber of these extensions, at most a few KB, and the id of the
   * last one.
   *
   * If the event after `seen` was removed, or the id `seen` never existed, then the subscriber has
   * missed events. In this case the text begins with a `reset`, and all kept events follow.
   */
  after(
    seen: number,
    extensions: readonly string[],
  ): { readonly text: string; readonly seen: number } {
    const forgotten = this.#latest - this.#entries.length;
    let text = '';
    let id = seen;
    if (seen < forgotten || seen > this.#latest) {
      id = forgotten;
      text = `id: ${id}\nevent: reset\ndata: events were missed, ask for the state\n\n`;
    }
    while (id < this.#latest && text.length < CHUNK_LENGTH) {
      const entry = this.#entries[id - forgotten];
      id += 1;
      const of = entry?.extension ?? null;
      if (of === null || extensions.includes(of)) text += `id: ${id}\n${entry?.text}`;
    }
    return { text, seen: id };
  }
}

const CHUNK_LENGTH = 16_384;
