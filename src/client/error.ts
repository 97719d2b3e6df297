import { tried } from './host.js';
import type { RefusalCode } from './types.js';

/**
 * The reason of an error, in a word that never changes.
 *
 * - The codes of `RefusalCode`: the switch refused the request.
 * - `invalid-…`: an argument, an option or an event is wrong.
 * - `not-loaded`: the WebAssembly was not loaded. `disposed`: the object is disposed.
 * - `aborted`: the program aborted the command with its signal.
 * - `unreachable`, `timed-out`, `server-error`: the request or its answer got lost, or the server
 *   failed.
 * - `unclear`: the answer makes no sense.
 * - `no-live-call`: a question needs a live call, and the extension has none.
 * - `asker-parked`: after a `bridge`, the call waits in the slot and is not connected.
 * - `not-there`: after a `park`, the call is not in its slot.
 * - `lost`: the core failed and was replaced.
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
  | 'lost';

/** The fields of an error. The core throws them, and a `ValetError` contains them. */
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

/** Marks a `ValetError`, also of another copy of the package or of another realm. */
const mark = Symbol.for('valet-park.error');

/**
 * The error of this package. Everything that the package throws or rejects with is one.
 *
 * Branch on `code`, show your own text for each code, and log `message`. Look at `outcome` before
 * you repeat a command.
 */
export class ValetError extends Error {
  /** The reason, in a word. */
  declare readonly code: ErrorCode;
  /**
   * The cause: `invalid` is a mistake of the program, `refusal` a refusal of the switch, `failure`
   * a failure of the network or the server, `unclear` a senseless answer, `bug` a bug of this
   * package.
   */
  declare readonly kind: 'invalid' | 'refusal' | 'failure' | 'unclear' | 'bug';
  /** Whether the command was done. */
  declare readonly outcome: 'not-done' | 'done' | 'unknown';
  /** True if the same request may succeed later. */
  declare readonly retryable: boolean;
  /** The slot of the error, from 1, or null. */
  declare readonly slot: number | null;
  /** The HTTP status of the answer, or null. */
  declare readonly status: number | null;
  /** The shortest time before the next try, in ms, or null. */
  declare readonly retryAfterMs: number | null;

  /** For this package. An application does not create errors. */
  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    // An application that creates an error all the same may pass anything.
    const { message, ...known } = tried(() => ({ ...details })) ?? ({} as Partial<ErrorDetails>);
    const cause: unknown = tried(() => options?.cause);
    super(typeof message === 'string' ? message : '', cause === undefined ? {} : { cause });
    this.name = 'ValetError';
    Object.assign(this, known);
    Object.defineProperty(this, mark, { value: true });
  }

  /**
   * Makes `instanceof ValetError` true for the errors of every copy of this class. `valet-park` and
   * `valet-park/lot` contain one copy each.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ValetError
      ? isValetError(value)
      : Object.prototype.isPrototypeOf.call(this.prototype, value as object);
  }
}

/** Returns true for a `ValetError`, also of another copy of the package. */
export function isValetError(value: unknown): value is ValetError {
  if (typeof value !== 'object' || value === null) return false;
  return tried(() => mark in value) ?? false;
}

/** Creates an error outside of the core. By default its outcome is `not-done`. */
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
