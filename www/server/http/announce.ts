import type { MiddlewareHandler } from 'hono';
import type { Profile } from '../exchange/profile.ts';

/** The response header in which the server announces its abilities. */
export const abilitiesHeader = 'X-Valet-Park';

/**
 * Returns the value of `X-Valet-Park`: words with commas between them.
 *
 * | word | meaning |
 * | --- | --- |
 * | `idempotency-key` | `park` and `bridge` honour the header `Idempotency-Key` |
 * | `lot` | the feed reports every call that enters or leaves a slot |
 * | `notes` | parked calls may have notes, which the feed reports |
 * | `pick-up` | `POST /extension/{extension}/valet_park/pick_up` connects the extension's telephone |
 */
export function abilitiesOf(profile: Profile): string {
  return profile === 'lot'
    ? 'idempotency-key, lot, notes, pick-up'
    : 'idempotency-key, notes, pick-up';
}

/** Adds `X-Valet-Park` to every answer, also to refusals. */
export function announce(abilities: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header(abilitiesHeader, abilities);
  };
}
