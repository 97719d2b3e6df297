import type { MiddlewareHandler } from 'hono';

/** How many requests there may be in an hour, all clients together; it starts anew on the hour. */
export class Quota {
  readonly #now: () => number;
  readonly #limit: number;
  #hour = 0;
  #spent = 0;
  #exhaustedUntil = -Infinity;

  /** @throws RangeError if `limit` is not a whole number from 1. */
  constructor(now: () => number, limit: number = DEFAULT_LIMIT) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`the hourly limit is a whole number from 1, not \`${limit}\``);
    }
    this.#now = now;
    this.#limit = limit;
  }

  /** Counts as spent for the next `ms`, whatever there is left. */
  exhaust(ms: number): void {
    this.#exhaustedUntil = this.#now() + ms;
  }

  /** Counts one request; tells what is left, and in how many seconds there is more. */
  spend(): { allowed: boolean; limit: number; remaining: number; resetS: number } {
    const now = this.#now();
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.#hour) this.#spent = 0;
    this.#hour = hour;
    if (now < this.#exhaustedUntil) {
      const resetS = Math.ceil((this.#exhaustedUntil - now) / 1_000);
      return { allowed: false, limit: this.#limit, remaining: 0, resetS };
    }
    const allowed = this.#spent < this.#limit;
    if (allowed) this.#spent += 1;
    return {
      allowed,
      limit: this.#limit,
      remaining: this.#limit - this.#spent,
      resetS: Math.ceil(((hour + 1) * HOUR_MS - now) / 1_000),
    };
  }
}

/** What an answer says of the budget, for pages from elsewhere to be allowed to read. */
export const budgetHeaders = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
];

/** Puts `X-RateLimit-*` on every answer, and answers 429 when the hour's requests are spent. */
export function withinQuota(quota: Quota): MiddlewareHandler {
  return async (c, next) => {
    const { allowed, limit, remaining, resetS } = quota.spend();
    c.header('X-RateLimit-Limit', String(limit));
    c.header('X-RateLimit-Remaining', String(remaining));
    c.header('X-RateLimit-Reset', String(resetS));
    if (allowed) return next();
    return c.json({ message: 'rate_limit_exceeded' }, 429, { 'Retry-After': String(resetS) });
  };
}

const HOUR_MS = 3_600_000;

/** Generous: nobody who tries things out by hand meets it, a runaway loop does. */
const DEFAULT_LIMIT = 100_000;
