import * as core from '../../build/glue/valet_park.js';
import { tried } from './host.js';
import { flatTexts } from './validate.js';
import { wasm } from './wasm.js';

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
  const event = eventInput(source);
  const { raw, ...fields } = wasm.run(() => core.parseCallEvent(event));
  return { ...fields, raw: Object.fromEntries(raw) };
}

/** A call event as the core takes it: a form as one text, or names and values in turn. */
export type EventInput = string | string[];

/** Returns a call event as the core takes it. Throws `invalid-event` for what cannot be one. */
export function eventInput(source: unknown): EventInput {
  if (typeof source === 'string') return source;
  const expected = 'a call event as a query string, URLSearchParams or an object of texts';
  return flatTexts(source, 'invalid-event', expected);
}

/** Does the same for what `track` takes. An event that `parseCallEvent` returned counts as its
 *  `raw`. */
export function trackedInput(event: unknown): EventInput {
  const isObject = typeof event === 'object' && event !== null;
  const raw = isObject ? tried(() => 'raw' in event && event.raw) : undefined;
  return eventInput(typeof raw === 'object' && raw !== null ? raw : event);
}

/** Returns a call event as a form. */
export function eventForm(event: EventInput): string {
  if (typeof event === 'string') return event;
  const form = new URLSearchParams();
  for (let at = 0; at < event.length; at += 2) form.append(event[at] ?? '', event[at + 1] ?? '');
  return form.toString();
}
