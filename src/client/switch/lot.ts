import { error } from '../error.js';
import { list } from '../row.js';
import { type Answer, answerOf, type Question } from '../types.js';
import {
  callName,
  fields,
  milliseconds,
  questionParts,
  slotCount,
  unexpected,
  word,
} from '../validate.js';
import { Handle, lost } from '../wasm_module.js';
import { wasm } from './wasm.js';

/** The size and the habits of a lot. */
export interface LotOptions {
  /** Default 9. */
  readonly slots?: number;
  /** How long a call may wait, in ms. Default 180,000; 0: for ever. */
  readonly patienceMs?: number;
  /** Where a call is parked that may be parked anywhere. Default `'first'`. */
  readonly allocate?: 'first' | 'random';
  /** Who is bridged when anybody may be. Default `'random'`. */
  readonly bridgeAny?: 'random' | 'longest' | 'first';
  /** Makes `'random'` repeatable. Default: drawn from `crypto`. */
  readonly seed?: number;
}

/** What became of a call in the lot. Exactly one of the last three kinds ends a stay. */
export interface LotEvent {
  readonly kind: 'parked' | 'bridged' | 'returned' | 'abandoned';
  /** When, on the clock whose time the lot is told; for a return, when its patience ended. */
  readonly at: number;
  readonly slot: number;
  readonly call: string;
  /** Who parked it, and so where it returns to. */
  readonly extension: string;
  /** The call it was connected with, if it was bridged. */
  readonly by: string | null;
}

/** One call's stay in one slot. */
export interface StallView {
  readonly slot: number;
  readonly call: string;
  readonly uuid: string;
  /** Who parked it, and so where it returns to. */
  readonly extension: string;
  readonly parkedAt: number;
  /** Null where a call may wait for ever. */
  readonly returnsAt: number | null;
}

/**
 * The truth: one lot, without a clock or a telephone.
 *
 * `now` is in ms and never runs backwards: an earlier one counts as the latest one seen. Each
 * method that takes it first lets run out whatever patience has ended. For demos, tests and
 * development; `valet-park/server` puts one behind real HTTP.
 */
export class Lot implements Disposable {
  #handle: Handle | null;

  constructor(options?: LotOptions) {
    const names = ['slots', 'patienceMs', 'allocate', 'bridgeAny', 'seed'] as const;
    const given = fields(options, names, 'invalid-options', 'the options of a lot');
    this.#handle = new Handle(
      wasm,
      'lot',
      slotCount(given.slots),
      Math.ceil(milliseconds(given.patienceMs ?? 180_000, 'patienceMs')),
      word(given.allocate, 'allocate', ['first', 'random']) === 'random',
      word(given.bridgeAny, 'bridgeAny', ['random', 'longest', 'first']),
      seedOf(given.seed),
    );
  }

  /** Answers a question as a switch does. */
  ask(now: number, question: Question): Answer {
    // Looked at before: a getter of the question may dispose of this lot.
    const parts = questionParts(question);
    return answerOf(this.#live.tell('ask', milliseconds(now, 'now'), ...parts));
  }

  /** Takes note that a caller hung up; nothing happens if it does not wait. */
  hangup(now: number, call: string): void {
    this.#live.tell('hangup', milliseconds(now, 'now'), callName(call));
  }

  /** Returns every call whose patience has ended by `now`. */
  advance(now: number): void {
    this.#live.tell('advance', milliseconds(now, 'now'));
  }

  /** What has happened since the last take, oldest first. It is kept until then. */
  takeEvents(): LotEvent[] {
    const next = this.#live.tell('events');
    return list(next, () => ({
      kind: next(),
      at: next(),
      slot: next(),
      call: next(),
      extension: next(),
      by: next(),
    }));
  }

  /** When `advance` next has something to do, or null. */
  nextDeadline(): number | null {
    return this.#live.tell('deadline')();
  }

  /** The held stalls by slot. */
  stalls(): StallView[] {
    const next = this.#live.tell('stalls');
    return list(next, () => ({
      slot: next(),
      call: next(),
      uuid: next(),
      extension: next(),
      parkedAt: next(),
      returnsAt: next(),
    }));
  }

  /** Lets go of its memory. May be called again; everything else throws `disposed` from then on. */
  dispose(): void {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The machine, if it can still be used: asked first, whatever it is going to be asked. */
  get #live(): Handle {
    if (!this.#handle) throw error('invalid', 'disposed', 'expected a lot that is not disposed of');
    if (!this.#handle.isAlive) throw lost();
    return this.#handle;
  }
}

function seedOf(seed: unknown): number | undefined {
  if (seed == null) return undefined;
  if (Number.isFinite(seed)) return seed as number;
  throw unexpected('invalid-options', '`seed` to be a number', seed);
}
