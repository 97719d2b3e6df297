import type { CallEvent } from 'valet-park';
import { uuidOf } from '../call-uuid.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { CallbackIds } from './callback.ts';
import type { Numbers } from './numbers.ts';

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

/** True if an id of a list names the callback with these ids. */
export function isOf(ids: CallbackIds, callback: string | null): boolean {
  return callback === ids.call || callback === ids.callId;
}

/** True if the switch has named this call in its answer to the callback. */
export function isNamed({ ids }: Running, uuid: string, callId: string | null): boolean {
  if (ids === null) return false;
  return uuidOf(ids.call) === uuid || (callId !== null && uuidOf(callId) === uuidOf(ids.callId));
}

/**
 * Returns the pick-up whose callback made this call at the answering extension. `all` has the pick-ups
 * that are under way first. Null if none of them made it.
 */
export function ownerOf(
  event: CallEvent,
  uuid: string,
  all: readonly Running[],
  numbers: Numbers,
): Running | null {
  const { callId, caller } = event;
  const named = all.find((one) => {
    return one.own === uuid || one.listed.has(uuid) || isNamed(one, uuid, callId);
  });
  if (named !== undefined) return named;
  // An extension has one pick-up at a time, so the person who calls names the callback.
  const isNew = (one: Running) => one.phase !== 'looking' && !one.before.has(uuid);
  const isFrom = ({ extension }: Running) => {
    const number = numbers.of(extension);
    if (caller?.extension != null) return caller.extension === extension;
    return number !== null && caller?.number != null && isNumber(caller.number, number);
  };
  return all.find((one) => isNew(one) && isFrom(one)) ?? null;
}

/** True for `341`, and for `022*341` with the account before it. */
function isNumber(found: string, number: string): boolean {
  return found === number || found.endsWith(`*${number}`);
}
