import { randomBytes } from 'node:crypto';
import type { Dialect } from 'valet-park';
import type { Access, Who } from '../access/access.ts';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from '../defaults.ts';
import { dialectOf } from '../exchange/dialect.ts';
import type { Fetch } from '../exchange/faults/request.ts';
import { Feed } from '../feed/feed.ts';
import { MemoryLog } from '../feed/memory.ts';
import { exactFreeswitch } from '../freeswitch/exact.ts';
import { consoleLogger, describeError } from '../logger.ts';
import { Metrics, type MetricsText } from '../metrics/metrics.ts';
import { Probe } from '../metrics/probe.ts';
import { timedLog } from '../metrics/timed-log.ts';
import type { NotifyCounts } from '../notify/deliveries.ts';
import { startNotifier } from '../notify/notifier.ts';
import { createRelayApp } from './app.ts';
import { openAsker, type Asker } from './asker.ts';
import { Askers } from './askers.ts';
import type { ExactSwitch } from './exact-lot.ts';
import { Journal } from './journal.ts';
import { RelayLot } from './lot.ts';
import { checkRelayOptions, type RelayOptions } from './options.ts';
import { subscribe, unsubscribe, type SubscriptionReport } from './subscriptions.ts';
import { pause, timersOf } from './timers.ts';
import { createUpstream, type BudgetView, type Upstream } from './upstream.ts';

/** The state of a relay, for an administrator and for monitoring. */
export interface RelayHealth {
  readonly ok: boolean;
  /** A sentence for each problem. */
  readonly problems: readonly string[];
  /**
   * True if the switch has given a token. False if it gives none any more, and the last one has ended. On
   * FreeSWITCH: true while the relay is connected, and knows the lot.
   */
  readonly isAuthorized: boolean;
  readonly budget: Pick<BudgetView, 'limit' | 'remaining'>;
  /** The number of open feeds of panels. */
  readonly subscribers: number;
  /** True if this relay asks the switch in the background. Of several relays, one does. */
  readonly asks: boolean;
  /** The state of the asker: the `state` of a `SyncView`. */
  readonly asking: string;
}

/** A relay that does not listen. */
export interface Relay {
  /** Answers one request. This is a standard fetch handler. */
  readonly fetch: Fetch;
  readonly health: RelayHealth;
  /** Resolves to the health after a probe: an entry of the log that is read back within 5 seconds. */
  readiness(): Promise<Pick<RelayHealth, 'ok' | 'problems'>>;
  /** Resolves to the metrics for Prometheus. */
  metrics(): Promise<MetricsText>;
  /** The counters of each receiver of notifications. Empty without the option `notify`. */
  readonly notifications: readonly NotifyCounts[];
  /** Resolves when the relay has asked for the live calls once, and its asker works. */
  readonly ready: Promise<void>;
  /**
   * Removes a telephone number from the journal and from the kept messages. Resolves to the number of
   * rows.
   */
  forget(number: string): Promise<number>;
  /** Creates the web hooks that are missing at the switch. Rejects if the switch refuses. */
  subscribe(): Promise<SubscriptionReport>;
  /** Removes all web hooks of this relay from the switch. Rejects if the switch refuses. */
  unsubscribe(): Promise<SubscriptionReport>;
  /**
   * Ends the feeds and the asker, and closes the log. Idempotent. The log stays open until `requests`
   * settles, so that the requests under way can be stored.
   */
  dispose(requests?: Promise<unknown>): Promise<void>;
}

/**
 * Creates a relay for a server of your own. `startRelay` creates one that listens.
 *
 * @throws RangeError or SwitchError for invalid options. The message says what would be right.
 */
export function createRelay(options: RelayOptions): Relay {
  return openRelay(options, new Metrics());
}

/** Creates a relay that adds to the metrics of the process. @throws as `createRelay`. */
export function openRelay(options: RelayOptions, metrics: Metrics): Relay {
  checkRelayOptions(options);
  const { extensions, hooks = null, now = Date.now, lot: name = 'main' } = options;
  const { pickUp, clock, prefix = '' } = options;
  const { logger = consoleLogger, feedsPerToken = FEEDS_PER_TOKEN } = options;
  const dialect = dialectOf(options.dialect ?? 'classic', options.slots ?? DEFAULT_SLOTS);
  const stored = options.log ?? new MemoryLog({ now });
  const log = timedLog(stored, (ms) => metrics.appended(ms));
  const probe = new Probe(log, now, timersOf(clock));
  const journal = new Journal(log, { ...options.journal, now });
  const feed = new Feed(log, options.feed);
  const { lease } = log;
  const askers = () => lease?.askers ?? 1;
  const { exact, upstream } = openSwitch(options, dialect, askers);
  const { slots } = dialect;
  const lot = new RelayLot({
    ...{ log, journal, upstream, extensions, now, slots, pickUp, exact, wakeIn: timersOf(clock) },
    asker: (): Asker | null => asker.current,
  });
  const notifier = openNotifier(options, name, lot);

  const who: Who = {
    id: `asker of ${name}`,
    name: 'asker',
    extensions: 'all',
    may: ['look', 'act'],
  };
  const panels = () => feed.lines - feed.linesOf(who.id);
  const lotMetrics = metrics.of(name, {
    ...{ log, upstream, panels },
    feedLagMs: () => feed.lagMs(now()),
    isAsker: () => lot.leads,
    notifications: () => notifier?.counts ?? [],
  });
  const authorization = `Bearer ${randomBytes(32).toString('base64url')}`;
  const access: Access = {
    identify: (header) => (header === authorization ? who : options.access.identify(header)),
    onRevoked: (listener) => options.access.onRevoked(listener),
  };
  const app = createRelayApp({
    ...{ lot, feed, access, dialect, hooks, prefix, now, feedsPerToken },
    metrics: lotMetrics,
    askerId: who.id,
    report: (error) => logger.warn('a request failed', describeError(error)),
  });
  const fetch: Fetch = (request, env) => app.fetch(request, env ?? {});

  const { patienceMs } = options;
  const looks = pickUp?.lookBeforePickUp ?? true;
  const asker = new Askers({
    lease,
    open: () =>
      openAsker({
        ...{ fetch, authorization, dialect, patienceMs, clock, looks },
        extensions: lot.heard,
      }),
    onLead: () => void lot.currentCalls.reconcile(),
    onError: (error) => logger.warn('the asker did not start', describeError(error)),
  });

  const stopRevoking = access.onRevoked((id) => feed.endLinesOf(id));
  const tidy = () => {
    if (exact !== undefined) return void journal.prune();
    if (!lot.leads) {
      // No request of this relay may need a token for hours.
      void upstream.authorize();
      return;
    }
    void lot.currentCalls.reconcile();
    void journal.prune();
  };
  const timer = setInterval(tidy, options.currentCallsMs ?? CURRENT_CALLS_MS);
  timer.unref();
  let isDisposed = false;
  let retry: NodeJS.Timeout | undefined;
  /** Asks for the live calls. If the switch gives no list, tries again later. */
  async function learnCalls(pauseMs = FIRST_PAUSE_MS): Promise<void> {
    if (!lot.leads || (await lot.currentCalls.reconcile()) || isDisposed) return;
    const again = () => void learnCalls(Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    retry = setTimeout(again, pauseMs);
    retry.unref();
  }
  async function start(): Promise<void> {
    exact?.start({
      call: (fields) => void lot.tell(fields),
      moved: (move) => lot.moved(move),
      ready() {
        logger.info('FreeSWITCH is connected');
        lot.reconcile();
        feed.restart();
      },
      lost(problem) {
        logger.warn(problem);
        // The panels connect again, learn that the feed is not exact now, and then that the switch is away.
        feed.cut();
        lot.lost(problem);
      },
      warn: (sentence) => logger.warn(sentence),
    });
    if (exact !== undefined) return;
    if (!lot.leads) void upstream.authorize();
    await learnCalls();
    if (!isDisposed) await asker.start();
  }
  const ready = start();
  ready.catch((error: unknown) => logger.warn('the asker did not start', describeError(error)));

  function subscriptionOptions() {
    if (hooks?.publicUrl === undefined || hooks.installation === undefined) {
      throw new RangeError('set hooks.publicUrl and hooks.installation to get web hooks');
    }
    const { publicUrl, secret, installation } = hooks;
    const hookUrl = `${publicUrl.replace(/\/+$/, '')}/hook/`;
    return { hookUrl, secret, installation, extensions: lot.heard };
  }

  function health(): RelayHealth {
    const { problem } = log.health;
    const { limit, remaining } = upstream.budget;
    const { isAuthorized } = upstream;
    const problems = [
      ...(problem === null ? [] : [problem]),
      ...(isAuthorized ? [] : [exact?.problem ?? 'the switch has given no token']),
    ];
    return {
      ok: problems.length === 0,
      problems,
      isAuthorized,
      asks: lot.leads,
      budget: { limit, remaining },
      subscribers: panels(),
      asking: asker.current?.snapshot.sync.state ?? 'idle',
    };
  }

  return {
    fetch,
    ready,
    async readiness() {
      if (isDisposed) return { ok: false, problems: ['the relay ends'] };
      const isRead = await probe.check();
      const problems = [...health().problems, ...(isRead ? [] : [NOT_READ])];
      return { ok: problems.length === 0, problems };
    },
    metrics: () => metrics.text(),
    get health() {
      return health();
    },
    get notifications() {
      return notifier?.counts ?? [];
    },
    async forget(number) {
      notifier?.forget(number);
      return journal.forget(number);
    },
    subscribe: async () => subscribe(upstream, subscriptionOptions()),
    unsubscribe: async () => unsubscribe(upstream, subscriptionOptions()),
    async dispose(requests) {
      isDisposed = true;
      clearInterval(timer);
      clearTimeout(retry);
      stopRevoking();
      notifier?.close();
      await lot.pickUps?.close();
      asker.close();
      exact?.close();
      feed.close();
      await requests;
      metrics.remove(name);
      await log.close();
    },
  };
}

/** Opens the switch of the options. `exact` is the same switch if it tells everything of its lot. */
function openSwitch(
  options: RelayOptions,
  dialect: Dialect,
  askers: () => number,
): { exact?: ExactSwitch; upstream: Upstream } {
  const { upstream, freeswitch, now = Date.now, clock, patienceMs = DEFAULT_PATIENCE_MS } = options;
  if (freeswitch !== undefined) {
    const { slots = DEFAULT_SLOTS } = options;
    const wakeIn = timersOf(clock);
    const exact = exactFreeswitch({ ...freeswitch, slots, patienceMs, now, wakeIn }, dialect);
    return { exact, upstream: exact.upstream };
  }
  if (upstream === undefined) throw new RangeError('give either `upstream` or `freeswitch`');
  return { upstream: createUpstream({ ...upstream, dialect, askers, ...testOptions(options) }) };
}

function openNotifier(options: RelayOptions, name: string, lot: RelayLot) {
  const { notify, patienceMs = DEFAULT_PATIENCE_MS, now = Date.now, clock } = options;
  const { logger = consoleLogger } = options;
  if (notify === undefined) return null;
  return startNotifier(clock === undefined ? notify : { clock, ...notify }, {
    lot: name,
    journal: lot.journal,
    isSender: () => lot.leads,
    patienceMs,
    now,
    wakeIn: timersOf(clock),
    nameOf: (id) => id,
    logger,
  });
}

/** The options of the upstream that tests replace. Without `now`, it uses the monotonic clock. */
function testOptions({ fetch, now, clock }: RelayOptions) {
  const wakeIn = timersOf(clock);
  return {
    ...(fetch === undefined ? {} : { fetch }),
    ...(now === undefined ? {} : { now }),
    ...(clock === undefined ? {} : { pause: (ms: number) => pause(wakeIn, ms) }),
  };
}

const NOT_READ = 'the log does not return what is stored in it';
const CURRENT_CALLS_MS = 300_000;
/** The pauses before the relay asks again for the live calls, in ms. Longer than that of the list. */
const FIRST_PAUSE_MS = 6_000;
const LONGEST_PAUSE_MS = 60_000;
const FEEDS_PER_TOKEN = 200;
