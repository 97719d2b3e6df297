import { core } from './core.js';

/** What befell a call: one event of those an extension can subscribe to. */
export interface CallEvent {
  /** `dial-in`, `dial-out`, `answer`, `hangup`, or any other word. */
  readonly type: string;
  /** The full name of the call (`CallAPIID`). */
  readonly call: string | null;
  /** The thread of the call (`CallID`); stays the same when a call is forwarded or returned. */
  readonly callId: string | null;
  /** One leg of the call (`SubCallID`). */
  readonly legId: string | null;
  /** The numeric id of the extension whose event this is. */
  readonly extension: string | null;
  readonly direction: 'in' | 'out' | null;
  /** How it stands (`CallStatus`), as the switch words it. */
  readonly status: string | null;
  readonly caller: Party | null;
  readonly called: Party | null;
  /** When it happened, in ms since 1970 on the switch's clock. */
  readonly at: number | null;
  readonly durationMs: number | null;
  /** Every field as it came. */
  readonly raw: Readonly<Record<string, string>>;
}

/** One end of a call, as far as it is known. A name is any text at all, never markup. */
export interface Party {
  readonly number: string | null;
  readonly name: string | null;
  readonly extension: string | null;
}

/** The forms in which a call event comes: a query string, a form body, or its fields. */
export type CallEventSource = string | URLSearchParams | Readonly<Record<string, string>>;

/**
 * Reads a call event.
 *
 * Throws `invalid-event` where there is no `EventType`; everything else may be missing or odd, and
 * is then null.
 */
export function parseCallEvent(source: CallEventSource): CallEvent {
  const given = readFields(source);
  return core((glue) => glue.parseCallEvent(given));
}

/**
 * Fields as the core takes them: a text as it is, and an object as pairs, which the core looks at.
 * An object that throws when it is read is none.
 */
export function readFields(source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return source;
  try {
    return Symbol.iterator in source ? [...(source as Iterable<unknown>)] : Object.entries(source);
  } catch {
    return 'unreadable';
  }
}
