import type { MiddlewareHandler } from 'hono';
import type { Dialect } from 'valet-park';
import { HTTPException } from 'hono/http-exception';
import { Hono } from 'hono/tiny';
import { type Access, type AccessEnv, mayUse, requireAccess } from '../access/access.ts';
import { RequestLimits } from '../access/limits.ts';
import type { Pairing } from '../access/pairing.ts';
import { describeError, type Logger } from '../logger.ts';
import { ClientAddresses } from './client-address.ts';
import { isLocalClient, monitoringRoute, type Monitored } from './monitoring.ts';
import { allowOrigins } from './origins.ts';
import { pairRoute } from './pair.ts';
import { panelRoute } from './panel.ts';
import { pathBelow } from './path-below.ts';
import { type LoggedEnv, logRequests } from './request-log.ts';
import { addSecurityHeaders, limitBody } from './security.ts';

/** Answers a request. `env` has the objects of Node, if the server is Node. */
type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

/** An extension that a relay serves. */
export interface ServedExtension {
  readonly id: string;
  readonly name: string;
}

/** Everything that stands before the routes of a relay. */
export interface FrontParts {
  /** The routes behind the front: the resource, the feed, the web hooks. */
  readonly inner: Fetch;
  readonly access: Access;
  /** Null if panels get their tokens in another way. */
  readonly pairing: Pairing | null;
  readonly extensions: readonly ServedExtension[];
  /** The dialect in which panels ask the relay. */
  readonly dialect: Dialect;
  /** Null if this front serves one of several lots, which do not have a monitoring of their own. */
  readonly monitored: Monitored | null;
  /** Counts a request by its route, which is one of a fixed list. */
  readonly count: (route: string, status: number) => void;
  readonly logger: Logger;
  /** The origins of other pages that may use the relay. */
  readonly origins: readonly string[];
  /** The proxies whose `X-Forwarded-For` counts. */
  readonly trustProxy: readonly string[];
  /** The number of requests that one token has per minute. Default 600. */
  readonly requestsPerMinute?: number | undefined;
  /** The folder of the built panel, or its pages. */
  readonly panel: string | Hono;
  /** The path before all routes, as `/lot/acme`. Default: none. */
  readonly prefix?: string | undefined;
  /** Returns the time in ms. */
  readonly now: () => number;
}

/**
 * Creates the front of a relay: the panel, pairing, monitoring, and the checks of every request.
 *
 * The checks are: one line of the log without personal data, security headers, the size of the body,
 * the origin of the page, and the number of requests of each token. The routes behind check what a
 * token may do.
 */
export function createFront(parts: FrontParts): Fetch {
  const { access, logger, now } = parts;
  const addresses = new ClientAddresses(parts.trustProxy);
  const app = new Hono<LoggedEnv>({ getPath: pathBelow(parts.prefix ?? '') });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
    logger.warn('a request failed', describeError(error));
    return c.json({ message: 'the relay failed, its log says more' }, 500);
  });
  app.use(
    logRequests(logger, now, parts.count),
    addSecurityHeaders,
    limitBody,
    allowOrigins(parts.origins),
  );
  app.use(limitRequests(access, new RequestLimits(now, parts.requestsPerMinute)));

  if (parts.monitored !== null) app.route('/', monitoringRoute(parts.monitored, isLocalClient));
  if (parts.pairing !== null) app.route('/pair', pairRoute(parts.pairing, addresses));
  app.route('/access', accessRoute(parts));
  const { panel } = parts;
  app.route('/', typeof panel === 'string' ? panelRoute(panel, 'relay') : panel);
  app.all('*', (c) => parts.inner(c.req.raw, c.env));
  return (request, env) => app.fetch(request, env ?? {});
}

/** `GET /access`: what the token of the panel allows, and what the panel shows of it. */
function accessRoute({ access, extensions, dialect }: FrontParts): Hono<AccessEnv> {
  return new Hono<AccessEnv>().get('/', requireAccess(access), (c) => {
    const who = c.get('who');
    const own = extensions.filter(({ id }) => mayUse(who, id));
    return c.json({ name: who.name, may: who.may, extensions: own, dialect });
  });
}

/** Limits the requests of each token per minute, and names the token for the log. */
function limitRequests(access: Access, limits: RequestLimits): MiddlewareHandler<LoggedEnv> {
  return async (c, next) => {
    const id = access.identify(c.req.header('authorization'))?.id;
    c.set('token', id);
    const waitS = id === undefined ? 0 : limits.spend(id);
    if (waitS === 0) return next();
    return c.json({ message: 'too many requests with this token' }, 429, {
      'Retry-After': String(waitS),
    });
  };
}
