import { randomUUID } from 'node:crypto';
import { parseCallApiId } from 'valet-park';
import type { Extension } from './directory.ts';

/** The connection between an extension and the switch, for one call. A call that comes back to its
 *  extension after waiting gets a new one. */
export interface Leg {
  /** The `SubCallID` of its events. */
  readonly id: string;
  /** `in` if the telephone rang, `out` if it dialled. */
  readonly direction: 'in' | 'out';
  readonly startedAt: number;
}

/**
 * Where a call is. A state carries what exists only in it, so a parked call has no leg.
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
  /** Connected with the call that fetched it; they end together. Null for one without an extension
   *  into which others were bridged, or nobody. */
  | { readonly kind: 'bridged'; readonly since: number; readonly into: Call | null }
  | { readonly kind: 'gone'; readonly since: number };

/** One call between an extension and somebody outside. */
export interface Call {
  /** The `call_api_id`: it names the call in URLs, for as long as the call lives. */
  readonly id: string;
  /** The UUID in `id`, by which calls are compared. */
  readonly uuid: string;
  /** The `CallID` of its events; the same before and after parking. */
  readonly callId: string;
  readonly extension: Extension;
  /** Who called whom in the beginning. */
  readonly direction: 'in' | 'out';
  /** The far party's number. */
  readonly number: string;
  /** The far party's name, or the number again where no name is known. */
  readonly name: string;
  state: CallState;
  /** The calls that were bridged into this one. */
  readonly joined: Call[];
}

/** What is shown of a call: a copy that no longer changes. */
export interface PlayCall {
  /** The `call_api_id`. */
  readonly call: string;
  readonly callId: string;
  /** The id of the extension whose call it is. */
  readonly extension: string;
  readonly direction: 'in' | 'out';
  readonly state: 'ringing' | 'talking' | 'parked' | 'bridged' | 'gone';
  /** Where it waits, while it waits. */
  readonly slot: number | null;
  /** The far party. */
  readonly number: string;
  readonly name: string;
  /** When the present state began, in ms since 1970. */
  readonly since: number;
}

/** A new call, ringing. Nothing in one of its names follows from another. */
export function placeCall(
  now: number,
  direction: 'in' | 'out',
  extension: Extension,
  far: { readonly number: string; readonly name: string },
): Call {
  const id = `${NODE}-${randomUUID()}`;
  return {
    id,
    uuid: parseCallApiId(id).uuid,
    callId: hexId(),
    extension,
    direction,
    number: far.number,
    name: far.name,
    state: { kind: 'ringing', since: now, leg: newLeg(now, direction, extension) },
    joined: [],
  };
}

export function newLeg(now: number, direction: 'in' | 'out', extension: Extension): Leg {
  return { id: `${extension.id}-${hexId()}`, direction, startedAt: now };
}

/** The leg of a call that rings or talks, else `null`. */
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
  return randomUUID().replaceAll('-', '');
}

/** The switch that holds the calls: 192.168.20.220, read as one number. */
const NODE = 3_232_240_860;
