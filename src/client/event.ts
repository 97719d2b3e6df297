import * as core from '../../build/glue/valet_park.js';
import { tried } from './host.js';
import { flatTexts } from './validate.js';
import { wasm } from './wasm.js';

/** A call event. The switch sends one when a call rings, is answered or ends. */
export interface CallEvent {
  /**
   * `dial-in`: the extension rings. `dial-out`: the extension dials. `answer`: the call is
   * answered. `hangup`: the call ended at this extension, also because of a `park`. Other words are
   * possible.
   */
  readonly type: string;
  /** The `call_api_id` of the call (`CallAPIID`). Null if it is missing or cannot be used. */
  readonly call: string | null;
  /** The thread of the call (`CallID`). It stays the same when a call is forwarded or returns. */
  readonly callId: string | null;
  /** One leg of the call (`SubCallID`). */
  readonly legId: string | null;
  /**
   * The SIP Call-ID of the leg (`SipCallID` or `variable_sip_call_id`). The documented events do not
   * contain it, but a server may add it.
   */
  readonly sipCallId: string | null;
  /** The numeric id of the extension that this event belongs to. */
  readonly extension: string | null;
  /** `in`: the extension is called. `out`: the extension calls (`CallFlow`). */
  readonly direction: 'in' | 'out' | null;
  /** The state of the call in the words of the switch (`CallStatus`), for example `ANSWER`. */
  readonly status: string | null;
  /** The end that placed the call. */
  readonly caller: Party | null;
  /** The end that is called. */
  readonly called: Party | null;
  /** The time of the event, in ms since 1970 on the clock of the switch (`EventTime`). */
  readonly at: number | null;
  /** The length of the call, in ms (`Duration`). */
  readonly durationMs: number | null;
  /** All fields as they came. */
  readonly raw: Readonly<Record<string, string>>;
}

/** One end of a call. A field is null if it is not known. */
export interface Party {
  /** The telephone number, as the switch writes it. */
  readonly number: string | null;
  /** The name. A stranger may choose this text, so show it as text and never as HTML. */
  readonly name: string | null;
  /** The extension, if this end is a telephone of the switch. */
  readonly extension: string | null;
}

/** The forms of a call event: a query string, a form body, or an object of fields. */
export type CallEventSource = string | URLSearchParams | Readonly<Record<string, string>>;

/**
 * Reads a call event. Fields that are missing or cannot be read are null.
 *
 * Throws `invalid-event` if the field `EventType` is missing.
 *
 * @example
 * ```ts
 * const { type, caller } = parseCallEvent('EventType=dial-in&CallerIDNum=100&CallFlow=in');
 * console.log(type, caller?.number); // dial-in 100
 * ```
 */
export function parseCallEvent(source: CallEventSource): CallEvent {
  const event = eventInput(source);
  const { raw, ...fields } = wasm.run(() => core.parseCallEvent(event));
  return { ...fields, raw: Object.fromEntries(raw) };
}

/** A call event as the core takes it: a form as one text, or names and values in turn. */
export type EventInput = string | string[];

/**
 * Returns a call event as the core takes it. Throws `invalid-event` for a value of another type.
 */
export function eventInput(source: unknown): EventInput {
  if (typeof source === 'string') return source;
  const expected = 'a call event as a query string, URLSearchParams or an object of texts';
  return flatTexts(source, 'invalid-event', expected);
}

/**
 * Returns an event that was passed to `track` as the core takes it. For an event that
 * `parseCallEvent` returned, this uses the field `raw`.
 */
export function trackedInput(event: unknown): EventInput {
  const isObject = typeof event === 'object' && event !== null;
  const raw = isObject ? tried(() => 'raw' in event && event.raw) : undefined;
  return eventInput(typeof raw === 'object' && raw !== null ? raw : event);
}
