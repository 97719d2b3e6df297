import { abilitiesOf } from './http/announce.ts';
import { createApp, type Parts } from './http/app.ts';
import type { SwitchEvent } from './exchange/event.ts';
import type { Exchange, ExchangeOptions } from './exchange/exchange.ts';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from './defaults.ts';
import { ANSWERING_EXTENSION, SEED_EXTENSIONS } from './exchange/directory.ts';
import { type DialectName, dialectOf } from './exchange/dialect.ts';
import { injectEventFaults } from './exchange/faults/events.ts';
import { FaultInjector } from './exchange/faults/injector.ts';
import { injectRequestFaults, type Fetch } from './exchange/faults/request.ts';
import { Feed, type FeedOptions } from './feed/feed.ts';
import { MemoryLog } from './feed/memory.ts';
import { Commands, type Digest } from './relay/commands.ts';
import { Journal } from './relay/journal.ts';
import type { WakeIn } from './relay/timers.ts';
import type { Trust } from './http/nearby.ts';
import { allowPages } from './http/pages.ts';
import type { NotifyCounts } from './notify/deliveries.ts';
import type { NotifiedLot, Notifier } from './notify/notifier.ts';
import type { NotifyOptions } from './notify/options.ts';
import { Quota } from './http/quota.ts';
import { Reporter } from './exchange/reporter.ts';
import { Subscriptions } from './exchange/subscription.ts';
import { Switchboard } from './exchange/switchboard.ts';
import type { Timers } from './exchange/timers.ts';
import type { Client, TokenStore } from './access/token.ts';
import type { DeliveryOptions } from './exchange/webhook.ts';

/** The options of a switch. The defaults suit a test or a demo. */
export interface SwitchOptions extends ExchangeOptions {
  /** The token that never expires. Default: a random token. `Switch.token` returns it. */
  readonly token?: string;
  /** The number of API requests per hour. Further requests get the answer 429. Default 100,000. */
  readonly hourlyLimit?: number;
  /**
   * The faults: `calm`, `rough`, `storm`, or a list such as `seed=7,delay=50..800,lost=0.02`. See
   * `describeFaults`. Default `calm`.
   */
  readonly faults?: string;
  /**
   * Who may use `/play` and `/oauth/token`, which need no token. Default `loopback`. With `anyone`,
   * everyone who can reach the switch gets the token. Use it in closed networks only.
   */
  readonly trust?: Trust;
  /**
   * How slots are written and which questions need one. Default `classic`. With `current`, slots are
   * numbers in answers, and `park` and `slots` need a slot. So no
   * client can ask for the list of free slots.
   */
  readonly dialect?: DialectName;
  /**
   * The switch offers only what a real switch offers: no feed, no panel, no `Idempotency-Key`, no
   * `X-Valet-Park`. It offers callbacks, and has a fourth extension, 34900 (900), which answers each
   * call by itself. `/oauth/token` is open for everyone who knows the id and the secret of the
   * client. `true` makes up a secret. Default false.
   */
  readonly strict?: boolean | Client;
  readonly feed?: FeedOptions;
  readonly webhooks?: DeliveryOptions;
  /** Who is notified of parked calls, and how. Default: no one. */
  readonly notify?: NotifyOptions;
  /** The folder that is served at `/`. Default: the panel of the package. */
  readonly panel?: string;
}

/** A switch that does not listen. */
export interface Switch {
  /** The token that never expires. */
  readonly token: string;
  /** The client that may get tokens in the strict mode, else null. */
  readonly client: Client | null;
  /** The calls, and the methods that make things happen to them without HTTP. */
  readonly exchange: Exchange;
  /** The number of open feeds. */
  readonly subscribers: number;
  /** The faults in their precise form. `calm` if there are no faults. */
  readonly faults: string;
  /**
   * Replaces the faults and restarts their seed.
   *
   * @throws SwitchError `invalid` if `faults` cannot be read. The message says what would be right.
   */
  setFaults(faults: string): void;
  /**
   * Answers one request. This is a standard fetch handler, so each server that supports fetch can
   * serve the switch, for example Hono with `app.mount('/', pbx.fetch)`. With `@hono/node-server`,
   * `env` contains the address of the client. With other servers set `trust`, because otherwise
   * `/play` and `/oauth/token` refuse every request.
   *
   * Some faults make it reject, as the `fetch` of a client does if the connection closes without an
   * answer. So a test can pass it to a client and needs no network:
   * `fetch: async (input, init) => pbx.fetch(new Request(input, init))`.
   */
  readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  /** The counters of each receiver of notifications. Empty without the option `notify`. */
  readonly notifications: readonly NotifyCounts[];
  /** Ends the feeds and all deliveries. Later requests get the answer 503. Idempotent. */
  dispose(): void;
}

/** The parts of a switch that differ between Node and a browser. */
export interface SwitchHost {
  /** Creates the access tokens. `now` is the clock of the switch. */
  readonly tokens: (now: () => number) => TokenStore;
  readonly digest: Digest;
  readonly panel: Parts['panel'];
  /** The client that may get tokens in the strict mode. Null: the switch is not strict. */
  readonly client: Client | null;
  /** Sends the notifications of the lot. Missing: no one is notified. */
  readonly notify?: (lot: NotifiedLot) => Notifier;
}

/** The options that do not depend on the host. */
export type PortableOptions = Omit<SwitchOptions, 'token' | 'panel' | 'strict' | 'notify'>;

/**
 * Creates a switch from its parts. This file and everything it imports also work in a web worker.
 *
 * @throws RangeError, ValetError or SwitchError for invalid options. The message says what would be
 * right.
 */
export function composeSwitch(options: PortableOptions, host: SwitchHost): Switch {
  const { hourlyLimit, trust = 'loopback', feed: feedOptions, webhooks, ...rest } = options;
  const { faults: wanted = 'calm', dialect = 'classic', ...more } = rest;
  const { client } = host;
  const { slots = DEFAULT_SLOTS, patienceMs = DEFAULT_PATIENCE_MS } = options;

  const faults = new FaultInjector(wanted);
  const extensions = client === null ? {} : { extensions: STRICT_EXTENSIONS };
  const switchboard: Switchboard = new Switchboard(
    { ...extensions, ...more },
    {
      moved: (event, caller, taker) => reporter.moved(event, caller, taker),
      asked: (question, answer) => reporter.asked(question, answer),
    },
  );
  const { timers } = switchboard;
  const now = () => switchboard.now();
  const tokens = host.tokens(now);
  const log = new MemoryLog({ now: () => timers.now(), capacity: feedOptions?.replay });
  const journal = new Journal(log, { now: () => timers.now() });
  const notifier = host.notify?.({
    lot: 'main',
    journal,
    patienceMs,
    now: () => timers.now(),
    wakeIn: wakeInOf(timers),
    nameOf: (id) => switchboard.directory.find(id)?.name ?? id,
  });
  const reporter = new Reporter(log, journal, switchboard);
  const feed = new Feed(log, feedOptions);
  const subscriptions = new Subscriptions(webhooks);
  const quota = new Quota(now, hourlyLimit);
  const commands = new Commands(log.keys, host.digest);
  const deliver = (event: SwitchEvent) => {
    reporter.publish(event);
    subscriptions.publish(event);
  };
  const outlet = { deliver, cut: () => feed.cut() };
  switchboard.onEvent(injectEventFaults(faults, timers, outlet));

  /** Restarts the switch: only the options survive. */
  function restart(): void {
    switchboard.restart();
    log.clear();
    feed.cut();
    subscriptions.close();
    tokens.revoke();
    commands.clear();
  }

  const app = createApp({
    switchboard,
    feed,
    subscriptions,
    tokens,
    commands,
    journal,
    quota,
    faults,
    dialect: dialectOf(dialect, slots),
    facts: { token: tokens.fixed, slots, patienceMs },
    client,
    trust,
    panel: host.panel,
  });
  const abilities = client === null ? abilitiesOf(switchboard.profile) : null;
  const answer: Fetch = (request, env) => app.fetch(request, env ?? {});
  return {
    token: tokens.fixed,
    client,
    exchange: switchboard,
    get subscribers() {
      return feed.lines;
    },
    get faults() {
      return faults.faults;
    },
    get notifications() {
      return notifier?.counts ?? [];
    },
    setFaults: (text) => faults.set(text),
    fetch: allowPages(
      injectRequestFaults(answer, { faults, timers, quota, abilities, restart }),
      trust,
    ),
    dispose() {
      notifier?.close();
      feed.close();
      subscriptions.close();
      switchboard.dispose();
    },
  };
}

/** The timers of the switch have no `cancel`, so a cancelled callback does nothing. */
function wakeInOf(timers: Timers): WakeIn {
  return (ms, callback) => {
    let isCancelled = false;
    timers.after(ms, () => {
      if (!isCancelled) callback();
    });
    return () => {
      isCancelled = true;
    };
  };
}

const STRICT_EXTENSIONS = [...SEED_EXTENSIONS, ANSWERING_EXTENSION];
