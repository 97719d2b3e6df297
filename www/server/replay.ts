/** The latest events, in the order of their ids, for those who read at their own speed. */
export class Replay {
  readonly #capacity: number;
  /** INVARIANT (no gaps): the last entry's id is `latest`, each one's is one more than its
   *  predecessor's. */
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

  /** The id of the newest event; before the first one, the id it will follow on. */
  get latest(): number {
    return this.#latest;
  }

  /** Remembers an event of one extension, or of all, given without its id line, and forgets the
   *  oldest beyond the capacity. Returns its id. */
  add(extension: string | null, text: string): number {
    this.#latest += 1;
    this.#entries.push({ extension, text });
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    return this.#latest;
  }

  /**
   * What one extension's subscriber reads next, at most a few KB of it, and what it has then seen.
   *
   * One who has seen an id that is neither remembered nor the one before, or that never was, has
   * missed something: the text begins with a `reset`, then goes on with all that is remembered.
   */
  after(seen: number, extension: string): { readonly text: string; readonly seen: number } {
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
      const isMeant = entry?.extension === extension || entry?.extension === null;
      if (isMeant) text += `id: ${id}\n${entry?.text}`;
    }
    return { text, seen: id };
  }
}

const CHUNK_LENGTH = 16_384;
