/** The slots for which our telephone rings, to pick up the calls that wait there. */
export class OwnRings {
  readonly #rings = new Map<number, AbortController>();
  #slots: ReadonlySet<number> = new Set();
  readonly #onChange: () => void;

  /** `onChange` is called when the telephone begins or stops to ring. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The slots, a new set after each change. */
  get slots(): ReadonlySet<number> {
    return this.#slots;
  }

  /** Runs a pick-up. The slot counts as ringing until it ends. */
  async during<Done>(slot: number, pickUp: (signal: AbortSignal) => Promise<Done>): Promise<Done> {
    const ring = new AbortController();
    this.#rings.set(slot, ring);
    this.#changed();
    try {
      return await pickUp(ring.signal);
    } finally {
      if (this.#rings.get(slot) === ring) this.#rings.delete(slot);
      this.#changed();
    }
  }

  /** Stops the ringing for a slot. */
  cancel(slot: number): void {
    this.#rings.get(slot)?.abort();
  }

  /** Stops all ringing. */
  clear(): void {
    for (const ring of this.#rings.values()) ring.abort();
  }

  #changed(): void {
    this.#slots = new Set(this.#rings.keys());
    this.#onChange();
  }
}
