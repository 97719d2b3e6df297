import { LotHandle } from '../../../build/glue/valet_park_lot.js';
import { error } from '../error.js';
import type { Answer, Question } from '../types.js';
import { type Copy, copied, copyQuestion } from '../validate.js';
import { Handle } from '../wasm_module.js';
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
  #handle: Handle<LotHandle> | null;

  constructor(options?: LotOptions) {
    const own = copyOptions(options);
    this.#handle = new Handle(wasm, () => new LotHandle(own));
  }

  /** Answers a question as a switch does. */
  ask(now: number, question: Question): Answer {
    // The copy comes first: a getter of the question may dispose of this lot.
    const asked = copyQuestion(question);
    return this.#use((lot) => lot.ask(now, asked));
  }

  /** Takes note that a caller hung up; nothing happens if it does not wait. */
  hangup(now: number, call: string): void {
    this.#use((lot) => lot.hangup(now, call));
  }

  /** Returns every call whose patience has ended by `now`. */
  advance(now: number): void {
    this.#use((lot) => lot.advance(now));
  }

  /** What has happened since the last take, oldest first. It is kept until then. */
  takeEvents(): LotEvent[] {
    return this.#use((lot) => lot.takeEvents());
  }

  /** When `advance` next has something to do, or null. */
  nextDeadline(): number | null {
    return this.#use((lot) => lot.nextDeadline());
  }

  /** The held stalls by slot. */
  stalls(): StallView[] {
    return this.#use((lot) => lot.stalls());
  }

  /** Lets go of its memory. May be called again; everything else throws `disposed` from then on. */
  dispose(): void {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #use<R>(work: (lot: LotHandle) => R): R {
    if (!this.#handle) throw error('invalid', 'disposed', 'expected a lot that is not disposed of');
    return this.#handle.use(work);
  }
}

function copyOptions(options: LotOptions | undefined): Copy<LotOptions> {
  return copied(options, 'invalid-options', 'the options of a lot', (fields) => {
    const { slots, patienceMs, allocate, bridgeAny, seed } = fields;
    return { slots, patienceMs, allocate, bridgeAny, seed };
  });
}
