import type { Answer, RefusalCode } from 'valet-park';

/** A no that the package's `Lot` has no part in. */
export function refusal(code: RefusalCode, message: string, slot: number | null = null): Answer {
  return { kind: 'refused', code, slot, message, retryAfterMs: null };
}
