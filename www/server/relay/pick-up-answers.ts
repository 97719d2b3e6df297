import type { Answer, ValetError } from 'valet-park';
import { differentCall, refusal, vacant } from '../exchange/refusal.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';

export function noAnswer(slot: number): PickUpAnswer {
  return { kind: 'no-answer', slot };
}

export function noNumber(slot: number, extension: string): PickUpAnswer {
  const message =
    `the relay does not know the number of extension ${extension}: ` +
    `set it in the settings of the relay, as numbers = ["${extension}=341"]`;
  return { kind: 'no-pick-up', slot, message };
}

export function unclear(found: string, status = 504): Answer {
  return { kind: 'unclear', status, found, retryAfterMs: null };
}

/** Returns the answer to a pick-up for which the switch has called no one. */
export function notCalled(slot: number, status: number, why: string): PickUpAnswer {
  if (status >= 500) return unclear(why, status);
  if (status === 429) return refusal('rate-limited', why || 'too many requests', slot);
  const message = `the switch refuses to call the telephone (status ${status}): ${why}`;
  return { kind: 'no-pick-up', slot, message };
}

/** Returns the answer to a pick-up whose bridge has failed. */
export function answerTo(slot: number, { code, message }: ValetError): PickUpAnswer {
  if (code === 'different-call') return differentCall(slot);
  if (LEFT.has(code)) return vacant(slot);
  return isHangUp(code) ? noAnswer(slot) : unclear(message);
}

/** True for a bridge that failed because its call is gone. Usually the person has hung up. */
export function isHangUp(code: string): boolean {
  return code === 'no-such-call' || code === 'no-live-call';
}

/** The caller has left. With `asker-parked` that happened in the same moment. */
const LEFT: ReadonlySet<string> = new Set(['vacant', 'nobody-waiting', 'asker-parked']);
