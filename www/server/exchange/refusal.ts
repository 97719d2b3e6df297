import type { Answer, RefusalCode } from 'valet-park';

/** Creates the refusal of a pick-up, because the telephone rings for another slot. */
export function ringsFor(other: number, slot: number): Answer {
  const message = `the telephone rings for slot ${other}: answer or refuse that call first`;
  return refusal('bad-request', message, slot);
}

/** Creates a refusal. */
export function refusal(code: RefusalCode, message: string, slot: number | null = null): Answer {
  return { kind: 'refused', code, slot, message, retryAfterMs: null };
}
