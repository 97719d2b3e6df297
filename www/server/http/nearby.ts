import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';

/** Who may use `/play` and `/oauth/token`. `loopback`: programs on the same machine only. */
export type Trust = 'loopback' | 'anyone';

/**
 * Refuses requests from clients that are not trusted.
 *
 * A client on this machine is not enough, because a page of another site can make a browser on this
 * machine send requests. So the requested address and the origin of the page must be local, too.
 * Without the Node server the address of the client is not known, and `loopback` refuses everything.
 */
export function nearby(trust: Trust): MiddlewareHandler {
  return async (c, next) => {
    if (trust === 'anyone' || isNear(c)) return next();
    return c.json({ message: 'this is only for programs on the same machine as the switch' }, 403);
  };
}

function isNear(c: Context): boolean {
  const { incoming } = c.env as Partial<HttpBindings>;
  const peer = incoming?.socket.remoteAddress ?? '';
  const origin = c.req.header('origin');
  return (
    /^(::ffff:)?127\.|^::1$/.test(peer) &&
    isLocal(c.req.url) &&
    (origin === undefined || isLocal(origin))
  );
}

/** True if a URL, or the origin of a page, names this machine. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}
