import type { MiddlewareHandler } from 'hono';
import { MAX_BODY_BYTES, TOO_LARGE } from './body.ts';

/** Adds headers that keep browsers from guessing, embedding and storing answers. */
export const addSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of HEADERS) if (!c.res.headers.has(name)) c.header(name, value);
};

/** Refuses a request whose body is announced to be too large, before the body is read. */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length <= MAX_BODY_BYTES) return next();
  return c.json({ message: TOO_LARGE }, 413, { Connection: 'close' });
};

const HEADERS = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Cache-Control', 'no-store'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
] as const;
