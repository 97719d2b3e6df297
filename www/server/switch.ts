import { fileURLToPath } from 'node:url';
import { abilitiesOf } from './announce.ts';
import { createApp } from './app.ts';
import type { SwitchEvent } from './event.ts';
import type { Exchange, ExchangeOptions } from './exchange.ts';
import { eventsUnderWeather } from './faults/events.ts';
import { underWeather, type Fetch } from './faults/request.ts';
import { Weather } from './faults/weather.ts';
import { Feed, type FeedOptions } from './feed.ts';
import { IdempotencyKeys } from './idempotency.ts';
import type { Trust } from './nearby.ts';
import { toPages } from './pages.ts';
import { Quota } from './quota.ts';
import { Subscriptions } from './subscription.ts';
import { Switchboard } from './switchboard.ts';
import { Tokens } from './token.ts';
import type { DeliveryOptions } from './webhook.ts';

/** How a switch is set up; everything has a default that suits a test or a demo. */
export interface SwitchOptions extends ExchangeOptions {
  /** The token that never expires. Default: a random one, found as `token` of the switch. */
  readonly token?: string;
  /** How many API requests there may be in an hour, beyond which they are answered 429. Default
   *  100,000. */
  readonly hourlyLimit?: number;
  /** What goes wrong: `calm`, `rough`, `storm`, or a precise form such as
   *  `seed=7,delay=50..800,lost=0.02`; see `describeFaults`. Default `calm`. */
  readonly faults?: string;
  /** Who may use `/play` and `/oauth/token`, which ask for no token. Default `loopback`. With
   *  `anyone` the token is anybody's who can reach the switch: for closed networks only. */
  readonly trust?: Trust;
  readonly feed?: FeedOptions;
  readonly webhooks?: DeliveryOptions;
  /** The folder that is served at `/`. Default: the panel that comes with the package. */
  readonly panel?: string;
}

/** A switch that does not listen by itself. */
export interface Switch {
  /** The token that never expires. */
  readonly token: string;
  /** The calls, and the hands that make them happen without HTTP. */
  readonly exchange: Exchange;
  /** How many feeds are open. */
  readonly subscribers: number;
  /** What goes wrong now, in the precise form; `calm` for nothing. */
  readonly faults: string;
  /** Changes what goes wrong, in the middle of everything, and begins its seed anew.
   *
   *  @throws SwitchError for what are no faults, which the message explains. */
  setFaults(faults: string): void;
  /**
   * Answers one request. It is a standard fetch handler, so any server that speaks fetch can carry
   * the switch: in Hono, `app.mount('/', pbx.fetch)`. With `@hono/node-server` its `env` tells who
   * is asking; elsewhere set `trust`, else nobody may use `/play` and `/oauth/token`.
   *
   * In bad weather it rejects where the connection is to be closed without an answer, as a client's
   * own `fetch` does then. So a test can give it to a client and needs no network:
   * `fetch: async (input, init) => pbx.fetch(new Request(input, init))`.
   */
  readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  /** Ends the feeds and gives up what was still to be delivered; whatever is asked afterwards is
   *  answered 503. Idempotent. */
  dispose(): void;
}

/**
 * A switch to build into a server of your own. `startSwitch` is the one that listens.
 *
 * @throws RangeError, ValetError or SwitchError for options that make no sense, which the message
 * explains.
 */
export function createSwitch(options: SwitchOptions = {}): Switch {
  const { token, hourlyLimit, trust = 'loopback', feed: feedOptions, webhooks, ...rest } = options;
  const {
    panel = fileURLToPath(new URL('./www/', import.meta.url)),
    faults = 'calm',
    ...more
  } = rest;
  const { slots = 9, patienceMs = 180_000 } = options;

  const weather = new Weather(faults);
  const switchboard: Switchboard = new Switchboard(more, {
    moved: (event, caller, taker) => feed.moved(event, caller, taker),
    asked: (question, answer) => feed.asked(question, answer),
  });
  const { timers } = switchboard;
  const now = () => switchboard.now();
  const tokens = new Tokens(now, token);
  const feed = new Feed(Math.max(now(), 1), feedOptions);
  const subscriptions = new Subscriptions(webhooks);
  const quota = new Quota(now, hourlyLimit);
  const keys = new IdempotencyKeys(() => timers.now());
  const deliver = (event: SwitchEvent) => {
    feed.publish(event);
    subscriptions.publish(event);
  };
  const outlet = { deliver, cut: () => feed.cut() };
  switchboard.onEvent(eventsUnderWeather(weather, timers, outlet));

  /** As if it had been started anew: only what it was started with is known. */
  function restart(): void {
    switchboard.restart();
    feed.restart(now());
    subscriptions.close();
    tokens.revoke();
    keys.clear();
  }

  const app = createApp({
    switchboard,
    feed,
    subscriptions,
    tokens,
    keys,
    quota,
    weather,
    dialect: { slots },
    facts: { token: tokens.fixed, slots, patienceMs },
    trust,
    panel,
  });
  const abilities = abilitiesOf(switchboard.profile);
  const answer: Fetch = (request, env) => app.fetch(request, env ?? {});
  return {
    token: tokens.fixed,
    exchange: switchboard,
    get subscribers() {
      return feed.lines;
    },
    get faults() {
      return weather.faults;
    },
    setFaults: (wanted) => weather.set(wanted),
    fetch: toPages(underWeather(answer, { weather, timers, quota, abilities, restart }), trust),
    dispose() {
      feed.close();
      subscriptions.close();
      switchboard.dispose();
    },
  };
}
