import type { Logger } from '../logger.ts';
import type { MiddlewareHandler } from 'hono';

/** The variable with the id of the token of a request, for the log. */
export interface LoggedEnv {
  Variables: { token: string | undefined };
}

/**
 * Logs one line for each request, and counts the request.
 *
 * A line has only these fields: method, route, status, duration and the id of the token. The route is
 * a pattern and not the path, because a path can contain calls, extensions and secrets.
 */
export function logRequests(
  logger: Logger,
  now: () => number,
  count: (route: string, status: number) => void,
): MiddlewareHandler<LoggedEnv> {
  return async (c, next) => {
    const start = now();
    await next();
    const { method, path } = c.req;
    const token = c.get('token');
    const route = routeOf(path);
    count(route, c.res.status);
    logger.info('request', {
      method,
      route,
      status: c.res.status,
      ms: Math.round(now() - start),
      ...(token === undefined ? {} : { token }),
    });
  };
}

/** Returns the pattern of a path. */
export function routeOf(path: string): string {
  return ROUTES.find(([form]) => form.test(path))?.[1] ?? 'other';
}

const ROUTES = [
  [/^\/api\/ver1\.0\/extension\/[^/]+\/valet_park\/[^/]+\/?$/, 'valet_park'],
  [/^\/api\/ver1\.0\/extension\/[^/]+\/valet_park\/[^/]+\/note\/?$/, 'note'],
  [/^\/api\/ver1\.0\/extension\/[^/]+\/current_calls\/?$/, 'current_calls'],
  [/^\/api\/ver1\.0\//, 'api'],
  [/^\/hook\//, 'hook'],
  [/^\/feed\/?$/, 'feed'],
  [/^\/journal\/?$/, 'journal'],
  [/^\/pair(\/poll)?\/?$/, 'pair'],
  [/^\/access\/?$/, 'access'],
  [/^\/(healthz|readyz|metrics)\/?$/, 'monitoring'],
  [/^\/(panel\.json|index\.html|icon\.svg|[\w-]+\.(js|wasm)|assets\/[\w.-]+)?$/, 'panel'],
] as const;
