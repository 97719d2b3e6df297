import type { CallView } from 'valet-park';
import type { MessageArea } from './message-area.ts';
import { isBack } from './returned.ts';

/**
 * A panel that has just opened does not speak of calls that rang before, for this time in ms. It speaks
 * of a call that it has seen parked.
 */
const openingMs = 1_500;

/** Reports the calls that come back from a slot, and removes the message when they no longer ring. */
export class BackWatch {
  readonly #messages: MessageArea;
  readonly #known = new Set<string>();
  /** The slots in which this panel has seen our calls wait. */
  readonly #seenParked = new Set<number>();
  #openedAt = 0;

  constructor(messages: MessageArea) {
    this.#messages = messages;
  }

  start(calls: readonly CallView[]): void {
    this.#known.clear();
    this.#seenParked.clear();
    this.#openedAt = performance.now();
    this.update(calls);
  }

  update(calls: readonly CallView[]): void {
    const back = calls.filter(isBack);
    const names = new Set(back.map(({ call }) => call));
    this.#messages.removeBack(({ call }) => !names.has(call));
    for (const name of this.#known) if (!names.has(name)) this.#known.delete(name);
    for (const { state, slot } of calls) {
      if (state === 'parked' && slot !== null) this.#seenParked.add(slot);
    }
    const isOpening = performance.now() - this.#openedAt < openingMs;
    for (const call of back) {
      if (this.#known.has(call.call)) continue;
      this.#known.add(call.call);
      const isSeen = this.#seenParked.has(call.returnedFrom?.slot ?? 0);
      this.#messages.back(call, isOpening && !isSeen);
    }
  }
}
