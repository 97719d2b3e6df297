import { Hono } from 'hono/tiny';
import type { Dialect } from 'valet-park';
import { abilitiesOf, announce } from './announce.ts';
import { currentCallsRoute } from './current-calls.ts';
import type { FaultInjector } from '../exchange/faults/injector.ts';
import type { Switchboard } from '../exchange/switchboard.ts';
import { feedRoute, type Feed } from '../feed/feed.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import { nearby, type Trust } from './nearby.ts';
import { panelRoute } from './panel.ts';
import { playRoute, type PlayFacts } from '../exchange/play.ts';
import { withinQuota, type Quota } from './quota.ts';
import { refuse } from './refuse.ts';
import { valetParkRoute } from './resource.ts';
import { eventRoute, type Subscriptions } from '../exchange/subscription.ts';
import { requireToken, tokenRoute, type Tokens } from '../access/token.ts';

/** Everything that the routes of a switch need. */
export interface Parts {
  readonly switchboard: Switchboard;
  readonly feed: Feed;
  readonly subscriptions: Subscriptions;
  readonly tokens: Tokens;
  readonly keys: IdempotencyKeys;
  readonly quota: Quota;
  readonly dialect: Required<Pick<Dialect, 'slots'>>;
  readonly faults: FaultInjector;
  readonly facts: PlayFacts;
  readonly trust: Trust;
  /** The folder of the built panel. */
  readonly panel: string;
}

/** Creates the HTTP routes of a switch, and the checks before them. */
export function createApp(parts: Parts): Hono {
  const { switchboard, tokens, faults } = parts;
  const app = new Hono({ strict: false }); // Some documented paths end with a slash.
  app.onError(refuse);
  app.notFound((c) => c.json({ message: 'Not found' }, 404));
  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });

  const announced = announce(abilitiesOf(switchboard.profile));
  app.use('/api/*', announced, requireToken(tokens), withinQuota(parts.quota));
  const { keys, dialect } = parts;
  app.route(API, valetParkRoute({ answerer: switchboard, keys, dialect, faults }));
  app.route(API, currentCallsRoute(switchboard));
  app.route(API, eventRoute(parts.subscriptions, switchboard));

  app.use('/feed', announced, requireToken(tokens));
  app.route('/feed', feedRoute(parts.feed, switchboard, faults));

  for (const path of ['/oauth/*', '/play', '/play/*']) app.use(path, nearby(parts.trust));
  app.route('/oauth/token', tokenRoute(tokens));
  app.route('/play', playRoute(switchboard, faults, parts.facts));

  app.route('/', panelRoute(parts.panel));
  return app;
}

const API = '/api/ver1.0';
