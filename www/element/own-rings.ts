import type { CallView } from 'valet-park';
import type { Message } from './messages.ts';

/** No call rings to pick up a waiting call. */
const none: ReadonlyMap<string, Message> = new Map();

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

  /**
   * Returns the calls that ring for these slots, each with a text such as "Pick up 6: Anna". The switch
   * gives such a call the number of its slot. `nameOf` returns the caller in a slot.
   */
  among(
    calls: readonly CallView[],
    nameOf: (slot: number) => string,
  ): ReadonlyMap<string, Message> {
    if (this.#slots.size === 0) return none;
    const rings = new Map<string, Message>();
    for (const { call, state, caller } of calls) {
      const n = Number(caller?.number ?? 0);
      if (state !== 'ringing' || !this.#slots.has(n)) continue;
      rings.set(call, { key: 'call.pickUp', params: { n, who: nameOf(n) } });
    }
    return rings;
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
