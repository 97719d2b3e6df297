import { tried } from './host.js';
import type { RefusalCode } from './types.js';

/**
 * The reason of an error, as a code that never changes.
 *
 * - A `RefusalCode`: the switch refused the question.
 * - `invalid-…`: the program passed a wrong value. The message says what would be right.
 * - `not-loaded`: the WebAssembly is not loaded or cannot be loaded. The message says what to do.
 * - `disposed`: the object was used after `dispose`.
 * - `aborted`: the `signal` of the command was aborted.
 * - `unreachable`: the switch cannot be reached.
 * - `timed-out`: no answer arrived within `timeoutMs`.
 * - `server-error`: the switch answered with status 500 or higher.
 * - `unclear`: the client cannot be sure what the answer means.
 * - `no-live-call`: no call is live, and every question must name a live call.
 * - `asker-parked`: after a `bridge`, the call itself waits in the slot and is not connected.
 * - `not-there`: after a `park`, the call is not in the slot.
 * - `no-notes`: the server has not announced that it keeps notes.
 * - `no-pick-up`: neither the server nor the option `pickUp` can connect the telephone.
 * - `no-answer`: the telephone of the extension rang for a pick-up and was not answered.
 * - `lost`: the core failed and was replaced. This is a bug of the package.
 */
export type ErrorCode =
  | RefusalCode
  | 'invalid-slot'
  | 'invalid-call'
  | 'invalid-extension'
  | 'invalid-action'
  | 'invalid-options'
  | 'invalid-event'
  | 'not-loaded'
  | 'disposed'
  | 'aborted'
  | 'unreachable'
  | 'timed-out'
  | 'server-error'
  | 'unclear'
  | 'no-live-call'
  | 'asker-parked'
  | 'not-there'
  | 'no-notes'
  | 'no-pick-up'
  | 'no-answer'
  | 'lost';

/** The fields of a `ValetError`. The core throws an object with these fields. */
export interface ErrorDetails {
  readonly code: ErrorCode;
  readonly kind: ValetError['kind'];
  readonly outcome: ValetError['outcome'];
  readonly message: string;
  readonly retryable: boolean;
  readonly slot: number | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
}

/** Marks the errors of all copies of the package and of all realms. `instanceof` cannot. */
const mark = Symbol.for('valet-park.error');

/**
 * The error class of this package. Everything that it throws or rejects with is a `ValetError`.
 *
 * Branch on `code`, show your own text for it, and log `message`. Look at `outcome` before you
 * repeat a command: the switch may have carried it out.
 */
export class ValetError extends Error {
  /** The reason, as a code. */
  declare readonly code: ErrorCode;
  /**
   * The cause of the error.
   *
   * - `invalid`: a mistake of the program that uses this package.
   * - `refusal`: the switch refused the question.
   * - `failure`: the network, a timeout or a failure of the switch.
   * - `unclear`: an answer that the client does not understand with certainty.
   * - `bug`: a mistake of this package.
   */
  declare readonly kind: 'invalid' | 'refusal' | 'failure' | 'unclear' | 'bug';
  /** Whether the switch has carried out the command. */
  declare readonly outcome: 'not-done' | 'done' | 'unknown';
  /** True if the same request may succeed later. */
  declare readonly retryable: boolean;
  /** The slot that the error is about, from 1. Null if it is not about one slot. */
  declare readonly slot: number | null;
  /** The HTTP status of the answer. Null if there was no answer. */
  declare readonly status: number | null;
  /** How long to wait before the next attempt, in ms. Null if the switch did not say. */
  declare readonly retryAfterMs: number | null;

  /** Only this package creates errors of this class. */
  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    // An application that calls this constructor may pass any value.
    const { message, ...known } = tried(() => ({ ...details })) ?? ({} as Partial<ErrorDetails>);
    const cause: unknown = tried(() => options?.cause);
    super(typeof message === 'string' ? message : '', cause === undefined ? {} : { cause });
    this.name = 'ValetError';
    Object.assign(this, known);
    Object.defineProperty(this, mark, { value: true });
  }

  /**
   * Makes `instanceof ValetError` true for the errors of every copy of this class. The entry points
   * `valet-park` and `valet-park/lot` contain one copy each.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ValetError
      ? isValetError(value)
      : Object.prototype.isPrototypeOf.call(this.prototype, value as object);
  }
}

/**
 * Returns true for a `ValetError`, also for one of another copy of the package.
 *
 * @example
 * ```ts
 * try {
 *   await park.park(call, { slot: 6 });
 * } catch (error) {
 *   if (!isValetError(error)) throw error;
 *   console.log(error.code, error.outcome); // taken not-done
 * }
 * ```
 */
export function isValetError(value: unknown): value is ValetError {
  if (typeof value !== 'object' || value === null) return false;
  return tried(() => mark in value) ?? false;
}

/** Creates an error outside the core. The default of `outcome` is `not-done`. */
export function error(
  kind: ValetError['kind'],
  code: ErrorCode,
  message: string,
  more: Partial<ErrorDetails> & { cause?: unknown } = {},
): ValetError {
  const { cause, ...known } = more;
  const nothing = { retryable: false, slot: null, status: null, retryAfterMs: null };
  const details = { ...nothing, outcome: 'not-done' as const, ...known, kind, code, message };
  return new ValetError(details, cause === undefined ? {} : { cause });
}
