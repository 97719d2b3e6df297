import { Hono } from 'hono/tiny';
import { getPath } from 'hono/utils/url';
import { listenForAdmin } from '../access/admin.ts';
import { RELAY_LIMITS } from '../defaults.ts';
import { checkUrl, loadRedisClient } from '../feed/redis/client.ts';
import { RedisHub } from '../feed/redis/hub.ts';
import { isLocalClient, monitoringRoute, type Health, type Monitored } from '../http/monitoring.ts';
import { panelRoute } from '../http/panel.ts';
import { addSecurityHeaders } from '../http/security.ts';
import { listen } from '../listen.ts';
import { consoleLogger } from '../logger.ts';
import { Metrics } from '../metrics/metrics.ts';
import { PANEL, refuseSecond } from '../relay/start.ts';
import { Lots, type LotView } from './lots.ts';
import type { BrokenLot, LotOptions, LotsReport, StartLotsOptions } from './options.ts';

/** Several lots that listen at one address. */
export interface RunningLots extends AsyncDisposable {
  /** The base URL, without a slash at the end. The panel of a lot is at `${url}/lot/NAME/`. */
  readonly url: string;
  /** The base URL of `/metrics`, `/readyz` and `/healthz`. */
  readonly monitoringUrl: string;
  /** The names of the lots that run. */
  readonly names: readonly string[];
  readonly health: Health;
  /** The result of the start: the lots that were opened, and those that could not be opened. */
  readonly report: LotsReport;
  /** Returns a lot. Null if no lot has this name, or its options change now. */
  lot(name: string): LotView | null;
  /**
   * Opens, changes and closes lots, so that the given ones run. The panels of other lots notice nothing.
   * A lot in `broken` that runs goes on with its old options.
   */
  change(lots: readonly LotOptions[], broken?: readonly BrokenLot[]): Promise<LotsReport>;
  /** Stops listening and closes all lots. Requests under way have 10 seconds to finish. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a relay for several lots in one process. Each lot has its own switch, tokens, log, journal and
 * feed, below `/lot/NAME`.
 *
 * @throws Error if another relay uses the folder of the state; an Error with the `code` of the system,
 * for example `EADDRINUSE`, if the relay cannot listen. A lot that cannot be opened is in `report`.
 */
export async function startLots(
  options: StartLotsOptions,
  broken: readonly BrokenLot[] = [],
): Promise<RunningLots> {
  const { port = 0, host = '127.0.0.1', state = null, logger = consoleLogger, redis } = options;
  const { metricsPort, metricsHost, publicUrl, trustProxy = [], panel = PANEL } = options;
  if (state !== null) await refuseSecond(state);
  const metrics = new Metrics();
  const pages = panelRoute(panel, 'relay');
  const lots = new Lots({
    ...{ metrics, logger, trustProxy, panel: pages },
    folder: state,
    isLogInMemory: options.log === 'memory',
    hub: redis === undefined ? null : await openHub(redis),
    publicUrl: publicUrl?.replace(/\/+$/, ''),
  });
  const monitored: Monitored = {
    health: () => lots.health,
    ready: () => lots.readiness(),
    metrics: () => metrics.text(),
  };
  const root = rootApp(monitored, pages);
  const opened: { close(): Promise<void> }[] = [];
  async function closeAll(): Promise<void> {
    const requests = opened.map((one) => one.close());
    await lots.close();
    await Promise.all(requests);
  }

  try {
    const report = await lots.change(options.lots, broken);
    const listening = await listen(
      (request, env) => {
        const lot = lots.find(getPath(request), request.headers.get('host'));
        return lot === null ? root.fetch(request, env) : lot(request, env);
      },
      host,
      port,
      RELAY_LIMITS,
    );
    opened.push(listening);
    let monitoringUrl = listening.url;
    if (metricsPort !== undefined) {
      const route = monitoringRoute(monitored, () => true);
      const monitoring = await listen(route.fetch, metricsHost ?? host, metricsPort);
      opened.push(monitoring);
      monitoringUrl = monitoring.url;
    }
    if (state !== null) {
      const find = (lot: string | null) => (lot === null ? null : (lots.lot(lot)?.admin ?? null));
      opened.push(await listenForAdmin(state, find));
    }
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= closeAll());
    return {
      url: listening.url,
      ...{ monitoringUrl, report },
      get names() {
        return lots.names;
      },
      get health() {
        return lots.health;
      },
      lot: (name) => lots.lot(name),
      change: (wanted, wrong) => lots.change(wanted, wrong),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openHub(url: string): Promise<RedisHub> {
  checkUrl(url);
  await loadRedisClient();
  return new RedisHub({ url, timeoutMs: 3_000, beatMs: 2_000 });
}

/** The routes that belong to no lot: the monitoring, and the files that the pages of all lots load. */
function rootApp(monitored: Monitored, pages: Hono): Hono {
  const app = new Hono({ strict: false });
  app.use(addSecurityHeaders);
  app.route('/', monitoringRoute(monitored, isLocalClient));
  app.get('/lot/:name', (c) => {
    if (getPath(c.req.raw).endsWith('/')) return c.json({ message: NO_LOT }, 404);
    return c.redirect(`${c.req.path}/`, 308);
  });
  app.get('/', (c) => c.json({ message: NO_LOT }, 404));
  app.route('/', pages);
  app.notFound((c) => c.json({ message: NO_LOT }, 404));
  return app;
}

const NO_LOT = 'there is no such lot: the address of a lot is /lot/NAME/';
