import { ask } from './wasm.js';
import { tried } from './host.js';
import { flatTexts } from './validate.js';
import { type Next, texts } from './row.js';

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
  const next = ask('event', ...eventTexts(source));
  return {
    type: next(),
    call: next(),
    callId: next(),
    legId: next(),
    extension: next(),
    direction: next(),
    status: next(),
    caller: party(next),
    called: party(next),
    at: next(),
    durationMs: next(),
    raw: texts(next),
  };
}

/** Reads one end of a call, or null where nothing is known of it. */
export function party(next: Next): Party | null {
  return next<boolean>() ? { number: next(), name: next(), extension: next() } : null;
}

/** What the core takes for an event: one text, or names and values in turn. */
export function eventTexts(source: unknown): string[] {
  if (typeof source === 'string') return [source];
  const expected = 'a call event as a query string, URLSearchParams or an object of texts';
  return flatTexts(source, 'invalid-event', expected);
}

/** The same for what `track` takes: an event that `parseCallEvent` returned counts as its `raw`. */
export function trackedTexts(event: unknown): string[] {
  const isObject = typeof event === 'object' && event !== null;
  const raw = isObject ? tried(() => 'raw' in event && event.raw) : undefined;
  return eventTexts(typeof raw === 'object' && raw !== null ? raw : event);
}

/** An event as one text, out of what the core takes for one. */
export function eventForm(texts: readonly string[]): string {
  const [first = ''] = texts;
  if (texts.length < 2) return first;
  const form = new URLSearchParams();
  for (let at = 0; at < texts.length; at += 2) form.append(texts[at] ?? '', texts[at + 1] ?? '');
  return form.toString();
}
