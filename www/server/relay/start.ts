import { fileURLToPath } from 'node:url';
import { connectAdmin, listenForAdmin } from '../access/admin.ts';
import type { Administration } from '../access/administration.ts';
import { RELAY_LIMITS } from '../defaults.ts';
import { digest } from '../digest.ts';
import type { Log } from '../feed/log.ts';
import { RedisLog } from '../feed/redis/log.ts';
import { monitoringRoute } from '../http/monitoring.ts';
import { listen } from '../listen.ts';
import { consoleLogger } from '../logger.ts';
import { Metrics } from '../metrics/metrics.ts';
import { composeRelay } from './compose.ts';
import { ONE_RELAY, type RelayOptions } from './options.ts';
import type { Relay } from './relay.ts';

/** The options of a relay that listens. */
export interface StartRelayOptions extends Omit<
  RelayOptions,
  'access' | 'hooks' | 'log' | 'prefix'
> {
  /** The port. Default 0: any free port. */
  readonly port?: number;
  /** The address. Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /**
   * The folder of the tokens, the log and the secret of the web hooks. The command `valet-park pair`
   * finds the relay by this folder. Default: everything is in memory, and a restart loses it.
   */
  readonly state?: string;
  /** Default: a file in the folder `state`. `memory`: a restart loses the log. */
  readonly log?: Log | 'memory';
  /**
   * The address of Redis, as `redis://127.0.0.1:6379`. Relays of the same switch and client id share
   * their log there. Needs the library `@redis/client`. Cannot be given with `freeswitch`.
   */
  readonly redis?: string;
  /** The address at which the switch reaches the relay. Needed for `subscribe` only. */
  readonly publicUrl?: string;
  /** The names of extensions, by id. Panels show them. */
  readonly names?: Readonly<Record<string, string>>;
  /** The origins of other pages that may use the relay, as `https://crm.example`. Default: none. */
  readonly origins?: readonly string[];
  /** The proxies whose `X-Forwarded-For` counts, as `127.0.0.1` or `10.0.0.0/8`. Default: none. */
  readonly trustProxy?: readonly string[];
  /** The number of requests that one token has per minute. Default 600. */
  readonly requestsPerMinute?: number;
  /**
   * A second port for `/metrics`, `/readyz` and `/healthz`, for a monitoring on another machine. All who
   * reach this port may read. Default: none. On the first port, only programs of this machine may read.
   */
  readonly metricsPort?: number;
  /** The address of the second port. Default: `host`. */
  readonly metricsHost?: string;
  /** The folder that is served at `/`. Default: the panel of the package. */
  readonly panel?: string;
}

/** A relay that listens. */
export interface RunningRelay extends Omit<Relay, 'dispose'>, AsyncDisposable {
  /** The base URL, without a slash at the end. */
  readonly url: string;
  /** The base URL of `/metrics`, `/readyz` and `/healthz`. */
  readonly monitoringUrl: string;
  /** Lets panels in, and revokes their tokens. */
  readonly admin: Administration;
  /** The path of the web hooks. It contains a secret. A relay on FreeSWITCH has no web hooks. */
  readonly hookPath: string;
  /**
   * Stops listening and disposes of the relay. Feeds end with a hint when to return. Requests under
   * way have 10 seconds to finish. Idempotent.
   */
  close(): Promise<void>;
}

/**
 * Starts a relay that listens for HTTP requests: its routes, its panel, pairing and `/healthz`.
 *
 * @throws RangeError or SwitchError for invalid options; an Error if a file of the state cannot be
 * read, or another relay uses the folder; an Error with the `code` of the system, for example
 * `EADDRINUSE`, if the relay cannot listen.
 */
export async function startRelay(options: StartRelayOptions): Promise<RunningRelay> {
  const { port = 0, host = '127.0.0.1', state = null, panel = PANEL, ...rest } = options;
  const { metricsPort, metricsHost, redis } = options;
  if (redis !== undefined && options.freeswitch !== undefined) throw new RangeError(ONE_RELAY);
  if (state !== null) await refuseSecond(state);
  const log = redis === undefined ? options.log : await openShared(redis, options);
  const composed = await composeRelay({ ...rest, state, log, panel }, new Metrics());
  const { relay, monitored, hookPath, admin } = composed;
  /** Everything that must be closed, in the order in which it was opened. */
  const opened: { close(): Promise<void> }[] = [];
  // Closing the relay ends the feeds. They would keep their connections open.
  async function closeAll(): Promise<void> {
    const requests = Promise.all(opened.map((one) => one.close()));
    await composed.close(requests);
    await requests;
  }

  try {
    const listening = await listen(composed.fetch, host, port, RELAY_LIMITS);
    opened.push(listening);
    let monitoringUrl = listening.url;
    if (metricsPort !== undefined) {
      const route = monitoringRoute(monitored, () => true);
      const monitoring = await listen(route.fetch, metricsHost ?? host, metricsPort);
      opened.push(monitoring);
      monitoringUrl = monitoring.url;
    }
    if (state !== null) opened.push(await listenForAdmin(state, () => admin));
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= closeAll());
    return {
      url: listening.url,
      ...{ monitoringUrl, admin, hookPath, fetch: composed.fetch, ready: relay.ready },
      get health() {
        return relay.health;
      },
      readiness: () => relay.readiness(),
      metrics: () => relay.metrics(),
      get notifications() {
        return relay.notifications;
      },
      forget: (number) => relay.forget(number),
      subscribe: () => relay.subscribe(),
      unsubscribe: () => relay.unsubscribe(),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** @throws Error if a relay runs with this folder. */
export async function refuseSecond(folder: string): Promise<void> {
  if ((await connectAdmin(folder)) === null) return;
  throw new Error(`another relay runs with the folder ${folder}: end it, or name another folder`);
}

/** Opens the log that all relays of this switch and client id share. @throws Error as `RedisLog.open`. */
function openShared(url: string, options: StartRelayOptions): Promise<RedisLog> {
  const { upstream, logger = consoleLogger, now } = options;
  // Two companies on one Redis must not get into one lot.
  const { lot = digest(keyOf(upstream)).slice(0, 16) } = options;
  return RedisLog.open({
    ...{ url, lot, report: (sentence) => logger.warn(sentence) },
    ...(now === undefined ? {} : { now }),
  });
}

/** Returns what tells the switches of two companies apart. */
export function keyOf(upstream: RelayOptions['upstream']): readonly string[] {
  const { url = '', clientId = '' } = upstream ?? {};
  return [url.replace(/\/+$/, ''), clientId];
}

/** The panel of the package. */
export const PANEL = fileURLToPath(new URL('./www/', import.meta.url));
