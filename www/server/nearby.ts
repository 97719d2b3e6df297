import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';

/** Who may make calls happen and be given tokens: `loopback` is programs on this machine. */
export type Trust = 'loopback' | 'anyone';

/**
 * Lets only trusted visitors pass.
 *
 * Being on this machine is not enough: a page of some other site, open in a browser here, could
 * have it send requests. So the address asked for and the page that asks must be local,
 * too. Where no Node server tells who is there, nobody is near.
 */
export function nearby(trust: Trust): MiddlewareHandler {
  return async (c, next) => {
    if (trust === 'anyone' || isNear(c)) return next();
    return c.json({ message: 'this is only for programs on the same machine as the switch' }, 403);
  };
}

function isNear(c: Context<{ Bindings: Partial<HttpBindings> }>): boolean {
  const peer = c.env.incoming?.socket.remoteAddress ?? '';
  const origin = c.req.header('origin');
  return (
    /^(::ffff:)?127\.|^::1$/.test(peer) &&
    isLocal(c.req.url) &&
    (origin === undefined || isLocal(origin))
  );
}

/** Whether a URL, or the origin of a page, is of this machine. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}
