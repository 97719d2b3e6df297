import { fileURLToPath } from 'node:url';
import { connectAdmin, listenForAdmin, type AdminListener } from '../access/admin.ts';
import { LocalAdministration, type Administration } from '../access/administration.ts';
import { openAccess } from '../access/open.ts';
import { DEFAULT_SLOTS, RELAY_LIMITS } from '../defaults.ts';
import { dialectOf } from '../exchange/dialect.ts';
import type { Log } from '../feed/log.ts';
import { RedisLog } from '../feed/redis/log.ts';
import { digest } from '../digest.ts';
import { createFront } from '../http/front.ts';
import { monitoringRoute } from '../http/monitoring.ts';
import { listen, type Listening } from '../listen.ts';
import { consoleLogger } from '../logger.ts';
import { Metrics } from '../metrics/metrics.ts';
import type { RelayHooks, RelayOptions } from './options.ts';
import { openRelay, type Relay } from './relay.ts';
import { openState, sharingFile } from './state.ts';

/** The options of a relay that listens. */
export interface StartRelayOptions extends Omit<RelayOptions, 'access' | 'hooks' | 'log'> {
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
   * their log there. Needs the library `@redis/client`.
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
  /** The path of the web hooks. It contains a secret. */
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
  const { port = 0, host = '127.0.0.1', state: folder = null, publicUrl, ...rest } = options;
  const { metricsPort, metricsHost } = options;
  const { logger = consoleLogger, now = Date.now, extensions, names = {} } = options;
  if (folder !== null && (await connectAdmin(folder)) !== null) {
    throw new Error(`another relay runs with the folder ${folder}: end it, or name another folder`);
  }
  const report = (sentence: string) => logger.warn(sentence);
  const log = options.redis === undefined ? options.log : await openShared(options.redis, options);
  const state = openState({ folder, now, report, log });
  const { tokens, keeper, pairing, ...access } = await openAccess({
    ...{ store: state.store, shared: state.log.access, now, logger },
    sharingFile: folder === null ? null : sharingFile(folder),
  });
  const metrics = new Metrics();
  let relay: Relay | null = null;
  const administration = new LocalAdministration({
    ...{ tokens: keeper, pairing, extensions },
    forget: async (number) => (await relay?.forget(number)) ?? 0,
  });
  let admin: AdminListener | null = null;
  let monitoring: Listening | null = null;
  async function dispose(requests?: Promise<unknown>): Promise<void> {
    await relay?.dispose(requests);
    await monitoring?.close();
    if (relay === null) await state.log.close();
    await admin?.close();
    access.close();
  }

  try {
    const hooks: RelayHooks = { ...state.hooks, ...(publicUrl === undefined ? {} : { publicUrl }) };
    const notify = options.notify === undefined ? undefined : { names, ...options.notify };
    const started = openRelay({ ...rest, access: tokens, log: state.log, hooks, notify }, metrics);
    relay = started;
    const monitored = {
      health: () => started.health,
      ready: () => started.readiness(),
      metrics: () => metrics.text(),
    };
    const fetch = createFront({
      inner: started.fetch,
      access: tokens,
      pairing,
      extensions: extensions.map((id) => ({ id, name: names[id] ?? id })),
      dialect: dialectOf(options.dialect ?? 'classic', options.slots ?? DEFAULT_SLOTS),
      monitored,
      count: (route, status) => metrics.request(route, status),
      logger,
      origins: options.origins ?? [],
      trustProxy: options.trustProxy ?? [],
      requestsPerMinute: options.requestsPerMinute,
      panel: options.panel ?? fileURLToPath(new URL('./www/', import.meta.url)),
      now,
    });
    const listening = await listen(fetch, host, port, RELAY_LIMITS);
    if (metricsPort !== undefined) {
      const route = monitoringRoute(monitored, () => true);
      monitoring = await listen(route.fetch, metricsHost ?? host, metricsPort).catch(
        async (error: unknown) => {
          await listening.close();
          throw error;
        },
      );
    }
    if (folder !== null) {
      admin = await listenForAdmin(folder, administration).catch(async (error: unknown) => {
        await listening.close();
        throw error;
      });
    }
    let closed: Promise<void> | undefined;
    // `dispose` ends the feeds. They would keep their connections open.
    const close = () => (closed ??= dispose(listening.close()));
    return {
      url: listening.url,
      monitoringUrl: monitoring?.url ?? listening.url,
      admin: administration,
      hookPath: `/hook/${state.hooks.secret}`,
      fetch,
      ready: started.ready,
      get health() {
        return started.health;
      },
      readiness: () => started.readiness(),
      metrics: () => started.metrics(),
      get notifications() {
        return started.notifications;
      },
      forget: (number) => started.forget(number),
      subscribe: () => started.subscribe(),
      unsubscribe: () => started.unsubscribe(),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Opens the log that all relays of this switch and client id share. @throws Error as `RedisLog.open`. */
function openShared(url: string, options: StartRelayOptions): Promise<RedisLog> {
  const { upstream, logger = consoleLogger, now } = options;
  // Two companies on one Redis must not get into one lot.
  const { lot = digest([upstream.url.replace(/\/+$/, ''), upstream.clientId]).slice(0, 16) } =
    options;
  return RedisLog.open({
    ...{ url, lot, report: (sentence) => logger.warn(sentence) },
    ...(now === undefined ? {} : { now }),
  });
}
