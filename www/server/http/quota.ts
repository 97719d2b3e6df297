import type { MiddlewareHandler } from 'hono';

/** The hourly limit of requests, for all clients together. Each full hour starts a new count. */
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

  /** Makes the limit count as reached for the next `ms`. */
  exhaust(ms: number): void {
    this.#exhaustedUntil = this.#now() + ms;
  }

  /** Counts one request. `resetS` is the time until the limit is renewed, in seconds. */
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

/** The headers about the limit. Pages of other origins may read them. */
export const budgetHeaders = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
];

/** Adds `X-RateLimit-*` to every answer. Answers 429 if the limit is reached. */
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

/** High enough for manual tests. A loop that never ends reaches it. */
const DEFAULT_LIMIT = 100_000;
