/**
 * A repeatable random generator: the same seed and name give the same numbers.
 *
 * Each fault has a generator with its own name. So if a test changes the rate of one fault, the other
 * faults still occur at the same requests.
 */
export class Dice {
  #state: number;

  constructor(seed: number, name: string) {
    let state = seed;
    for (const letter of name) state = mix(state ^ letter.charCodeAt(0));
    this.#state = state;
  }

  /** Returns the next number, from 0 up to but not including 1. */
  throw(): number {
    this.#state = (this.#state + STRIDE) | 0;
    return (mix(this.#state) >>> 0) / 2 ** 32;
  }

  /** Returns the next whole number from `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.throw() * (highest - lowest + 1));
  }
}

/** Maps each 32-bit number to another one, so that each bit depends on all bits of the input. */
function mix(bits: number): number {
  let mixed = bits | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 16);
}

/** The stride is odd, so the state takes all 2³² values before it repeats. */
const STRIDE = 0x9e3779b9;
