import type { Hono } from 'hono';
import type { Fetch } from '../exchange/faults/request.ts';
import { LocalAdministration, type Administration } from '../access/administration.ts';
import { openAccess } from '../access/open.ts';
import { DEFAULT_SLOTS } from '../defaults.ts';
import { dialectOf } from '../exchange/dialect.ts';
import type { Log } from '../feed/log.ts';
import { createFront } from '../http/front.ts';
import type { Monitored } from '../http/monitoring.ts';
import { consoleLogger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RelayHooks, RelayOptions } from './options.ts';
import { openRelay, type Relay } from './relay.ts';
import { openState, sharingFile } from './state.ts';

/** The options of a relay with tokens and pairing. */
export interface ComposeOptions extends Omit<RelayOptions, 'access' | 'hooks' | 'log'> {
  /** The folder of the tokens, the log and the secret of the web hooks. Null: all is in memory. */
  readonly state: string | null;
  readonly log?: Log | 'memory' | undefined;
  /** The address at which the switch reaches the relay, without a slash at the end. */
  readonly publicUrl?: string | undefined;
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly origins?: readonly string[] | undefined;
  readonly trustProxy?: readonly string[] | undefined;
  readonly requestsPerMinute?: number | undefined;
  /** The folder of the built panel, or its pages. */
  readonly panel: string | Hono;
  /** False if a route outside of this relay serves the monitoring. Default true. */
  readonly hasMonitoring?: boolean;
}

/** A relay with its tokens, pairing and panel, that does not listen. */
export interface ComposedRelay {
  readonly relay: Omit<Relay, 'dispose' | 'fetch'>;
  /** Answers one request. */
  readonly fetch: Fetch;
  readonly monitored: Monitored;
  readonly admin: Administration;
  /** The path of the web hooks, without the prefix. It contains a secret. */
  readonly hookPath: string;
  /** Ends the feeds, and closes the log after `requests` has settled. Idempotent. */
  close(requests?: Promise<unknown>): Promise<void>;
}

/**
 * Composes a relay of its state, its tokens, its pairing and its routes.
 *
 * @throws RangeError or SwitchError for invalid options; an Error if a file of the state cannot be read.
 */
export async function composeRelay(
  options: ComposeOptions,
  metrics: Metrics,
): Promise<ComposedRelay> {
  const { state: folder, log, publicUrl, panel, hasMonitoring = true, ...rest } = options;
  const { logger = consoleLogger, now = Date.now, extensions, names = {}, prefix } = options;
  const report = (sentence: string) => logger.warn(sentence);
  const state = openState({ folder, now, report, log });
  const { tokens, keeper, pairing, ...access } = await openAccess({
    ...{ store: state.store, shared: state.log.access, now, logger },
    sharingFile: folder === null ? null : sharingFile(folder),
  });
  try {
    const ownHooks = { ...state.hooks, ...(publicUrl === undefined ? {} : { publicUrl }) };
    // FreeSWITCH sends no web hooks.
    const hooks: RelayHooks | null = options.freeswitch === undefined ? ownHooks : null;
    const notify = options.notify === undefined ? undefined : { names, ...options.notify };
    const relay = openRelay({ ...rest, access: tokens, log: state.log, hooks, notify }, metrics);
    const monitored: Monitored = {
      health: () => relay.health,
      ready: () => relay.readiness(),
      metrics: () => metrics.text(),
    };
    const fetch = createFront({
      inner: relay.fetch,
      access: tokens,
      pairing,
      extensions: extensions.map((id) => ({ id, name: names[id] ?? id })),
      dialect: dialectOf(options.dialect ?? 'classic', options.slots ?? DEFAULT_SLOTS),
      monitored: hasMonitoring ? monitored : null,
      count: (route, status) => metrics.request(route, status),
      logger,
      origins: options.origins ?? [],
      trustProxy: options.trustProxy ?? [],
      requestsPerMinute: options.requestsPerMinute,
      ...{ panel, prefix, now },
    });
    return {
      ...{ relay, fetch, monitored, hookPath: `/hook/${state.hooks.secret}` },
      admin: new LocalAdministration({
        ...{ tokens: keeper, pairing, extensions },
        forget: (number) => relay.forget(number),
      }),
      async close(requests) {
        await relay.dispose(requests);
        access.close();
      },
    };
  } catch (error) {
    await state.log.close();
    access.close();
    throw error;
  }
}
