import type { Question } from 'valet-park';
import type { Reply } from '../http/reply.ts';

/** The latest answer of the switch about one slot, or about the free slots. */
interface Observation {
  readonly reply: Reply;
  /** The message of the feed about the answer. */
  readonly message: string;
  /** When the answer arrived, in ms. */
  readonly at: number;
}

/** The parts of a relay that `Observations` uses. */
export interface ObservationParts {
  /** Returns the time in ms. */
  readonly now: () => number;
  /** True if the asker's view of a slot is confirmed. Without a slot: the view of every slot. */
  readonly isCurrent: (slot: number | undefined) => boolean;
}

/**
 * The latest answer about each slot.
 *
 * Thousands of panels may ask the same in the background. They get the latest answer with its age, so
 * the number of requests to the switch does not depend on the number of panels.
 */
export class Observations {
  readonly #parts: ObservationParts;
  /** The latest answers are last. The key 0 is the list of free slots. */
  readonly #answers = new Map<number, Observation>();

  constructor(parts: ObservationParts) {
    this.#parts = parts;
  }

  /** Keeps the answer to a question about slots. */
  keep({ slot = 0 }: Question, reply: Reply, message: string): void {
    this.#answers.delete(slot);
    this.#answers.set(slot, { reply, message, at: this.#parts.now() });
  }

  /** Forgets what a command may have changed. Without a slot it may have changed every slot. */
  forget(slot: number | undefined): void {
    if (slot === undefined) this.#answers.clear();
    else for (const key of [slot, 0]) this.#answers.delete(key);
  }

  /** Returns the latest answer with its `Age`. Null if the answer is missing or too old. */
  answerTo({ slot = 0 }: Question): Reply | null {
    const known = this.#answers.get(slot);
    if (known === undefined || !this.#isUsable(slot, known)) return null;
    const { reply, at } = known;
    const age = Math.ceil((this.#parts.now() - at) / 1_000);
    return { ...reply, headers: { ...reply.headers, Age: String(age) } };
  }

  /** True if the latest answer about this slot, or about the free slots, still counts. */
  hasSlot(slot: number): boolean {
    return [slot, 0].some((key) => {
      const known = this.#answers.get(key);
      return known !== undefined && this.#isUsable(key, known);
    });
  }

  /** The messages about what is known now, newest first. */
  messages(): string[] {
    const usable = [...this.#answers].filter(([slot, known]) => this.#isUsable(slot, known));
    return usable.map(([, { message }]) => message).reverse();
  }

  #isUsable(slot: number, { at }: Observation): boolean {
    const ageMs = this.#parts.now() - at;
    if (ageMs <= YOUNG_MS) return true;
    return ageMs <= LONGEST_AGE_MS && this.#parts.isCurrent(slot === 0 ? undefined : slot);
  }
}

/**
 * An answer that is not older is used in any case. This is twice the time in which the asker asks about
 * every slot, if the budget allows.
 */
const YOUNG_MS = 12_000;
/** An older answer is never used. */
const LONGEST_AGE_MS = 300_000;
