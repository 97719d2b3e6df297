/**
 * Repeatable chance: the same seed and name give the same throws.
 *
 * Every fault throws dice of its own, so that making one more likely changes nothing about when
 * the others strike.
 */
export class Dice {
  #state: number;

  constructor(seed: number, name: string) {
    let state = seed;
    for (const letter of name) state = mix(state ^ letter.charCodeAt(0));
    this.#state = state;
  }

  /** From 0 up to, and without, 1. */
  throw(): number {
    this.#state = (this.#state + STRIDE) | 0;
    return (mix(this.#state) >>> 0) / 2 ** 32;
  }

  /** A whole number from `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.throw() * (highest - lowest + 1));
  }
}

/** Spreads every bit of a 32-bit number over all the others, one to one. */
function mix(bits: number): number {
  let mixed = bits | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 16);
}

/** Odd, so that the state goes through all 2³² values before it repeats. */
const STRIDE = 0x9e3779b9;
