import type { Context, MiddlewareHandler } from 'hono';
import { abilitiesHeader } from './announce.ts';
import { budgetHeaders } from './quota.ts';

/**
 * Lets pages of the origin of the relay use it, and pages of the listed origins (CORS). Refuses
 * requests of all other pages. Requests without a page, for example web hooks, pass.
 */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  const isListed = (origin: string) => origins.includes(origin);
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !isListed(origin) && !isOwn(c, origin)) {
      return c.json({ message: FOREIGN }, 403, { Vary: 'Origin' });
    }
    const isPreflight =
      c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
    if (isPreflight) c.res = new Response(null, { status: 204, headers: PERMITTED });
    else await next();
    if (origins.length > 0) c.header('Vary', 'Origin', { append: true });
    if (origin !== undefined && isListed(origin)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', EXPOSED);
    }
    return undefined;
  };
}

/** True if the page has the same origin as the relay. */
function isOwn(c: Context, origin: string): boolean {
  // A proxy may change `Host`, so the word of the browser counts more.
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host');
}

const PERMITTED = {
  'Access-Control-Allow-Methods': 'GET, PUT, POST',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Valet-Lane',
  'Access-Control-Max-Age': '600',
};

const EXPOSED = [...budgetHeaders, 'X-Feed-Id', 'X-Feed-Since', 'Age', abilitiesHeader].join(', ');

const FOREIGN =
  'pages of this origin may not use the relay: the administrator can list the origin with --origins';
