import { error } from './error.js';

/**
 * Whoever wants to hear of something.
 *
 * A listener that throws hurts nobody else: its error is reported as the host reports errors that
 * nobody caught. One that is added or removed while others are called counts from the next time.
 */
export class Listeners<E> {
  readonly #listeners = new Set<{ readonly hear: (event: E) => void }>();

  /** Adds a listener; returns the way to remove it. The same one may be added twice. */
  add(hear: (event: E) => void): () => void {
    if (typeof hear !== 'function') {
      throw error('invalid', 'invalid-options', 'expected a listener to be a function');
    }
    const listener = { hear };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(event: E): void {
    for (const { hear } of [...this.#listeners]) {
      try {
        hear(event);
      } catch (thrown) {
        reportUncaught(thrown);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }
}

function reportUncaught(thrown: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(thrown);
  else
    queueMicrotask(() => {
      throw thrown;
    });
}
