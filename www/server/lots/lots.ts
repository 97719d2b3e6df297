import type { Hono } from 'hono';
import type { Administration } from '../access/administration.ts';
import { digest } from '../digest.ts';
import type { Fetch } from '../exchange/faults/request.ts';
import type { Log } from '../feed/log.ts';
import type { RedisHub } from '../feed/redis/hub.ts';
import { RedisLog } from '../feed/redis/log.ts';
import { isThisMachine, writeEngineAddress } from '../freeswitch/options.ts';
import type { Health } from '../http/monitoring.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { composeRelay, type ComposedRelay } from '../relay/compose.ts';
import { ONE_RELAY } from '../relay/options.ts';
import type { RelayHealth } from '../relay/relay.ts';
import { keyOf } from '../relay/start.ts';
import { keepWebHooks } from '../relay/web-hooks.ts';
import { isLotName, LOT_NAME, lotFolder } from './name.ts';
import type { BrokenLot, LotOptions, LotsReport } from './options.ts';
import { planChanges } from './plan.ts';
import { RunningLot } from './running-lot.ts';

/** The parts of a process that its lots share. */
export interface LotsParts {
  /** The folder of the state. Null: everything is in memory. */
  readonly folder: string | null;
  readonly isLogInMemory: boolean;
  /** The connections to Redis. Null: each lot has its own log. */
  readonly hub: RedisHub | null;
  readonly metrics: Metrics;
  readonly panel: Hono;
  readonly logger: Logger;
  readonly trustProxy: readonly string[];
  /** The address of the process, for the web hooks of the lots. */
  readonly publicUrl: string | undefined;
}

/** A lot of a process, for its administrator. */
export interface LotView {
  readonly admin: Administration;
  readonly health: RelayHealth;
  /** The path of the lot, as `/lot/acme`. */
  readonly path: string;
  /** The path of the web hooks. It contains a secret. */
  readonly hookPath: string;
  /** Resolves when the lot has asked for the live calls once, and its asker works. */
  readonly ready: Promise<void>;
}

/** The lots of a process. Each has its own tokens, log, journal, feed and switch. */
export class Lots {
  readonly #parts: LotsParts;
  readonly #lots = new Map<string, RunningLot<LotOptions>>();
  /** The lots that have their own host name, by host name. */
  readonly #hosts = new Map<string, RunningLot<LotOptions>>();
  /** The problems of the last change. */
  #broken: readonly BrokenLot[] = [];
  /** Settles when the last change has ended. */
  #changing: Promise<unknown> = Promise.resolve();
  #saidAt = new Map<string, number>();

  constructor(parts: LotsParts) {
    this.#parts = parts;
  }

  get names(): readonly string[] {
    return [...this.#lots.keys()];
  }

  /** Returns a lot. Null if no lot has this name, or its options change now. */
  lot(name: string): LotView | null {
    const current = this.#lots.get(name)?.current ?? null;
    if (current === null) return null;
    const { admin, relay, hookPath } = current;
    const path = pathOf(name);
    const { ready } = relay;
    return {
      ...{ admin, path, ready, hookPath: path + hookPath },
      get health() {
        return relay.health;
      },
    };
  }

  /** Returns the lot of a request. Null if no lot has this path or host. */
  find(path: string, host: string | null): Fetch | null {
    const own = this.#hosts.size === 0 ? undefined : this.#hosts.get(host?.toLowerCase() ?? '');
    const [, name = ''] = /^\/lot\/([^/]+)(?=\/)/.exec(path) ?? [];
    return (own ?? this.#lots.get(name))?.fetch ?? null;
  }

  /** Whether all lots can do their work. */
  get health(): Health {
    const problems = [...this.#lots].flatMap(([name, { current }]) =>
      (current?.relay.health.problems ?? []).map((problem) => `lot ${name}: ${problem}`),
    );
    return healthOf([...this.#broken.map(({ problem }) => problem), ...problems]);
  }

  /** Resolves to the health after a probe of each log. */
  async readiness(): Promise<Health> {
    const asked = [...this.#lots].map(async ([name, { current }]) => {
      const found = (await current?.relay.readiness())?.problems ?? [];
      return found.map((problem) => `lot ${name}: ${problem}`);
    });
    const problems = (await Promise.all(asked)).flat();
    return healthOf([...this.#broken.map(({ problem }) => problem), ...problems]);
  }

  /**
   * Opens, changes and closes lots, so that the given ones run. A lot with the same options is not
   * touched. A broken lot that runs stays as it is. Changes that come meanwhile wait.
   */
  change(lots: readonly LotOptions[], broken: readonly BrokenLot[] = []): Promise<LotsReport> {
    const changed = this.#changing.then(() => this.#change(lots, broken));
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  async close(): Promise<void> {
    await this.#changing;
    const lots = [...this.#lots.values()];
    this.#lots.clear();
    this.#hosts.clear();
    await Promise.all(lots.map((lot) => lot.close()));
  }

  async #change(given: readonly LotOptions[], known: readonly BrokenLot[]): Promise<LotsReport> {
    const broken = [...known];
    const wanted = new Map<string, LotOptions>();
    for (const lot of given) {
      const problem = this.#problemOf(lot, wanted);
      if (problem === null) wanted.set(lot.name, lot);
      else broken.push({ name: isLotName(lot.name) ? lot.name : null, problem });
    }
    for (const { name } of broken) if (name !== null) wanted.delete(name);
    const running = new Map([...this.#lots].map(([name, { options }]) => [name, options]));
    const plan = planChanges(running, { lots: wanted, broken: broken.map(({ name }) => name) });

    const failed = async (name: string, work: () => Promise<void>): Promise<string | null> => {
      try {
        await work();
        return name;
      } catch (error) {
        broken.push({ name, problem: `lot ${name} cannot be opened: ${(error as Error).message}` });
        return null;
      }
    };
    const removed = await inGroups(plan.remove, (name) => this.#remove(name));
    const changed = await inGroups(plan.change, (name) =>
      failed(name, async () => {
        const options = wanted.get(name);
        if (options !== undefined) await this.#lots.get(name)?.change(options);
      }),
    );
    const added = await inGroups(plan.add, (name) =>
      failed(name, async () => {
        const options = wanted.get(name);
        if (options !== undefined) this.#lots.set(name, await this.#open(options));
      }),
    );
    this.#hosts.clear();
    for (const lot of this.#lots.values()) {
      const { publicUrl } = lot.options;
      if (publicUrl !== undefined) this.#hosts.set(new URL(publicUrl).host, lot);
    }
    this.#broken = broken;
    return { added, changed, removed, kept: plan.keep, broken };
  }

  /** Returns what is wrong with a lot. Null if it is right. */
  #problemOf(lot: LotOptions, others: ReadonlyMap<string, LotOptions>): string | null {
    const { name, publicUrl, freeswitch } = lot;
    if (!isLotName(name)) return `the name of a lot is ${LOT_NAME}, not \`${name}\``;
    if (others.has(name)) return `two lots have the name ${name}: give one of them another name`;
    if (freeswitch !== undefined) {
      if (this.#parts.hub !== null) return `lot ${name}: ${ONE_RELAY}`;
      const twin = [...others.values()].find((other) => engineLotOf(other) === engineLotOf(lot));
      if (twin !== undefined) {
        return `lots ${twin.name} and ${name} are the same lot on FreeSWITCH: each needs a lot of its own`;
      }
    }
    if (publicUrl === undefined) return null;
    const same = [...others.values()].find((other) => hostOf(other) === hostOf({ publicUrl }));
    if (same === undefined && hostOf(this.#parts) !== hostOf({ publicUrl })) return null;
    const of = same === undefined ? 'the relay' : `lot ${same.name}`;
    return `the public-url of lot ${name} is that of ${of}: give each its own host name`;
  }

  async #remove(name: string): Promise<string> {
    const lot = this.#lots.get(name);
    this.#lots.delete(name);
    await lot?.close();
    return name;
  }

  #open(options: LotOptions): Promise<RunningLot<LotOptions>> {
    return RunningLot.open(options, (one) => this.#compose(one));
  }

  async #compose({ subscribe, publicUrl, ...options }: LotOptions): Promise<ComposedRelay> {
    const { folder, isLogInMemory, metrics, panel, trustProxy } = this.#parts;
    const { name } = options;
    const logger = this.#loggerOf(name);
    const path = pathOf(name);
    const below = this.#parts.publicUrl === undefined ? undefined : this.#parts.publicUrl + path;
    const composed = await composeRelay(
      {
        ...{ ...options, lot: name, prefix: path, panel, logger, trustProxy, hasMonitoring: false },
        state: folder === null ? null : lotFolder(folder, name),
        log: (await this.#logOf(options)) ?? (isLogInMemory ? 'memory' : undefined),
        publicUrl: publicUrl ?? below,
      },
      metrics,
    );
    if (subscribe !== true) return composed;
    const stop = keepWebHooks(composed.relay, composed.hookPath, logger);
    return {
      ...composed,
      async close(requests) {
        stop();
        await composed.close(requests);
      },
    };
  }

  /** Opens the log of a lot in Redis. Null without Redis. */
  async #logOf({ name, upstream, now }: LotOptions): Promise<Log | null> {
    const { hub } = this.#parts;
    if (hub === null) return null;
    const parts = [...keyOf(upstream), name];
    return RedisLog.openIn(hub, {
      lot: digest(parts).slice(0, 16),
      // Redis is away for all lots at once.
      report: (sentence) => this.#sayOnce(sentence),
      ...(now === undefined ? {} : { now }),
    });
  }

  #loggerOf(lot: string): Logger {
    const { logger } = this.#parts;
    return {
      info: (message, fields) => logger.info(message, { lot, ...fields }),
      warn: (message, fields) => logger.warn(message, { lot, ...fields }),
    };
  }

  #sayOnce(sentence: string): void {
    const now = performance.now();
    if (now - (this.#saidAt.get(sentence) ?? -Infinity) < SAME_MS) return;
    this.#saidAt = new Map([[sentence, now]]);
    this.#parts.logger.warn(sentence);
  }
}

function pathOf(name: string): string {
  return `/lot/${name}`;
}

function hostOf({ publicUrl }: { readonly publicUrl?: string | undefined }): string | null {
  return publicUrl === undefined ? null : new URL(publicUrl).host;
}

/** Names the lot on an engine. Null if the lot is not on FreeSWITCH. */
function engineLotOf({ freeswitch }: LotOptions): string | null {
  if (freeswitch === undefined) return null;
  const { host = '127.0.0.1', lot } = freeswitch;
  const one = isThisMachine(host) ? { ...freeswitch, host: '127.0.0.1' } : freeswitch;
  return `${writeEngineAddress(one)} ${lot}`;
}

function healthOf(problems: readonly string[]): Health {
  return { ok: problems.length === 0, problems };
}

/** Calls `work` for each name, for some names at the same time. Returns the results without null. */
async function inGroups(
  names: readonly string[],
  work: (name: string) => Promise<string | null>,
): Promise<string[]> {
  const done: (string | null)[] = [];
  for (let at = 0; at < names.length; at += GROUP) {
    done.push(...(await Promise.all(names.slice(at, at + GROUP).map(work))));
  }
  return done.filter((name) => name !== null);
}

const GROUP = 50;
const SAME_MS = 1_000;
