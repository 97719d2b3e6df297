import type { Snapshot } from 'valet-park';
import { putBack, takeBack, undoMs, type Connected, type Undo } from './undo.ts';

/** The last command that can be taken back. */
type Done = { readonly parked: { readonly slot: number; readonly uuid: string } } | Connected;

/** Offers to take back the last command, for ten seconds. */
export class UndoOffer {
  readonly #onEnd: () => void;
  #done: Done | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Offers to take back a command that has just succeeded. */
  offer(done: Done): void {
    this.clear();
    this.#done = done;
    this.#timer = setTimeout(() => {
      this.#done = null;
      this.#onEnd();
    }, undoMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#done = null;
  }

  /** Returns what takes the last command back now; null if nothing can. */
  read({ slots, calls }: Snapshot): Undo | null {
    if (this.#done === null) return null;
    if ('parked' in this.#done) return takeBack(this.#done.parked, slots);
    return putBack(this.#done, slots, calls);
  }
}
