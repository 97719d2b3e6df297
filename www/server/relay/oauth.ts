import { readBody } from './read-body.ts';
import { isUnsent, reasonOf, UpstreamError } from './upstream-error.ts';

/** A token of the switch. */
export interface UpstreamToken {
  readonly value: string;
  /** The number of the token. A later token has a greater number. */
  readonly generation: number;
}

/** The options of `OAuth`. */
export interface OAuthOptions {
  /** The address of the switch, without a path. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: typeof globalThis.fetch;
  /** Returns a time in ms that never runs backwards. */
  readonly now: () => number;
  readonly timeoutMs: number;
}

/**
 * The tokens of the switch, with the grant `client_credentials`.
 *
 * One request for a token serves everyone who waits for it. A token is renewed in the background
 * after 80 % of its life. After a failed request there is a pause of 1, 2, 4 … 30 seconds.
 */
export class OAuth {
  readonly #options: OAuthOptions;
  #token: (UpstreamToken & { readonly renewAt: number; readonly endsAt: number }) | null = null;
  #generation = 0;
  #request: Promise<UpstreamToken> | null = null;
  #failure: {
    readonly error: UpstreamError;
    readonly until: number;
    readonly pauseMs: number;
  } | null = null;

  constructor(options: OAuthOptions) {
    this.#options = options;
  }

  /** True if there is a valid token, or the last request for a token succeeded. */
  get isGiven(): boolean {
    if (this.#token !== null && this.#options.now() < this.#token.endsAt) return true;
    return this.#generation > 0 && this.#failure === null;
  }

  /** Returns a valid token. @throws UpstreamError if the switch gives no token. */
  async token(): Promise<UpstreamToken> {
    const token = this.#token;
    const now = this.#options.now();
    if (token === null || now >= token.endsAt) return this.#renew();
    // The old token is still valid, so a failure does no harm.
    if (now >= token.renewAt) this.#renew().catch(() => {});
    return token;
  }

  /**
   * Reports that the switch refused a token. A token that is newer than this one stays valid, so many
   * refusals at the same time cause one request.
   */
  refused(token: UpstreamToken): void {
    if (this.#token?.generation === token.generation) this.#token = null;
  }

  #renew(): Promise<UpstreamToken> {
    const failure = this.#failure;
    if (failure !== null && this.#options.now() < failure.until) {
      return Promise.reject(failure.error);
    }
    this.#request ??= this.#fetchToken().finally(() => {
      this.#request = null;
    });
    return this.#request;
  }

  async #fetchToken(): Promise<UpstreamToken> {
    const askedAt = this.#options.now();
    try {
      const { value, lifeS } = await this.#ask();
      const lifeMs = lifeS * 1_000;
      this.#failure = null;
      this.#generation += 1;
      this.#token = {
        value,
        generation: this.#generation,
        renewAt: askedAt + lifeMs * RENEW_AT,
        endsAt: askedAt + lifeMs,
      };
      return this.#token;
    } catch (thrown) {
      const error = thrown instanceof UpstreamError ? thrown : unreachable(thrown);
      const pauseMs = Math.min(
        (this.#failure?.pauseMs ?? FIRST_PAUSE_MS / 2) * 2,
        LONGEST_PAUSE_MS,
      );
      this.#failure = { error, until: this.#options.now() + pauseMs, pauseMs };
      throw error;
    }
  }

  async #ask(): Promise<{ readonly value: string; readonly lifeS: number }> {
    const { url, clientId, clientSecret, fetch, timeoutMs } = this.#options;
    const response = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await readBody(response, MAX_BYTES);
    if (response.status >= 500 || response.status === 429) {
      throw new UpstreamError(
        'unreachable',
        `the switch gives no token: status ${response.status}`,
      );
    }
    const answer = fieldsOf(body);
    const { access_token: value, expires_in: life } = answer;
    if (!response.ok || typeof value !== 'string' || !/^[!-~]+$/.test(value)) {
      const word = typeof answer.error === 'string' ? answer.error.slice(0, 80) : 'no token';
      const found = `status ${response.status}, ${word}`;
      const message = `the switch gives no token (${found}): check the client id and the secret`;
      throw new UpstreamError('refused', message);
    }
    const lifeS = Number(life);
    return { value, lifeS: lifeS > 0 ? lifeS : DEFAULT_LIFE_S };
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function unreachable(cause: unknown): UpstreamError {
  const what = isUnsent(cause) ? 'cannot be reached' : 'gives no token';
  return new UpstreamError('unreachable', `the switch ${what}: ${reasonOf(cause)}`, cause);
}

const MAX_BYTES = 16_384;
const RENEW_AT = 0.8;
const DEFAULT_LIFE_S = 3_600;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
