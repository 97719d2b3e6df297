import { LotHandle } from '../../../build/glue/valet_park_lot.js';
import { error } from '../error.js';
import type { Answer, Question } from '../types.js';
import { type Copy, copied, copyQuestion } from '../validate.js';
import { Handle } from '../wasm_module.js';
import { wasm } from './wasm.js';

/** The options of a `Lot`. */
export interface LotOptions {
  /** How many slots the lot has. Default 9. */
  readonly slots?: number;
  /** How long a call may wait, in ms. Default 180,000. With 0 a call may wait for ever. */
  readonly patienceMs?: number;
  /** Which free slot a `park` without a slot takes. Default `'first'`: the lowest. */
  readonly allocate?: 'first' | 'random';
  /**
   * Which waiting call a `bridge` without a slot takes. Default `'random'`. `'first'`: the call in
   * the lowest slot.
   */
  readonly bridgeAny?: 'random' | 'longest' | 'first';
  /** The same seed gives the same random choices. Default: a number from `crypto`. */
  readonly seed?: number;
}

/** An event of a call in the lot. */
export interface LotEvent {
  /**
   * `parked`: the call entered the slot. `bridged`: the call was connected with another call.
   * `returned`: the time of the call was over, and it returns to its extension. `abandoned`: the
   * caller hung up. Each stay ends with exactly one event of the last three kinds.
   */
  readonly kind: 'parked' | 'bridged' | 'returned' | 'abandoned';
  /**
   * The time of the event, in ms on the clock of `now`. For `returned`: when the patience ended.
   */
  readonly at: number;
  /** The slot, from 1. */
  readonly slot: number;
  /** The `call_api_id` of the parked call. */
  readonly call: string;
  /** The extension that parked the call. The call returns there. */
  readonly extension: string;
  /** The call that was connected with this one. Null unless the kind is `bridged`. */
  readonly by: string | null;
}

/** A call that waits in a slot. */
export interface StallView {
  /** The slot, from 1. */
  readonly slot: number;
  /** The `call_api_id` of the call. */
  readonly call: string;
  /** The UUID with which the slot answers. */
  readonly uuid: string;
  /** The extension that parked the call. The call returns there. */
  readonly extension: string;
  /** When the call was parked, in ms on the clock of `now`. */
  readonly parkedAt: number;
  /** When the call returns, in ms on the clock of `now`. Null if it may wait for ever. */
  readonly returnsAt: number | null;
}

/**
 * A parking lot as a switch keeps it, for demos, tests and development. `valet-park/server` puts a
 * lot behind real HTTP.
 *
 * The lot has no clock. Pass the time in ms as `now`. A `now` before the latest one counts as the
 * latest one. Each method with `now` first moves the time: calls whose patience has ended return.
 * Methods throw a `ValetError`: kind `invalid` for a wrong argument, `disposed` after `dispose`.
 *
 * @example
 * ```ts
 * import { init, Lot } from 'valet-park/lot';
 *
 * await init();
 * const lot = new Lot({ slots: 9 });
 * const [extension, call] = ['34414', '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0'];
 * const answer = lot.ask(Date.now(), { extension, call, action: 'park', slot: 6 });
 * console.log(answer.kind, lot.stalls().length); // parked 1
 * ```
 */
export class Lot implements Disposable {
  #handle: Handle<LotHandle> | null;

  /** Creates a lot in which no call waits. Throws `not-loaded` in a browser before `init`. */
  constructor(options?: LotOptions) {
    const own = copyOptions(options);
    this.#handle = new Handle(wasm, () => new LotHandle(own));
  }

  /** Answers a question as a switch does. A refusal is an answer, too. */
  ask(now: number, question: Question): Answer {
    // The copy comes first, because a getter of the question may dispose this lot.
    const asked = copyQuestion(question);
    return this.#use((lot) => lot.ask(now, asked));
  }

  /** Removes a call because its caller hung up. Does nothing if the call does not wait. */
  hangup(now: number, call: string): void {
    this.#use((lot) => lot.hangup(now, call));
  }

  /** Moves the time to `now`. Calls whose patience has ended return to their extensions. */
  advance(now: number): void {
    this.#use((lot) => lot.advance(now));
  }

  /** Takes the events since the last time, oldest first. The lot keeps them until then. */
  takeEvents(): LotEvent[] {
    return this.#use((lot) => lot.takeEvents());
  }

  /**
   * Returns when the next call returns, in ms on the clock of `now`. Null if no call waits, or if
   * calls may wait for ever. Call `advance` at that time.
   */
  nextDeadline(): number | null {
    return this.#use((lot) => lot.nextDeadline());
  }

  /** Returns the waiting calls, in the order of their slots. */
  stalls(): StallView[] {
    return this.#use((lot) => lot.stalls());
  }

  /**
   * Frees the memory. Every other method throws `disposed` after that. A second call does nothing.
   */
  dispose(): void {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #use<R>(work: (lot: LotHandle) => R): R {
    if (!this.#handle)
      throw error('invalid', 'disposed', 'this lot is disposed; create another one');
    return this.#handle.use(work);
  }
}

function copyOptions(options: LotOptions | undefined): Copy<LotOptions> {
  return copied(options, 'invalid-options', 'the options of a lot', (fields) => {
    const { slots, patienceMs, allocate, bridgeAny, seed } = fields;
    return { slots, patienceMs, allocate, bridgeAny, seed };
  });
}
