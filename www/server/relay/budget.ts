import type { Lane } from './lanes.ts';

/**
 * The hourly number of requests, as the switch last reported it.
 *
 * Other applications of the same customer use the same budget, so only the headers of the switch
 * count. Between two answers, the requests that were sent meanwhile are subtracted.
 */
export class Budget {
  readonly #now: () => number;
  readonly #askers: () => number;
  readonly #most: number;
  /** The requests of this hour, and when the hour ends. They count against `most`. */
  #spent = 0;
  #hourEndsAt = 0;
  #limit: number | null = null;
  #remaining: number | null = null;
  #resetsAt: number | null = null;

  /**
   * `now` returns the time in ms. `askers` returns how many relays use the budget, each for itself. Each
   * of them takes its share of what remains. `most` is the number of requests an hour that this relay may
   * send at most.
   */
  constructor(now: () => number, askers: () => number = () => 1, most = Infinity) {
    this.#now = now;
    this.#askers = askers;
    this.#most = most;
  }

  /** The number of requests per hour. Null if the switch does not report it. */
  get limit(): number | null {
    const limit = Math.min(this.#limit ?? Infinity, this.#most);
    return limit === Infinity ? null : limit;
  }

  /** The number of requests that remain in this hour. Null if it is not known. */
  get remaining(): number | null {
    this.#renew();
    const remaining = Math.min(this.#shareOfSwitch, this.#ownRemaining);
    return remaining === Infinity ? null : remaining;
  }

  /** When a new hour begins, in ms on the clock of `now`. Null if it is not known. */
  get resetsAt(): number | null {
    this.#renew();
    if (this.#ownRemaining >= this.#shareOfSwitch) return this.#resetsAt;
    return this.#spent === 0 ? null : this.#hourEndsAt;
  }

  /** True if a request of this lane may be sent now. A command may always be sent. */
  admits(lane: Lane): boolean {
    const remaining = this.remaining;
    if (lane === 'command' || remaining === null) return true;
    return remaining > this.#reserveFor(lane);
  }

  /** The time until the next hour begins, in whole seconds. */
  get retryAfterS(): number {
    const { resetsAt } = this;
    return resetsAt === null
      ? DEFAULT_WAIT_S
      : Math.max(Math.ceil((resetsAt - this.#now()) / 1_000), 1);
  }

  /** Returns the headers of an answer with the share of this relay. */
  shared(headers: Record<string, string>): Record<string, string> {
    const remaining = headers[REMAINING];
    if (remaining === undefined) return headers;
    const share = Math.floor(Number(remaining) / this.#askers());
    return { ...headers, [REMAINING]: String(Math.min(share, this.#ownRemaining)) };
  }

  /** Subtracts a request that is sent now. */
  sent(): void {
    this.#renew();
    if (this.#spent === 0) this.#hourEndsAt = this.#now() + HOUR_MS;
    this.#spent += 1;
    if (this.#remaining !== null) this.#remaining = Math.max(this.#remaining - 1, 0);
  }

  /** Takes over the headers of an answer. `inFlight` requests were sent and have no answer yet. */
  answered(status: number, headers: Headers, inFlight: number): void {
    const limit = numberIn(headers, 'X-RateLimit-Limit');
    const remaining = numberIn(headers, REMAINING);
    const resetS = numberIn(headers, 'X-RateLimit-Reset') ?? numberIn(headers, 'Retry-After');
    if (limit !== null) this.#limit = limit;
    if (remaining !== null) {
      this.#remaining = Math.max(remaining - inFlight, 0);
      if (resetS !== null) this.#resetsAt = this.#now() + resetS * 1_000;
    } else if (status === 429 && resetS !== null && resetS > SHORT_WAIT_S) {
      this.#remaining = 0;
      this.#resetsAt = this.#now() + resetS * 1_000;
    }
  }

  /** The number of requests that the switch still allows this relay in this hour. */
  get #shareOfSwitch(): number {
    return this.#remaining === null ? Infinity : Math.floor(this.#remaining / this.#askers());
  }

  /** The number of requests that the option `budget` still allows. */
  get #ownRemaining(): number {
    return Math.max(this.#most - this.#spent, 0);
  }

  #reserveFor(lane: Lane): number {
    const { limit } = this;
    if (limit === null) return 0;
    if (lane === 'background') return limit * BACKGROUND_RESERVE;
    return Math.min(Math.max(limit * LOOK_RESERVE, LEAST_RESERVE), limit / 2);
  }

  /** Forgets what remains if a new hour has begun. */
  #renew(): void {
    if (this.#now() >= this.#hourEndsAt) this.#spent = 0;
    if (this.#resetsAt === null || this.#now() < this.#resetsAt) return;
    this.#resetsAt = null;
    this.#remaining = null;
  }
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

const HOUR_MS = 3_600_000;
const REMAINING = 'X-RateLimit-Remaining';
const BACKGROUND_RESERVE = 0.1;
const LOOK_RESERVE = 0.02;
const LEAST_RESERVE = 10;
/** A shorter wait after a 429 is about too many requests at once, not about the hour. */
const SHORT_WAIT_S = 5;
const DEFAULT_WAIT_S = 60;
