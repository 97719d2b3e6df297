import { Hono } from 'hono/tiny';
import { HTTPException } from 'hono/http-exception';
import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { Dialect } from 'valet-park';
import {
  type Access,
  type AccessEnv,
  mayUse,
  type Permission,
  requireAccess,
  type Who,
} from '../access/access.ts';
import type { Feed } from '../feed/feed.ts';
import { refusal } from '../exchange/refusal.ts';
import { abilitiesHeader } from '../http/announce.ts';
import { feedRoute, type FeedSource } from '../http/feed.ts';
import { journalRoute, noteRoute } from '../http/journal.ts';
import { pathBelow } from '../http/path-below.ts';
import { pickUpRoute } from '../http/pick-up.ts';
import { refuseWith } from '../http/refuse.ts';
import type { LotMetrics } from '../metrics/metrics.ts';
import { currentCallsPath } from './current-calls.ts';
import type { ExactSwitch } from './exact-lot.ts';
import { hookRoute } from './hooks.ts';
import type { RelayLot } from './lot.ts';
import type { RelayHooks } from './options.ts';
import { relayResourceRoute } from './resource.ts';

/** Everything that the routes of a relay need. */
export interface RelayAppParts {
  readonly lot: RelayLot;
  readonly feed: Feed;
  readonly access: Access;
  readonly dialect: Dialect;
  readonly hooks: RelayHooks | null;
  /** The path before all routes, as `/lot/acme`. */
  readonly prefix: string;
  /** The id of the asker. */
  readonly askerId: string;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** The number of feeds that one token may have open. */
  readonly feedsPerToken: number;
  readonly metrics: Pick<LotMetrics, 'question' | 'webHook'>;
  /** Gets each unexpected error. */
  readonly report: (error: unknown) => void;
}

/** Creates the HTTP routes of a relay, and the checks before them. */
export function createRelayApp(parts: RelayAppParts): Hono {
  const { lot, feed, access, dialect, hooks, askerId, now } = parts;
  const app = new Hono({ getPath: pathBelow(parts.prefix) });
  app.onError(refuseWith(parts.report));
  app.notFound((c) => c.json({ message: 'Not found' }, 404));
  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  if (hooks !== null) {
    const secrets = [hooks.secret, hooks.previousSecret].filter((secret) => secret !== undefined);
    app.route(
      '/hook',
      hookRoute({
        ...{ secrets, now },
        tell: (fields, name) => lot.tell(fields, name),
        count: (outcome) => parts.metrics.webHook(outcome),
      }),
    );
  }
  for (const path of ['/api/*', '/feed', '/journal']) {
    app.use(path, announceTo(askerId, lot), requireAccess(access));
  }
  if (lot.pickUp !== null) app.route('/api/ver1.0', pickUps(lot.pickUp, parts));
  app.route(
    '/api/ver1.0',
    relayResourceRoute({ lot, dialect, askerId, now, metrics: parts.metrics }),
  );
  if (lot.isExact) {
    app.get('/api/ver1.0/extension/:extension/current_calls', (c) => currentCallsOf(c, parts));
  }
  const { journal } = lot;
  app.route('/api/ver1.0', noteRoute({ journal, extension: annotating(parts) }));
  app.route('/journal', journalRoute({ journal, checkMay }));
  app.route('/feed', feedRoute(feed, feedSource(parts)));
  return app;
}

/** Adds `X-Valet-Park`. While this relay asks for all, its asker does not learn that a relay asks. */
function announceTo(askerId: string, lot: RelayLot) {
  const canPickUp = lot.pickUp !== null;
  const words = (): string =>
    [
      ...['idempotency-key', ...(lot.tellsAll ? ['lot'] : []), 'notes'],
      ...[...(canPickUp ? ['pick-up'] : []), ...(lot.tellsAll ? [] : ['relay'])],
    ].join(', ');
  return async (c: Context<AccessEnv>, next: () => Promise<void>): Promise<void> => {
    await next();
    const isAsker = (c.get('who') as { id: string } | undefined)?.id === askerId;
    if (isAsker)
      c.header(abilitiesHeader, lot.leads ? 'idempotency-key' : 'idempotency-key, relay');
    else c.header(abilitiesHeader, words());
  };
}

/** The route of pick-ups. A panel picks up with its own extensions. */
function pickUps(pickUp: ExactSwitch['pickUp'], { lot, dialect }: RelayAppParts): Hono {
  return pickUpRoute({
    answerer: { pickUp },
    dialect,
    refusalFor({ extension }, c) {
      if (!lot.extensions.includes(extension)) return refusal('no-such-extension', 'Not found');
      checkMay('act', c);
      if (mayUse(whoOf(c), extension)) return null;
      throw new HTTPException(403, { message: 'the token does not allow this extension' });
    },
    once: (command, c, execute) => lot.commands.once({ ...command, owner: whoOf(c).id }, execute),
  });
}

/** Answers which calls an extension of the panel has. An exact switch may be asked as often as wanted. */
async function currentCallsOf(c: Context, { lot }: RelayAppParts): Promise<Response> {
  const extension = c.req.param('extension') ?? '';
  const isServed = lot.extensions.includes(extension) && mayUse(whoOf(c), extension);
  if (!isServed) throw new HTTPException(404, { message: 'Not found' });
  checkMay('look', c);
  const { status, headers, body } = await lot.upstream.send('GET', currentCallsPath(extension));
  return c.newResponse(body, status as StatusCode, headers);
}

/** Returns the extension on whose behalf a panel writes a note. */
function annotating({ lot }: RelayAppParts) {
  return (name: string, c: Context): string => {
    if (!lot.extensions.includes(name)) throw new HTTPException(404, { message: 'Not found' });
    checkMay('act', c);
    if (mayUse(whoOf(c), name)) return name;
    throw new HTTPException(403, { message: 'the token does not allow this extension' });
  };
}

/** @throws HTTPException 403 unless the token has the permission. */
function checkMay(permission: Permission, c: Context): void {
  if (whoOf(c).may.includes(permission)) return;
  throw new HTTPException(403, { message: `the token does not allow to ${permission}` });
}

function whoOf(c: Context): Who {
  return (c as Context<AccessEnv>).get('who');
}

function feedSource({ lot, feed, feedsPerToken, askerId }: RelayAppParts): FeedSource {
  return {
    extensions(names, c) {
      const allowed = whoOf(c).id === askerId ? lot.heard : lot.extensions;
      for (const name of names) {
        if (!allowed.includes(name)) throw new HTTPException(404, { message: 'Not found' });
        if (!mayUse(whoOf(c), name)) {
          throw new HTTPException(403, { message: 'the token does not allow this extension' });
        }
      }
      if (feed.linesOf(whoOf(c).id) >= feedsPerToken) {
        throw new HTTPException(429, {
          message: `a token has at most ${feedsPerToken} open feeds`,
        });
      }
      return names;
    },
    beginning: (extensions) => lot.beginning(extensions),
    owner: (c) => whoOf(c).id,
    // The asker would ask about every slot after a `reset`, and the relay knows them.
    continuesWith: (c) => (whoOf(c).id === askerId ? () => lot.beginning(lot.heard) : undefined),
  };
}
