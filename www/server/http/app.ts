import { Hono } from 'hono/tiny';
import type { Dialect } from 'valet-park';
import { abilitiesOf, announce } from './announce.ts';
import { callbackRoute } from './callback.ts';
import { clientRoute, currentCallsRoute } from './current-calls.ts';
import type { FaultInjector } from '../exchange/faults/injector.ts';
import type { Switchboard } from '../exchange/switchboard.ts';
import { beginningOf } from '../exchange/reporter.ts';
import type { Feed } from '../feed/feed.ts';
import { feedRoute, type FeedSource } from './feed.ts';
import type { Commands } from '../relay/commands.ts';
import type { Journal } from '../relay/journal.ts';
import { journalRoute, noteRoute } from './journal.ts';
import { nearby, type Trust } from './nearby.ts';
import { pickUpRoute } from './pick-up.ts';
import { playRoute, type PlayFacts } from '../exchange/play.ts';
import { withinQuota, type Quota } from './quota.ts';
import { refuse } from './refuse.ts';
import { valetParkRoute } from './resource.ts';
import { clientEventRoute, eventRoute, type Subscriptions } from '../exchange/subscription.ts';
import { type Client, requireToken, tokenRoute, type TokenStore } from '../access/token.ts';

/** Everything that the routes of a switch need. */
export interface Parts {
  readonly switchboard: Switchboard;
  readonly feed: Feed;
  readonly subscriptions: Subscriptions;
  readonly tokens: TokenStore;
  readonly commands: Commands;
  readonly journal: Journal;
  readonly quota: Quota;
  readonly dialect: Required<Dialect>;
  readonly faults: FaultInjector;
  readonly facts: PlayFacts;
  /** The client whose secret the switch checks in the strict mode. Null: another mode. */
  readonly client: Client | null;
  readonly trust: Trust;
  /** The route of the built panel. Null: another server sends the panel. */
  readonly panel: Hono | null;
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

  const { commands, journal, dialect, client } = parts;
  const isStrict = client !== null;
  const announced = announce(abilitiesOf(switchboard.profile));
  if (!isStrict) app.use('/api/*', announced);
  app.use('/api/*', requireToken(tokens), withinQuota(parts.quota));
  const resource = { answerer: switchboard, commands: isStrict ? null : commands, dialect, faults };
  if (isStrict) app.route(API, callbackRoute({ callbacks: switchboard.callbacks, faults }));
  else app.route(API, pickUpRoute({ answerer: switchboard, dialect }));
  app.route(API, valetParkRoute(resource));
  app.route(API, currentCallsRoute(switchboard));
  app.route(API, eventRoute(parts.subscriptions, switchboard));
  app.route(API, clientRoute(switchboard));
  app.route(API, clientEventRoute(parts.subscriptions));

  app.use('/play', nearby(parts.trust));
  app.use('/play/*', nearby(parts.trust));
  app.route('/play', playRoute(switchboard, faults, parts.facts));
  if (!isStrict) app.use('/oauth/*', nearby(parts.trust));
  app.route('/oauth/token', tokenRoute(tokens, client));
  if (isStrict) return app;

  app.route(API, noteRoute({ journal, extension: (name) => switchboard.directory.get(name).id }));
  app.use('/journal', announced, requireToken(tokens));
  app.route('/journal', journalRoute({ journal }));
  app.use('/feed', announced, requireToken(tokens));
  app.route('/feed', feedRoute(parts.feed, feedSource(parts)));
  if (parts.panel !== null) app.route('/', parts.panel);
  return app;
}

function feedSource({ switchboard, faults, journal }: Parts): FeedSource {
  const get = (name: string) => switchboard.directory.get(name);
  return {
    extensions: (names) => names.map((name) => get(name).id),
    beginning: (extensions) => [
      ...beginningOf(switchboard, extensions.map(get)),
      ...journal.notes(),
    ],
    isSilent: () => faults.strikes('feed-silent'),
  };
}

const API = '/api/ver1.0';
