import { buildRequest, type Dialect, type Question } from 'valet-park';
import type { HttpReply } from 'valet-park/lot';
import { isCommand } from '../exchange/command.ts';
import { Budget } from './budget.ts';
import { type Lane, Lanes, LanesFull } from './lanes.ts';
import { OAuth, type UpstreamToken } from './oauth.ts';
import { readBody } from './read-body.ts';
import { isUnsent, reasonOf, UpstreamError } from './upstream-error.ts';

/** The budget of this hour. A field is null if the switch has not reported it. */
export interface BudgetView {
  readonly limit: number | null;
  readonly remaining: number | null;
  /** In ms on the clock of the upstream. */
  readonly resetsAt: number | null;
}

/** An answer of the switch, or of the relay in its place. */
export interface UpstreamReply extends HttpReply {
  /** True if the switch did not get the request. */
  readonly isUnsent?: boolean;
}

/** The switch behind the relay. */
export interface Upstream {
  /**
   * Sends a question and resolves to the answer of the switch.
   *
   * A park or a bridge is sent once. After a 401 it is sent a second time, because the switch did
   * nothing then. Without an answer resolves to status 502, 503 or 504. `signal` removes a question
   * that is not sent yet.
   */
  ask(question: Question, lane: Lane, signal?: AbortSignal): Promise<HttpReply>;
  /**
   * Sends a request to another resource of the API. `path` is what follows `/api/ver1.0`. The default
   * lane is `look`. In the lane `command` the request is sent once, as a park is.
   */
  send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
    lane?: Lane,
  ): Promise<UpstreamReply>;
  readonly budget: BudgetView;
  /** True if the switch has given a token. False if it gives none any more, and the last one has ended. */
  readonly isAuthorized: boolean;
  /** Fetches a token if there is no valid one. Never rejects. */
  authorize(): Promise<void>;
}

/** The options of an upstream. */
export interface UpstreamOptions {
  /** The address of the switch, for example `https://pbx.example`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly dialect?: Dialect;
  /** How long the switch may take to answer, in ms. Default 8,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Returns a time in ms that never runs backwards. */
  readonly now?: () => number;
  /** The most requests an hour that this upstream sends. Default: what the switch allows. */
  readonly budget?: number | undefined;
  /** How many relays share the budget, each for itself. Default: 1. */
  readonly askers?: () => number;
  /** Resolves after `ms`. Tests pass their own. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** A request to the API. */
interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string | undefined;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const {
    clientId,
    clientSecret,
    dialect = {},
    timeoutMs = 8_000,
    fetch = globalThis.fetch,
    now = () => performance.now(),
    pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  } = options;
  const url = options.url.replace(/\/+$/, '');
  const budget = new Budget(now, options.askers, options.budget);
  const lanes = new Lanes();
  const oauth = new OAuth({ url, clientId, clientSecret, fetch, now, timeoutMs });

  async function exchange(request: ApiRequest, token: UpstreamToken): Promise<HttpReply> {
    const { method, path, body } = request;
    const isSwitchTooSlow = AbortSignal.timeout(timeoutMs);
    budget.sent();
    try {
      const response = await fetch(`${url}${API}${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token.value}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: isSwitchTooSlow,
      });
      // This request is still counted as under way.
      budget.answered(response.status, response.headers, lanes.inFlight - 1);
      const text = await readBody(response, MAX_BYTES);
      if (response.status >= 300 && response.status < 400) {
        throw new UpstreamError('no-answer', `the switch redirects (status ${response.status})`);
      }
      const headers = budget.shared(passedOn(response.headers));
      return { status: response.status, headers, body: text };
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (isUnsent(error)) {
        const message = `the switch cannot be reached: ${reasonOf(error)}`;
        throw new UpstreamError('unreachable', message, error);
      }
      const why = isSwitchTooSlow.aborted ? `in ${timeoutMs} ms` : `(${reasonOf(error)})`;
      throw new UpstreamError('no-answer', `the switch gave no answer ${why}`, error);
    }
  }

  /** Sends a request, and once more after a 401: the switch did nothing then. */
  async function authorized(request: ApiRequest): Promise<HttpReply> {
    const token = await oauth.token();
    const reply = await exchange(request, token);
    if (reply.status !== 401) return reply;
    oauth.refused(token);
    const again = await exchange(request, await oauth.token());
    if (again.status !== 401) return again;
    // A 401 would tell the panel that its own token is wrong.
    throw new UpstreamError('refused', 'the switch refuses the token of the relay');
  }

  async function replyTo(request: ApiRequest, lane: Lane): Promise<UpstreamReply> {
    if (!budget.admits(lane)) return limited();
    try {
      const reply = await authorized(request);
      if (lane === 'command' || !isCrowded(reply)) return reply;
      // Too many requests at once. That passes at once, too.
      await pause(200 + Math.random() * 600);
      return budget.admits(lane) ? await authorized(request) : limited();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const isUnsent = error.code !== 'no-answer';
      return { ...failure(STATUS[error.code], error.message), isUnsent };
    }
  }

  function limited(): HttpReply {
    const { limit, remaining, retryAfterS } = budget;
    return {
      ...failure(429, 'rate_limit_exceeded'),
      headers: {
        ...JSON_TYPE,
        'Retry-After': String(retryAfterS),
        ...(limit === null ? {} : { 'X-RateLimit-Limit': String(limit) }),
        ...(remaining === null ? {} : { 'X-RateLimit-Remaining': String(remaining) }),
        'X-RateLimit-Reset': String(retryAfterS),
      },
    };
  }

  async function run(
    request: ApiRequest,
    lane: Lane,
    key: string | null,
    signal?: AbortSignal,
  ): Promise<UpstreamReply> {
    try {
      return await lanes.run({ lane, key, send: () => replyTo(request, lane), signal });
    } catch (error) {
      if (error instanceof LanesFull) {
        return { ...failure(503, error.message, { 'Retry-After': '1' }), isUnsent: true };
      }
      throw error;
    }
  }

  return {
    async ask(question, lane, signal) {
      const { method, path, body } = buildRequest(question, dialect);
      const own: Lane = isCommand(question.action) ? 'command' : lane;
      const key = own === 'command' ? null : `${path} ${body}`;
      return run({ method, path, body }, own, key, signal);
    },
    async send(method, path, body, lane = 'look') {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return run({ method, path, body: text }, lane, null);
    },
    get budget() {
      const { limit, remaining, resetsAt } = budget;
      return { limit, remaining, resetsAt };
    },
    get isAuthorized() {
      return oauth.isGiven;
    },
    async authorize() {
      await oauth.token().catch(() => undefined);
    },
  };
}

/** True for a 429 that is not about the hourly limit. */
function isCrowded({ status, body, headers }: HttpReply): boolean {
  if (status !== 429 || body.includes('rate_limit')) return false;
  const remaining = headers['X-RateLimit-Remaining'];
  return body.includes('concurrent') || (remaining !== undefined && remaining !== '0');
}

/** The headers of the switch that a panel needs. */
function passedOn(headers: Headers): Record<string, string> {
  const entries = PASSED_ON.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function failure(status: number, message: string, headers = {}): HttpReply {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ message }) };
}

const PASSED_ON = [
  'Content-Type',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];
const JSON_TYPE = { 'Content-Type': 'application/json' };
const STATUS = { unreachable: 503, 'no-answer': 504, refused: 502 } as const;
const API = '/api/ver1.0';
const MAX_BYTES = 1_048_576;
