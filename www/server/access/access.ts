import type { MiddlewareHandler } from 'hono';

/** A right of a token: to see the lot, to park and bridge, or to administer the relay. */
export type Permission = 'look' | 'act' | 'admin';

/** All permissions, in the order in which lists show them. */
export const PERMISSIONS: readonly Permission[] = ['look', 'act', 'admin'];

/** The holder of a token. */
export interface Who {
  /** The id of the token. It is not secret. */
  readonly id: string;
  /** The name that an administrator gave to the panel, for example `Reception`. */
  readonly name: string;
  /** The ids of the extensions that the token may use. */
  readonly extensions: readonly string[] | 'all';
  readonly may: readonly Permission[];
}

/** The tokens of a relay, as its routes need them. */
export interface Access {
  /** Returns the holder of the token in an `Authorization` header. Null without a valid token. */
  identify(authorization: string | undefined): Who | null;
  /**
   * Calls `listener` with the id of each token that is revoked or expires. Returns a function that
   * removes the listener.
   */
  onRevoked(listener: (id: string) => void): () => void;
}

/** The variables that `requireAccess` sets for the routes after it. */
export interface AccessEnv {
  Variables: { who: Who };
}

/** Refuses requests without a valid token. Sets `who` for the routes after it. */
export function requireAccess(access: Access): MiddlewareHandler<AccessEnv> {
  return async (c, next) => {
    const who = access.identify(c.req.header('authorization'));
    if (who === null) {
      return c.json({ message: NO_TOKEN }, 401, { 'WWW-Authenticate': 'Bearer' });
    }
    c.set('who', who);
    return next();
  };
}

/** True if the token may use the extension with this id. */
export function mayUse({ extensions }: Who, extension: string): boolean {
  return extensions === 'all' || extensions.includes(extension);
}

const NO_TOKEN =
  'no valid token: send `Authorization: Bearer vp_…`; a panel gets its token when it is paired';
