// A list of tasks at virtual times, and random numbers from a seed.

/** Tasks, each with the virtual time at which to run it. */
export class Agenda {
  /** @type {Set<{ at: number, task: () => void }>} */
  #tasks = new Set();
  #now;

  constructor(/** @type {() => number} */ now) {
    this.#now = now;
  }

  /** Adds a task for the time `at`, in ms. Returns a function that removes the task. */
  add(/** @type {number} */ at, /** @type {() => void} */ task) {
    const item = { at, task };
    this.#tasks.add(item);
    return () => void this.#tasks.delete(item);
  }

  /** Resolves after `ms` of virtual time. */
  wait(/** @type {number} */ ms) {
    return new Promise((resolve) => this.add(this.#now() + ms, () => resolve(undefined)));
  }

  /** Runs every task that is due, earliest first. A task can remove another one before it runs. */
  run() {
    const now = this.#now();
    const due = [...this.#tasks].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const item of due) if (this.#tasks.delete(item)) item.task();
  }
}

/** Returns a function that returns random numbers from 0 to 1. Equal seeds give equal numbers. */
export function seededRandom(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
