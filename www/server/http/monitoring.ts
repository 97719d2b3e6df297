import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { MetricsText } from '../metrics/metrics.ts';

/** Whether a server can do its work. Each problem is a sentence for the administrator. */
export interface Health {
  readonly ok: boolean;
  readonly problems: readonly string[];
}

/** The questions of a monitoring to a relay. */
export interface Monitored {
  readonly health: () => Health;
  /** Resolves to the health after a probe through the log. */
  readonly ready: () => Promise<Health>;
  readonly metrics: () => Promise<MetricsText>;
}

/**
 * `GET /healthz`, `/readyz` and `/metrics`.
 *
 * `mayRead` decides who gets the problems and the metrics. For others, `/metrics` does not exist.
 */
export function monitoringRoute(
  { health, ready, metrics }: Monitored,
  mayRead: (c: Context) => boolean,
): Hono {
  const answer = (c: Context, { ok, problems }: Health) =>
    c.json(mayRead(c) ? { ok, problems } : { ok }, ok ? 200 : 503);
  return new Hono({ strict: false })
    .get('/healthz', (c) => answer(c, health()))
    .get('/readyz', async (c) => answer(c, await ready()))
    .get('/metrics', async (c) => {
      if (!mayRead(c)) return c.json({ message: 'Not found' }, 404);
      const { type, text } = await metrics();
      return c.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    });
}

/** True for a program on this machine that is no proxy. */
export function isLocalClient(c: Context): boolean {
  const { incoming } = c.env as Partial<HttpBindings>;
  const isForwarded = c.req.header('x-forwarded-for') !== undefined;
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(incoming?.socket.remoteAddress ?? '');
}
