import { uuidOf } from '../call-uuid.ts';
import type { PickUpAnswer } from '../http/pick-up.ts';
import type { CallbackIds } from './callback.ts';

/** A pick-up that is under way. */
export interface Running {
  readonly extension: string;
  readonly slot: number;
  /** The call that the panel expects in the slot. Null: any call. */
  readonly expected: string | null;
  /** The UUID of the call that waits. Null if it is not known. */
  waiting: string | null;
  /** `connecting`: the telephone was answered, and a bridge may be sent. It cannot be cancelled. */
  phase: 'looking' | 'ringing' | 'connecting' | 'over';
  ids: CallbackIds | null;
  /** The calls at the answering extension that are of this callback, as a list of the switch says. */
  readonly listed: Set<string>;
  /** The calls that were at the answering extension before. */
  readonly before: ReadonlySet<string>;
  /** The call at the answering extension. Its other end is the telephone. */
  own: string | null;
  readonly timers: Set<() => void>;
  readonly waiters: Set<Waiter>;
}

export interface Waiter {
  readonly resolve: (answer: PickUpAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** True if the switch has named this call in its answer to the callback. */
export function isNamed({ ids }: Running, uuid: string, callId: string | null): boolean {
  if (ids === null) return false;
  return uuidOf(ids.call) === uuid || (callId !== null && uuidOf(callId) === uuidOf(ids.callId));
}

/** True for `341`, and for `022*341` with the account before it. */
export function isNumber(found: string, number: string): boolean {
  return found === number || found.endsWith(`*${number}`);
}
