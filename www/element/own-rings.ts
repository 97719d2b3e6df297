import type { CallView } from 'valet-park';
import type { Message } from './messages.ts';

/** How far a pick-up is. `asked`: the switch has to ring our telephone. `ringing`: the telephone rings. */
export type Ring = 'asked' | 'ringing';

/** Returns what a tile says while its call is being picked up; null if it is not. */
export function ringText(ring: Ring | null): 'why.asked' | 'why.ringing' | null {
  return ring === null ? null : `why.${ring}`;
}

/** No call rings to pick up a waiting call. */
const none: ReadonlyMap<string, Message> = new Map();

/** The name of a call that rings for a pick-up, as a server gives it. */
const nameOfRing = /^Pick up (\d+)(?:$|:)/;

/** A pick-up under way. */
interface PickUp {
  readonly stop: AbortController;
  ring: Ring;
}

/** The slots whose calls our telephone picks up. */
export class OwnRings {
  readonly #pickUps = new Map<number, PickUp>();
  #states: ReadonlyMap<number, Ring> = new Map();
  readonly #onChange: () => void;

  /** `onChange` is called when a pick-up begins or ends. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The slots whose calls are being picked up. A new map after each change. */
  get states(): ReadonlyMap<number, Ring> {
    return this.#states;
  }

  /**
   * Returns the calls that ring for these slots, each with a text such as "Pick up 6: Anna". `nameOf`
   * returns the caller in a slot.
   */
  among(
    calls: readonly CallView[],
    nameOf: (slot: number) => string,
  ): ReadonlyMap<string, Message> {
    if (this.#pickUps.size === 0) return none;
    const rings = new Map<string, Message>();
    for (const call of calls) {
      const n = this.#slotOf(call);
      if (n !== null) rings.set(call.call, { key: 'call.pickUp', params: { n, who: nameOf(n) } });
    }
    return rings;
  }

  /** Notes for which slots a call rings. Returns true if a telephone has begun to ring. */
  update(calls: readonly CallView[]): boolean {
    let hasBegun = false;
    for (const call of calls) {
      const pickUp = this.#pickUps.get(this.#slotOf(call) ?? 0);
      if (pickUp?.ring !== 'asked') continue;
      pickUp.ring = 'ringing';
      hasBegun = true;
    }
    if (hasBegun) this.#changed();
    return hasBegun;
  }

  /** Runs a pick-up. */
  async during<Done>(slot: number, pickUp: (signal: AbortSignal) => Promise<Done>): Promise<Done> {
    const one: PickUp = { stop: new AbortController(), ring: 'asked' };
    this.#pickUps.set(slot, one);
    this.#changed();
    try {
      return await pickUp(one.stop.signal);
    } finally {
      if (this.#pickUps.get(slot) === one) this.#pickUps.delete(slot);
      this.#changed();
    }
  }

  /** Stops the pick-up of the call in a slot. */
  cancel(slot: number): void {
    this.#pickUps.get(slot)?.stop.abort();
  }

  /** Stops all pick-ups. */
  clear(): void {
    for (const { stop } of this.#pickUps.values()) stop.abort();
  }

  /**
   * Returns the slot for which a call rings; null for another call. The switch gives such a call the
   * number of the slot. A switch that calls back gives the call a name only.
   */
  #slotOf({ state, caller }: CallView): number | null {
    if (state !== 'ringing' || caller === null) return null;
    const [, named] = nameOfRing.exec(caller.name ?? '') ?? [];
    const slot = [caller.number, named].map(Number).find((n) => this.#pickUps.has(n));
    return slot ?? null;
  }

  #changed(): void {
    this.#states = new Map([...this.#pickUps].map(([slot, { ring }]) => [slot, ring]));
    this.#onChange();
  }
}
