import type { CallView } from 'valet-park';
import type { MessageArea } from './message-area.ts';
import { isBack } from './returned.ts';

/** A panel that has just opened does not speak of calls that rang before, for this time in ms. */
const openingMs = 1_500;

/** Reports the calls that come back from a slot, and removes the message when they no longer ring. */
export class BackWatch {
  readonly #messages: MessageArea;
  readonly #known = new Set<string>();
  #openedAt = 0;

  constructor(messages: MessageArea) {
    this.#messages = messages;
  }

  start(calls: readonly CallView[]): void {
    this.#known.clear();
    this.#openedAt = performance.now();
    this.update(calls);
  }

  update(calls: readonly CallView[]): void {
    const back = calls.filter(isBack);
    const names = new Set(back.map(({ call }) => call));
    this.#messages.removeBack(({ call }) => !names.has(call));
    for (const name of this.#known) if (!names.has(name)) this.#known.delete(name);
    const isSilent = performance.now() - this.#openedAt < openingMs;
    for (const call of back) {
      if (this.#known.has(call.call)) continue;
      this.#known.add(call.call);
      this.#messages.back(call, isSilent);
    }
  }
}
