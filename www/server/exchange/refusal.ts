import type { Answer, RefusalCode } from 'valet-park';

/** Creates a refusal. */
export function refusal(code: RefusalCode, message: string, slot: number | null = null): Answer {
  return { kind: 'refused', code, slot, message, retryAfterMs: null };
}
