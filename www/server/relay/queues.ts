/** Runs tasks one after the other. Each key has its own queue. */
export class Queues<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Runs `task` after the earlier tasks of this key, and returns its result. */
  run<T>(key: Key, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    this.#last.set(key, result);
    const finish = (): void => {
      if (this.#last.get(key) === result) this.#last.delete(key);
    };
    result.then(finish, finish);
    return result;
  }
}
