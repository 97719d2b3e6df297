import * as core from '../../build/glue/valet_park.js';
import { type Abilities, headersOf, idempotencyKey } from './abilities.js';
import { bodyOf } from './body.js';
import type { Clock } from './clock.js';
import { Deadline } from './deadline.js';
import { error, type ValetError } from './error.js';
import { discard, reasonOf } from './host.js';
import { wasm } from './wasm.js';

/** The settings of the connection to the switch. */
export interface Line {
  /** The part of each URL before `/extension/…`, without a slash at the end. */
  readonly baseUrl: string;
  /** Returns the headers of the application. It is called before each request. */
  readonly headers: () =>
    Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** How long one request may take, in ms. */
  readonly timeoutMs: number;
  /** The abilities that the server at `baseUrl` has announced. */
  readonly abilities: Abilities;
}

/** A request, as the core writes it. */
export interface SentRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of the switch. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: string[];
}

/** The reason why a request got no answer. */
export interface Failure {
  /** The reason, for a log. */
  readonly reason: string;
  readonly isTimedOut: boolean;
  /** False if the request was never sent. The switch has not carried it out then. */
  readonly isSent: boolean;
}

/** Why a request is sent: a command, a look of a command, or the polling in the background. */
export type Lane = 'command' | 'look' | 'background';

/**
 * Sends one request, once. A command gets an idempotency key if the server honours keys. A relay
 * learns the lane of each request.
 *
 * After a 401 the function calls `headers` again and sends the request a second time, with the same
 * key. A 401 means that the first request was not carried out.
 */
export async function send(
  line: Line,
  request: SentRequest,
  lane: Lane,
  signal: AbortSignal,
): Promise<Answered | Failure> {
  const deadline = new Deadline(line.clock, line.timeoutMs, signal);
  const { abilities } = line;
  const own: Record<string, string> = {};
  const key = lane === 'command' && abilities.has('idempotency-key') ? idempotencyKey() : undefined;
  if (key) own['Idempotency-Key'] = key;
  if (abilities.has('relay')) own['X-Valet-Lane'] = lane;
  let isSent = false as boolean;
  const attempt = (): Promise<Answered> => {
    isSent = false;
    const sending = (): void => void (isSent = true);
    return deadline.race(exchange(line, request, own, deadline.signal, sending));
  };
  let cause: unknown;
  try {
    const first = await attempt();
    const answered = first.status === 401 ? await attempt() : first;
    if (!deadline.isOver) return answered;
  } catch (thrown) {
    cause = thrown;
  } finally {
    deadline.end();
  }
  if (isSent && Object.keys(own).length > 0) abilities.unanswered(key !== undefined);
  const isTimedOut = deadline.isOver;
  const reason = isTimedOut
    ? `no answer within ${line.timeoutMs} ms`
    : `the switch could not be reached: ${reasonOf(cause)}`;
  return { reason, isTimedOut, isSent };
}

async function exchange(
  line: Line,
  request: SentRequest,
  own: Readonly<Record<string, string>>,
  signal: AbortSignal,
  sending: () => void,
): Promise<Answered> {
  const { method, path, body } = request;
  const headers = { ...(await line.headers()), ...request.headers, ...own };
  // `headers` may return after the deadline. The request is not sent then.
  signal.throwIfAborted();
  sending();
  const url = line.baseUrl + path;
  // A GET has no body.
  const content = body === '' ? {} : { body };
  const how = { method, headers, signal, redirect: 'error' } as const;
  const reply = await line.fetch(url, { ...how, ...content });
  refuseRedirect(reply);
  // The application's own `fetch` may return anything. The core takes numbers and texts.
  const { status }: { readonly status: unknown } = reply;
  const answered = {
    status: Number(status),
    body: await bodyOf(reply, signal),
    headers: headersOf(reply),
  };
  line.abilities.answered(url, answered.status, answered.headers);
  return answered;
}

/**
 * Throws if an answer came from another address than the one that was asked. `redirect: 'error'`
 * stops a browser from following redirects, but the application's own `fetch` may follow them.
 */
export function refuseRedirect(reply: globalThis.Response): void {
  if (!reply.redirected) return;
  discard(reply);
  throw new Error('expected an answer from the address that was asked, found a redirect');
}

/** Returns the error of a request that got no answer. */
export function unanswered(
  { reason, isTimedOut, isSent }: Failure,
  about: { readonly retryable: boolean; readonly slot: number | null },
): ValetError {
  const outcome = isSent ? 'unknown' : 'not-done';
  return error('failure', isTimedOut ? 'timed-out' : 'unreachable', reason, { ...about, outcome });
}

/**
 * Returns the answer to a request that is no question about a slot. Throws if there is no answer, or
 * if its status is not a success. `what` names the request in the message.
 */
export function expectAnswer(
  answer: Answered | Failure,
  what: string,
  slot: number | null = null,
): Answered {
  if ('reason' in answer) throw unanswered(answer, { retryable: true, slot });
  const { status, body, headers } = answer;
  if (status >= 200 && status < 300) return answer;
  // The server refuses it as it refuses a question.
  const question = {
    extension: '0',
    call: 'any',
    action: 'slots',
    slot: slot ?? undefined,
  } as const;
  const read = wasm.run(() => core.readAnswer(question, status, body, headers));
  if (read.kind === 'refused') {
    const { code, message, retryAfterMs } = read;
    throw error('refusal', code, message, { slot, status, retryAfterMs });
  }
  const known = { slot, status, outcome: 'unknown', retryable: status >= 500 } as const;
  const found = `expected status 200 after ${what}, found ${status}`;
  throw status < 500
    ? error('unclear', 'unclear', found, known)
    : error('failure', 'server-error', found, known);
}
