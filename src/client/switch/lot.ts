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
  /** Which free slot a `park` without a slot takes. Default `'first'`. */
  readonly allocate?: 'first' | 'random';
  /** Which waiting call a `bridge` without a slot takes. Default `'random'`. */
  readonly bridgeAny?: 'random' | 'longest' | 'first';
  /** The same seed gives the same random choices. Default: a number from `crypto`. */
  readonly seed?: number;
}

/** An event in the lot. Each stay ends with exactly one event of the last three kinds. */
export interface LotEvent {
  readonly kind: 'parked' | 'bridged' | 'returned' | 'abandoned';
  /** The time of the event, in ms, as passed to the lot. A return happens when patience ends. */
  readonly at: number;
  readonly slot: number;
  readonly call: string;
  /** The extension that parked the call. The call returns there. */
  readonly extension: string;
  /** For `bridged`, the call that was connected with this one. Otherwise null. */
  readonly by: string | null;
}

/** A call that waits in a slot. */
export interface StallView {
  readonly slot: number;
  readonly call: string;
  readonly uuid: string;
  /** The extension that parked the call. The call returns there. */
  readonly extension: string;
  /** When the call was parked, in ms, as passed to the lot. */
  readonly parkedAt: number;
  /** When the patience of the call ends, in ms, or null if it may wait for ever. */
  readonly returnsAt: number | null;
}

/**
 * A parking lot as the switch keeps it, for demos, tests and development. `valet-park/server` puts a
 * lot behind real HTTP.
 *
 * The lot has no clock: `now` is the time in ms. A `now` before the latest one counts as the latest
 * one. Each method with `now` first returns the calls whose patience has ended by then.
 *
 * @example
 * ```ts
 * const lot = new Lot();
 * const { method, path, body } = buildRequest({ extension: '34414', call: '1-2', action: 'park' });
 * const reply = writeAnswer(lot.ask(Date.now(), readRequest(method, path, body)));
 * ```
 */
export class Lot implements Disposable {
  #handle: Handle<LotHandle> | null;

  constructor(options?: LotOptions) {
    const own = copyOptions(options);
    this.#handle = new Handle(wasm, () => new LotHandle(own));
  }

  /** Answers a question as a switch does. A refusal is an answer, too. */
  ask(now: number, question: Question): Answer {
    // The copy comes first: a getter of the question may dispose of this lot.
    const asked = copyQuestion(question);
    return this.#use((lot) => lot.ask(now, asked));
  }

  /** Removes a call because its caller hung up. Does nothing if the call does not wait. */
  hangup(now: number, call: string): void {
    this.#use((lot) => lot.hangup(now, call));
  }

  /** Returns every call whose patience has ended by `now`. */
  advance(now: number): void {
    this.#use((lot) => lot.advance(now));
  }

  /** Returns the events since the last call of this method, oldest first. */
  takeEvents(): LotEvent[] {
    return this.#use((lot) => lot.takeEvents());
  }

  /** Returns when the next call returns, in ms, or null if no call waits or all may for ever. */
  nextDeadline(): number | null {
    return this.#use((lot) => lot.nextDeadline());
  }

  /** Returns the calls that wait, in the order of their slots. */
  stalls(): StallView[] {
    return this.#use((lot) => lot.stalls());
  }

  /** Frees the memory. A second call does nothing. Every other method then throws `disposed`. */
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
