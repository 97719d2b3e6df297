// What is to be done at which virtual time, and chances that a seed repeats.

/** What is to be done, and when. */
export class Agenda {
  /** @type {Set<{ at: number, work: () => void }>} */
  #items = new Set();
  #now;

  constructor(/** @type {() => number} */ now) {
    this.#now = now;
  }

  /** Returns the way to take it back. */
  add(/** @type {number} */ at, /** @type {() => void} */ work) {
    const item = { at, work };
    this.#items.add(item);
    return () => void this.#items.delete(item);
  }

  wait(/** @type {number} */ ms) {
    return new Promise((resolve) => this.add(this.#now() + ms, () => resolve(undefined)));
  }

  /** Does what is due, in its order. */
  run() {
    const now = this.#now();
    const due = [...this.#items].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const item of due) if (this.#items.delete(item)) item.work();
  }
}

/** Chances that a seed repeats, from 0 up to and without 1. */
export function chance(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
