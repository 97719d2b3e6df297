import { error } from './error.js';
import { tried } from './host.js';

/**
 * The listeners of one kind of event.
 *
 * A listener that throws does not disturb the others. Its error is reported like any uncaught error
 * of the host. A listener that is added or removed during an event takes effect at the next event.
 */
export class Listeners<E> {
  readonly #listeners = new Set<{ readonly hear: (event: E) => void }>();

  /** Adds a listener and returns a function that removes it. A function may be added twice. */
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
  const report = (): true => (globalThis.reportError(thrown), true);
  if (tried(report)) return;
  queueMicrotask(() => {
    throw thrown;
  });
}
