import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { readText } from './body.ts';
import { onlyBy } from './refuse.ts';

/**
 * What a client shows to prove that it may ask.
 *
 * One token is fixed and never expires: the one that a person copies from the terminal. Those that
 * `/oauth/token` gives out carry their own end under a signature, so none is remembered.
 */
export class Tokens {
  /** The token that never expires. */
  readonly fixed: string;
  readonly #now: () => number;
  #key = randomBytes(32);

  /** @throws RangeError if `fixed` could not stand in a header. */
  constructor(now: () => number, fixed: string = randomBytes(18).toString('base64url')) {
    if (!BEARER.test(`Bearer ${fixed}`)) {
      throw new RangeError('a token is made of letters, digits and any of -._~+/');
    }
    this.fixed = fixed;
    this.#now = now;
  }

  /** A new token, good for an hour of the switch's time. */
  issue(): string {
    const end = String(this.#now() + LIFETIME_S * 1_000);
    return `${end}.${this.#sign(end)}`;
  }

  /** Makes worthless what was issued; the fixed token stays good. */
  revoke(): void {
    this.#key = randomBytes(32);
  }

  /** True if `header`, an `Authorization` header, holds a token that is good now. */
  accepts(header: string | undefined): boolean {
    const token = tokenIn(header);
    if (token === null) return false;
    if (this.#equal(token, this.fixed)) return true;
    const [end = '', signature = ''] = token.split('.');
    return this.#equal(signature, this.#sign(end)) && this.#now() < Number(end);
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }

  /** Compares without telling by its duration how much was right. */
  #equal(a: string, b: string): boolean {
    return timingSafeEqual(Buffer.from(this.#sign(a)), Buffer.from(this.#sign(b)));
  }
}

/** The token in an `Authorization` header, or null if the header holds none. */
export function tokenIn(header: string | undefined): string | null {
  return BEARER.exec(header ?? '')?.[1] ?? null;
}

/** Lets only those pass who show a token. */
export function requireToken(tokens: Tokens): MiddlewareHandler {
  return async (c, next) => {
    if (tokens.accepts(c.req.header('authorization'))) return next();
    const message = 'no valid token: send `Authorization: Bearer …`, as given by POST /oauth/token';
    return c.json({ message }, 401, { 'WWW-Authenticate': 'Bearer' });
  };
}

/**
 * `POST /oauth/token`, the grant `client_credentials`.
 *
 * Whoever is let in gets a token, whatever the client's name and secret: this switch has no
 * secrets to guard. Errors are worded as OAuth words them.
 */
export function tokenRoute(tokens: Tokens): Hono {
  return new Hono()
    .post('/', async (c) => {
      const form = new URLSearchParams(await readText(c.req.raw));
      if (form.get('grant_type') !== 'client_credentials') {
        const message = 'send a form with grant_type=client_credentials';
        return c.json({ error: 'unsupported_grant_type', message }, 400);
      }
      return c.json({
        access_token: tokens.issue(),
        token_type: 'Bearer',
        expires_in: LIFETIME_S,
      });
    })
    .all(onlyBy('POST'));
}

const BEARER = /^Bearer +([\w\-.~+/]+=*)$/i;
const LIFETIME_S = 3_600;
