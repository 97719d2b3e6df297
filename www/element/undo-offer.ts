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

  /**
   * Returns how to take the last command back now; null if that is not possible. A park can be taken back
   * only if `canPickUp` is true: if our telephone can be connected with the call.
   */
  read({ slots, calls }: Snapshot, canPickUp: boolean): Undo | null {
    if (this.#done === null) return null;
    if ('parked' in this.#done) return canPickUp ? takeBack(this.#done.parked, slots) : null;
    return putBack(this.#done, slots, calls);
  }
}
