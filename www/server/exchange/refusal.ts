import type { Answer, RefusalCode } from 'valet-park';

/** Creates the refusal of a pick-up, because the telephone rings for another slot. */
export function ringsFor(other: number, slot: number): Answer {
  const message = `the telephone rings for slot ${other}: answer or refuse that call first`;
  return refusal('bad-request', message, slot);
}

/** Creates the refusal of a pick-up from an empty slot. */
export function vacant(slot: number): Answer {
  return refusal('vacant', 'no call waits in this slot', slot);
}

/** Creates the refusal of a pick-up, because another call waits in the slot. */
export function differentCall(slot: number): Answer {
  return refusal('different-call', 'another call waits in this slot', slot);
}

/** Creates a refusal. */
export function refusal(code: RefusalCode, message: string, slot: number | null = null): Answer {
  return { kind: 'refused', code, slot, message, retryAfterMs: null };
}
