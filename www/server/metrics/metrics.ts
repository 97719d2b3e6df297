import type { Answer, Question } from 'valet-park';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../feed/log.ts';
import type { NotifyCounts } from '../notify/deliveries.ts';
import type { HookOutcome } from '../relay/hooks.ts';
import type { Upstream } from '../relay/upstream.ts';

/** The parts of one lot whose state is in the metrics. They are read at each request for the metrics. */
export interface MetricSources {
  readonly log: Pick<Log, 'health' | 'lease'>;
  readonly upstream: Pick<Upstream, 'budget' | 'isAuthorized'>;
  /** The number of open feeds of panels. */
  readonly panels: () => number;
  /** How long the oldest entry that a feed has not sent yet waits, in ms. */
  readonly feedLagMs: () => number;
  /** True if this relay asks the switch for all panels. */
  readonly isAsker: () => boolean;
  readonly notifications: () => readonly NotifyCounts[];
}

/** The metrics as the text that Prometheus reads. */
export interface MetricsText {
  readonly type: string;
  readonly text: string;
}

/** The counters of one lot. */
export interface LotMetrics {
  /** Counts a question that the switch has answered after `ms`. */
  question(question: Question, answer: Answer, ms: number): void;
  /** Counts a web hook of the switch. */
  webHook(outcome: HookOutcome): void;
}

/**
 * The metrics of the relay.
 *
 * Every label has a value from a fixed list, or one that the administrator has set. No request can
 * add a time series. No label contains a number, a name, a call or an extension. The histograms have no
 * label for the lot, because each has ten time series.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #lots = new Map<string, MetricSources>();
  readonly #requests;
  readonly #questions;
  readonly #questionSeconds;
  readonly #appendSeconds;
  readonly #webHooks;

  constructor() {
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: 'valet_park_http_requests_total',
      help: 'Requests to the relay, by route and class of the status.',
      labelNames: ['route', 'status'] as const,
      registers,
    });
    this.#questions = new Counter({
      name: 'valet_park_switch_requests_total',
      help: 'Questions and commands to the switch, by action and answer.',
      labelNames: ['lot', 'action', 'outcome'] as const,
      registers,
    });
    this.#questionSeconds = new Histogram({
      name: 'valet_park_switch_seconds',
      help: 'Time until the switch has answered a question or a command.',
      labelNames: ['action'] as const,
      buckets: SWITCH_BUCKETS,
      registers,
    });
    this.#appendSeconds = new Histogram({
      name: 'valet_park_log_append_seconds',
      help: 'Time until the log has stored an entry.',
      buckets: APPEND_BUCKETS,
      registers,
    });
    this.#webHooks = new Counter({
      name: 'valet_park_web_hooks_total',
      help: 'Web hooks of the switch, by outcome.',
      labelNames: ['lot', 'outcome'] as const,
      registers,
    });
    for (const gauge of GAUGES) addGauge(registers, this.#lots, gauge);
    addNotifications(registers, this.#lots);
  }

  /** Adds a lot. Its name is a value of the label `lot`. */
  of(lot: string, sources: MetricSources): LotMetrics {
    this.#lots.set(lot, sources);
    return {
      question: ({ action }, answer, ms) => {
        const outcome = answer.kind === 'refused' ? answer.code : answer.kind;
        this.#questions.inc({ lot, action, outcome });
        this.#questionSeconds.observe({ action }, ms / 1_000);
      },
      webHook: (outcome) => this.#webHooks.inc({ lot, outcome }),
    };
  }

  /** Removes a lot. Its counters stay, as monitorings expect. */
  remove(lot: string): void {
    this.#lots.delete(lot);
  }

  /** Counts a request. `route` is one of a fixed list of patterns. */
  request(route: string, status: number): void {
    this.#requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
  }

  /** Counts an entry that the log has stored after `ms`. */
  appended(ms: number): void {
    this.#appendSeconds.observe(ms / 1_000);
  }

  async text(): Promise<MetricsText> {
    const merged = Registry.merge([this.#registry, processRegistry()]);
    return { type: merged.contentType, text: await merged.metrics() };
  }
}

let ofProcess: Registry | null = null;

/** The metrics of the process: memory, processor, event loop. All relays of a process share them. */
function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

type Registers = Registry[];
type Lots = ReadonlyMap<string, MetricSources>;

/** A number of each lot. Null if the number is not known, and then there is no time series. */
interface LotGauge {
  readonly name: string;
  readonly help: string;
  readonly read: (sources: MetricSources) => number | null;
}

const GAUGES: readonly LotGauge[] = [
  {
    name: 'valet_park_budget_limit',
    help: 'Requests an hour that the switch allows.',
    read: ({ upstream }) => upstream.budget.limit,
  },
  {
    name: 'valet_park_budget_remaining',
    help: 'Requests that remain in this hour.',
    read: ({ upstream }) => upstream.budget.remaining,
  },
  {
    name: 'valet_park_authorized',
    help: '1 if the switch has given a token, or FreeSWITCH is connected. 0 if not any more.',
    read: ({ upstream }) => Number(upstream.isAuthorized),
  },
  {
    name: 'valet_park_panels',
    help: 'Open feeds of panels.',
    read: ({ panels }) => panels(),
  },
  {
    name: 'valet_park_feed_lag_seconds',
    help: 'How long the oldest message that a feed has not sent yet waits.',
    read: ({ feedLagMs }) => feedLagMs() / 1_000,
  },
  {
    name: 'valet_park_log_up',
    help: '1 if the log can store. 0 if the relay goes on in memory.',
    read: ({ log }) => Number(log.health.ok),
  },
  {
    name: 'valet_park_asker',
    help: '1 if this relay asks the switch for all panels.',
    read: ({ isAsker }) => Number(isAsker()),
  },
  {
    name: 'valet_park_relays',
    help: 'Relays that share the log, as far as this relay knows.',
    read: ({ log }) => log.lease?.relays ?? 1,
  },
];

function addGauge(registers: Registers, lots: Lots, { name, help, read }: LotGauge): void {
  new Gauge({
    ...{ name, help, registers },
    labelNames: ['lot'] as const,
    collect() {
      this.reset();
      for (const [lot, sources] of lots) {
        const value = read(sources);
        if (value !== null) this.set({ lot }, value);
      }
    },
  });
}

function addNotifications(registers: Registers, lots: Lots): void {
  new Counter({
    name: 'valet_park_notifications_total',
    help: 'Notifications by receiver and outcome. `failed` counts requests, which are sent again.',
    labelNames: ['lot', 'receiver', 'outcome'] as const,
    registers,
    collect() {
      this.reset();
      for (const [lot, { notifications }] of lots) {
        for (const { receiver, delivered, failed, expired, overflowed } of notifications()) {
          const counts = { delivered, failed, expired, overflowed };
          for (const [outcome, count] of Object.entries(counts)) {
            this.inc({ lot, receiver, outcome }, count);
          }
        }
      }
    },
  });
  new Gauge({
    name: 'valet_park_notifications_waiting',
    help: 'Notifications that wait, by receiver.',
    labelNames: ['lot', 'receiver'] as const,
    registers,
    collect() {
      this.reset();
      for (const [lot, { notifications }] of lots) {
        for (const { receiver, waiting } of notifications()) this.inc({ lot, receiver }, waiting);
      }
    },
  });
}

const SWITCH_BUCKETS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 8];
const APPEND_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2];
