// A list of work with virtual times, and random numbers that a seed repeats.

/** Work to do at virtual times. */
export class Agenda {
  /** @type {Set<{ at: number, work: () => void }>} */
  #items = new Set();
  #now;

  constructor(/** @type {() => number} */ now) {
    this.#now = now;
  }

  /** Adds work for the time `at`, in ms. Returns a function that removes the work again. */
  add(/** @type {number} */ at, /** @type {() => void} */ work) {
    const item = { at, work };
    this.#items.add(item);
    return () => void this.#items.delete(item);
  }

  /** Resolves after `ms` of virtual time. */
  wait(/** @type {number} */ ms) {
    return new Promise((resolve) => this.add(this.#now() + ms, () => resolve(undefined)));
  }

  /** Does all work that is due, in the order of its times. */
  run() {
    const now = this.#now();
    const due = [...this.#items].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const item of due) if (this.#items.delete(item)) item.work();
  }
}

/** Returns a generator of random numbers from 0 to less than 1. A seed repeats its numbers. */
export function chance(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
