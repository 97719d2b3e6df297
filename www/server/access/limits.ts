/** Counts the requests of each token, and limits them per minute. */
export class RequestLimits {
  readonly #now: () => number;
  readonly #perMinute: number;
  #minute = 0;
  readonly #counts = new Map<string, number>();

  /** `now` returns the time in ms. */
  constructor(now: () => number, perMinute = DEFAULT_PER_MINUTE) {
    this.#now = now;
    this.#perMinute = perMinute;
  }

  /**
   * Counts one request of a token. Returns 0 if the request is allowed. Otherwise returns the time
   * until the next minute begins, in whole seconds.
   */
  spend(token: string): number {
    const now = this.#now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = (this.#counts.get(token) ?? 0) + 1;
    this.#counts.set(token, count);
    if (count <= this.#perMinute) return 0;
    return Math.max(Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000), 1);
  }
}

const MINUTE_MS = 60_000;

/** A panel without a feed asks about 700 times an hour. */
const DEFAULT_PER_MINUTE = 600;
