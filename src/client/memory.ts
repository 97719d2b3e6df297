import type { Clock } from './clock.js';
import { tried } from './host.js';
import { fieldsOf } from './tab_words.js';

/** A message that the core wrote and can read again. */
interface Kept {
  readonly kind: string;
  readonly data: string;
}

/** The core, as the memory uses it. */
export interface MemoryHost {
  /** Returns the own parks as messages. */
  remember(): readonly Kept[];
  /** Takes in a message that `remember` returned `age` ms ago. */
  recall(kind: string, data: string, age: number): void;
}

/** The version of the stored text. A page with another version stores under another name. */
const VERSION = 1;
/** The largest number of messages, and of characters of the stored text. */
const MOST_MESSAGES = 128;
const LONGEST_TEXT = 65_536;

/**
 * Keeps in `sessionStorage` what this tab parked, so that a reload does not lose it.
 *
 * The browser deletes the text when the tab is closed. A browser may refuse the storage. Then
 * nothing is kept.
 */
export class Memory {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #host: MemoryHost;
  #slots: unknown = null;
  #isStored = false;

  constructor(name: string, clock: Clock, host: MemoryHost) {
    this.#name = `valet-park ${VERSION} ${name}`;
    this.#clock = clock;
    this.#host = host;
  }

  /** Passes to the core what the tab knew before the reload. Removes a text that makes no sense. */
  recall(): void {
    const text = tried(() => sessionStorage.getItem(this.#name));
    if (typeof text !== 'string') return;
    this.#isStored = true;
    const { at, kept } = fieldsOf(tried(() => JSON.parse(text) as unknown));
    const age = this.#clock.now() - Number(at);
    if (!(age >= 0) || !Array.isArray(kept)) return this.forget();
    for (const one of kept.slice(0, MOST_MESSAGES) as unknown[]) {
      const { kind, data } = fieldsOf(one);
      if (typeof kind === 'string' && typeof data === 'string') {
        tried(() => this.#host.recall(kind, data, age));
      }
    }
  }

  /** Stores the own parks, if `slots` is another object than the last time. */
  keep(slots: unknown): void {
    if (slots === this.#slots) return;
    this.#slots = slots;
    const messages = tried(() => this.#host.remember()) ?? [];
    const kept = messages.slice(0, MOST_MESSAGES).map(({ kind, data }) => ({ kind, data }));
    const text = JSON.stringify({ at: this.#clock.now(), kept });
    if (kept.length === 0 || text.length > LONGEST_TEXT) return this.forget();
    this.#isStored = true;
    tried(() => sessionStorage.setItem(this.#name, text));
  }

  /** Removes the stored text. */
  forget(): void {
    if (this.#isStored) tried(() => sessionStorage.removeItem(this.#name));
    this.#isStored = false;
  }
}

/** True if the host keeps texts for one tab. */
export function hasMemory(): boolean {
  return tried(() => typeof document === 'object' && typeof sessionStorage === 'object') ?? false;
}
