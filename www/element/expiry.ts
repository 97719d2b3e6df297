/**
 * Calls `onEnd` after some time in which a person could read a message.
 *
 * The time stands still while `hold` is in force: the pointer or the focus is on the message. It also
 * stands still while the page is hidden.
 */
export class Expiry {
  readonly #onEnd: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ms: number | null = null;
  #isHeld = false;
  readonly #onVisible = (): void => this.#restart();

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Starts the time again from its beginning. */
  start(ms: number): void {
    this.#ms = ms;
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#restart();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#ms = null;
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  /** Stops the time, or starts it again from its beginning. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#restart();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    const isVisible = document.visibilityState === 'visible';
    if (this.#ms === null || this.#isHeld || !isVisible) return;
    this.#timer = setTimeout(() => {
      this.stop();
      this.#onEnd();
    }, this.#ms);
  }
}

/** Returns how long a message stays, in ms: longer texts stay longer. */
export function readingMs(text: string, leastMs: number): number {
  return Math.max(leastMs, 3_000 + text.length * 70);
}
