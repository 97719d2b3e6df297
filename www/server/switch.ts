import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import type { Exchange, ExchangeOptions } from './exchange.ts';
import { Feed, type FeedOptions } from './feed.ts';
import type { Trust } from './nearby.ts';
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
  /** Who may use `/play` and `/oauth/token`, which ask for no token. Default `loopback`. */
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
  /**
   * Answers one request. It is a standard fetch handler, so any server that speaks fetch can carry
   * the switch: in Hono, `app.mount('/', pbx.fetch)`. With `@hono/node-server` its `env` tells who
   * is asking; elsewhere set `trust`, else nobody may use `/play` and `/oauth/token`.
   */
  readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  /** Ends the feeds and gives up what was still to be delivered; whatever is asked afterwards is
   *  answered 503. Idempotent. */
  dispose(): void;
}

/**
 * A switch to build into a server of your own. `startSwitch` is the one that listens.
 *
 * @throws RangeError or ValetError for options that make no sense, which the message explains.
 */
export function createSwitch(options: SwitchOptions = {}): Switch {
  const { token, hourlyLimit, trust = 'loopback', feed: feedOptions, webhooks, ...rest } = options;
  const { panel = fileURLToPath(new URL('./www/', import.meta.url)), ...exchangeOptions } = rest;
  const { slots = 9, patienceMs = 180_000 } = options;

  const switchboard = new Switchboard(exchangeOptions);
  const now = () => switchboard.now();
  const tokens = new Tokens(now, token);
  const feed = new Feed(Math.max(now(), 1), feedOptions);
  const subscriptions = new Subscriptions(webhooks);
  switchboard.onEvent((event) => feed.publish(event));
  switchboard.onEvent((event) => subscriptions.publish(event));

  const app = createApp({
    switchboard,
    feed,
    subscriptions,
    tokens,
    quota: new Quota(now, hourlyLimit),
    dialect: { slots },
    facts: { token: tokens.fixed, slots, patienceMs },
    trust,
    panel,
  });
  return {
    token: tokens.fixed,
    exchange: switchboard,
    get subscribers() {
      return feed.lines;
    },
    fetch: (request, env) => app.fetch(request, env ?? {}),
    dispose() {
      feed.close();
      subscriptions.close();
      switchboard.dispose();
    },
  };
}
