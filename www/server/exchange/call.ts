import { parseCallApiId } from 'valet-park';
import type { Extension } from './directory.ts';
import { randomUuid } from '../random-uuid.ts';
import { SwitchError } from './switch-error.ts';

/**
 * The connection between an extension and the switch, for one call. A call that returns to its
 * extension gets a new leg.
 */
export interface Leg {
  /** The `SubCallID` of its events. */
  readonly id: string;
  /** `in` if the telephone rang, `out` if it dialled. */
  readonly direction: 'in' | 'out';
  readonly startedAt: number;
}

/**
 * The state of a call. Each state has its own fields: a parked call has a slot, and no leg.
 *
 * ```text
 *   ring, dial ──> ringing ──answer──> talking ──park──> parked ──bridge──> bridged
 *                     ^                                    │
 *                     └────────── patience is over ────────┘      hang-up, anywhere ──> gone
 * ```
 */
export type CallState =
  | { readonly kind: 'ringing'; readonly since: number; readonly leg: Leg }
  | { readonly kind: 'talking'; readonly since: number; readonly leg: Leg }
  | { readonly kind: 'parked'; readonly since: number; readonly slot: number }
  /**
   * Connected with the call `into`, and both end together. `into` is null for a call that has lost
   * its extension: other calls may be bridged into it.
   */
  | { readonly kind: 'bridged'; readonly since: number; readonly into: Call | null }
  | { readonly kind: 'gone'; readonly since: number };

/** One call between an extension and a party outside. */
export interface Call {
  /** The `call_api_id`. It names the call in URLs and never changes. */
  readonly id: string;
  /** The UUID in `id`. Calls are compared by it. */
  readonly uuid: string;
  /** The `CallID` of its events. It is the same before and after parking. */
  readonly callId: string;
  readonly extension: Extension;
  /** `in` if the party outside placed the call, `out` if the extension did. */
  readonly direction: 'in' | 'out';
  /** The number of the party outside. A pick-up has the number of its slot until it is connected. */
  number: string;
  /** The name of the party outside, or the number if no name is known. */
  name: string;
  /** The slot that this call picks up from. Null for every other call. */
  readonly pickUp: number | null;
  /** The id of the callback that this call belongs to. Null for every other call. */
  readonly callback: string | null;
  /** The other call of a callback. The two are connected. Null for every other call. */
  far: Call | null;
  state: CallState;
  /** The calls that were bridged into this one. */
  readonly joined: Call[];
}

/** A call, as `Exchange` and `/play` return it. The object does not change later. */
export interface PlayCall {
  /** The `call_api_id`. */
  readonly call: string;
  readonly callId: string;
  /** The id of the extension. */
  readonly extension: string;
  readonly direction: 'in' | 'out';
  readonly state: 'ringing' | 'talking' | 'parked' | 'bridged' | 'gone';
  /** The slot of a parked call, else null. */
  readonly slot: number | null;
  /** The number of the party outside. */
  readonly number: string;
  readonly name: string;
  /** When the state began, in ms since 1970. */
  readonly since: number;
}

/**
 * Creates a ringing call. Its three ids are independent, as on a real switch, unless `more` has a
 * `callId`.
 */
export function placeCall(
  now: number,
  direction: 'in' | 'out',
  extension: Extension,
  far: { readonly number: string; readonly name: string },
  more: Partial<Pick<Call, 'callId' | 'pickUp' | 'callback'>> = {},
): Call {
  const id = `${NODE}-${randomUuid()}`;
  return {
    id,
    uuid: parseCallApiId(id).uuid,
    callId: more.callId ?? hexId(),
    extension,
    direction,
    number: far.number,
    name: far.name,
    pickUp: more.pickUp ?? null,
    callback: more.callback ?? null,
    far: null,
    state: { kind: 'ringing', since: now, leg: newLeg(now, direction, extension) },
    joined: [],
  };
}

/** @throws SwitchError `invalid` if the number or the name of a party outside is too long. */
export function checkFar({
  number,
  name,
}: {
  readonly number: string;
  readonly name: string;
}): void {
  checkText('number', number, 1);
  checkText('name', name, 0);
}

export function newLeg(now: number, direction: 'in' | 'out', extension: Extension): Leg {
  return { id: `${extension.id}-${hexId()}`, direction, startedAt: now };
}

/** Returns the leg of a call that rings or talks, else null. */
export function legOf(call: Call): Leg | null {
  return 'leg' in call.state ? call.state.leg : null;
}

export function showCall(call: Call): PlayCall {
  return {
    call: call.id,
    callId: call.callId,
    extension: call.extension.id,
    direction: call.direction,
    state: call.state.kind,
    slot: call.state.kind === 'parked' ? call.state.slot : null,
    number: call.number,
    name: call.name,
    since: call.state.since,
  };
}

function hexId(): string {
  return randomUuid({ isPlain: true });
}

function checkText(what: string, text: string, shortest: number): void {
  if (typeof text === 'string' && text.length >= shortest && text.length <= MAX_TEXT) return;
  throw new SwitchError(
    'invalid',
    `the ${what} is a text of ${shortest} to ${MAX_TEXT} characters`,
  );
}

/** The longest number or name, in characters. A limit protects the memory. */
const MAX_TEXT = 256;

/** The address of the switch, 192.168.20.220, as one number. */
const NODE = 3_232_240_860;
