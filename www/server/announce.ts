import type { MiddlewareHandler } from 'hono';
import type { Profile } from './engine.ts';

/** The response header in which the server says what it can do. */
export const abilitiesHeader = 'X-Valet-Park';

/**
 * What a switch can do, as the value of `X-Valet-Park`: words with commas between.
 *
 * | word | meaning |
 * | --- | --- |
 * | `idempotency-key` | `park` and `bridge` honour the header `Idempotency-Key` |
 * | `lot` | the feed tells of every call that enters or leaves a slot |
 */
export function abilitiesOf(profile: Profile): string {
  return profile === 'lot' ? 'idempotency-key, lot' : 'idempotency-key';
}

/** Puts `X-Valet-Park` on every answer, refusals included. */
export function announce(abilities: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header(abilitiesHeader, abilities);
  };
}
