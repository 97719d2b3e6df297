import { tried } from './host.js';
import type { RefusalCode } from './types.js';

/**
 * Why something was not done, in a word that never changes.
 *
 * Besides what a lot may refuse: `invalid-…` was asked wrongly; `not-loaded` and `disposed` came
 * too early and too late; `aborted` was called off; `unreachable`, `timed-out` and `server-error`
 * happened on the way; `unclear` made no sense; `no-live-call` had nothing to ask with. After a
 * `bridge`, `asker-parked` says that the call waits in the slot and is connected with nobody. After
 * a `park`, `not-there` says that the call is not in its slot. `lost` means that the core failed and
 * was replaced.
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

/** The fields of an error. The core throws them, and a `ValetError` is made of them. */
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

/** Marks our errors across copies of the package and across realms, where `instanceof` fails. */
const mark = Symbol.for('valet-park.error');

/**
 * Everything this package throws or rejects with.
 *
 * Branch on `code`; show a text of your own for it; log `message`. Before an action is repeated,
 * `outcome` says whether it was done after all.
 */
export class ValetError extends Error {
  /** Why, in a word. */
  declare readonly code: ErrorCode;
  /** Whose doing it is: the caller's, the lot's, the network's, the switch's, or ours. */
  declare readonly kind: 'invalid' | 'refusal' | 'failure' | 'unclear' | 'bug';
  /** Whether the thing asked for was done. */
  declare readonly outcome: 'not-done' | 'done' | 'unknown';
  /** Whether the very same request may succeed later. */
  declare readonly retryable: boolean;
  /** The slot it is about, from 1, or null. */
  declare readonly slot: number | null;
  /** The HTTP status it came with, or null. */
  declare readonly status: number | null;
  /** When to try again at the earliest, in ms from now, or null. */
  declare readonly retryAfterMs: number | null;

  /** Made by this package. */
  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    // An application that makes one of its own may pass anything.
    const { message, ...known } = tried(() => ({ ...details })) ?? ({} as Partial<ErrorDetails>);
    const cause: unknown = tried(() => options?.cause);
    super(typeof message === 'string' ? message : '', cause === undefined ? {} : { cause });
    this.name = 'ValetError';
    Object.assign(this, known);
    Object.defineProperty(this, mark, { value: true });
  }

  /**
   * Makes `instanceof ValetError` true for the errors of every copy of this class. The entry points
   * `valet-park` and `valet-park/lot` have a copy each.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ValetError
      ? isValetError(value)
      : Object.prototype.isPrototypeOf.call(this.prototype, value as object);
  }
}

/** True for a `ValetError`, also for one of another copy of the package. */
export function isValetError(value: unknown): value is ValetError {
  if (typeof value !== 'object' || value === null) return false;
  return tried(() => mark in value) ?? false;
}

/** An error that does not come from the core, with nothing done. */
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
