import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { readText } from '../http/body.ts';
import { onlyBy } from '../http/refuse.ts';

/** The access tokens of one switch. */
export interface TokenStore {
  /** The token that never expires. A person copies it from the terminal. */
  readonly fixed: string;
  /** Returns a new token. It expires after an hour on the clock of the switch. */
  issue(): string;
  /** Makes all issued tokens invalid. The fixed token stays valid. */
  revoke(): void;
  /** True if `header`, an `Authorization` header, has a valid token. */
  accepts(header: string | undefined): boolean;
}

/** Returns the token in an `Authorization` header, or null. */
export function tokenIn(header: string | undefined): string | null {
  return BEARER.exec(header ?? '')?.[1] ?? null;
}

/** Refuses requests without a valid token. */
export function requireToken(tokens: TokenStore): MiddlewareHandler {
  return async (c, next) => {
    if (tokens.accepts(c.req.header('authorization'))) return next();
    const message = 'no valid token: send `Authorization: Bearer …`, as given by POST /oauth/token';
    return c.json({ message }, 401, { 'WWW-Authenticate': 'Bearer' });
  };
}

/** The id and the secret of an application that may use the API. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/**
 * `POST /oauth/token` with the grant `client_credentials`.
 *
 * The id and the secret in the form must be those of `client`. Without `client` the switch does not
 * check them, because it has nothing to protect. Errors have the form that OAuth defines.
 */
export function tokenRoute(tokens: TokenStore, client: Client | null = null): Hono {
  return new Hono()
    .post('/', async (c) => {
      const form = new URLSearchParams(await readText(c.req.raw));
      if (form.get('grant_type') !== 'client_credentials') {
        const message = 'send a form with grant_type=client_credentials';
        return c.json({ error: 'unsupported_grant_type', message }, 400);
      }
      if (client !== null && !isOf(client, form)) {
        const message = 'the client_id or the client_secret is wrong';
        return c.json({ error: 'invalid_client', message }, 401);
      }
      return c.json({
        access_token: tokens.issue(),
        token_type: 'Bearer',
        expires_in: LIFETIME_S,
      });
    })
    .all(onlyBy('POST'));
}

function isOf({ id, secret }: Client, form: URLSearchParams): boolean {
  return form.get('client_id') === id && form.get('client_secret') === secret;
}

/** An `Authorization` header with a token. */
export const BEARER = /^Bearer +([\w\-.~+/]+=*)$/i;
/** How long an issued token is valid, in seconds. */
export const LIFETIME_S = 3_600;
