import type { MiddlewareHandler } from 'hono';
import type { Profile } from './engine.ts';

/** The response header in which the server says what it can do. */
export const abilitiesHeader = 'X-Valet-Park';

/**
 * Puts `X-Valet-Park` on every answer, refusals included: words with commas between.
 *
 * | word | meaning |
 * | --- | --- |
 * | `idempotency-key` | `park` and `bridge` honour the header `Idempotency-Key` |
 * | `lot` | the feed tells of every call that enters or leaves a slot |
 */
export function announceAbilities(profile: Profile): MiddlewareHandler {
  const words = ['idempotency-key', ...(profile === 'lot' ? ['lot'] : [])].join(', ');
  return async (c, next) => {
    await next();
    c.header(abilitiesHeader, words);
  };
}
