import { type Abilities, headersOf, idempotencyKey } from './abilities.js';
import { bodyOf } from './body.js';
import type { Clock } from './clock.js';
import { Deadline } from './deadline.js';
import { discard, reasonOf, tried } from './host.js';
import type { HttpRequest } from './wire.js';

/** How requests reach the switch. */
export interface Line {
  readonly baseUrl: string;
  readonly headers: () =>
    Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The abilities that the server at `baseUrl` has announced. */
  readonly abilities: Abilities;
}

/** What the switch said. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: string[];
}

/** What came of a request. What was never sent was certainly not done. */
export type Response =
  Answered | { readonly failed: string; readonly timedOut: boolean; readonly isSent: boolean };

/**
 * Sends one request, once. After a 401, which is sure to have done nothing, the headers are asked
 * for again and the request is sent a second time, with the same key.
 */
export async function send(
  line: Line,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  const deadline = new Deadline(line.clock, line.timeoutMs, signal);
  const key = line.abilities.takesKeys && isCommand(request) ? idempotencyKey() : undefined;
  let isSent = false;
  const attempt = (): Promise<Answered> => {
    isSent = false;
    const sending = (): void => void (isSent = true);
    return deadline.race(exchange(line, request, key, deadline.signal, sending));
  };
  try {
    const first = await attempt();
    const answered = first.status === 401 ? await attempt() : first;
    if (deadline.isOver) throw answered;
    return answered;
  } catch (cause) {
    if (key && isSent) line.abilities.unanswered();
    const timedOut = deadline.isOver;
    const failed = timedOut
      ? `no answer within ${line.timeoutMs} ms`
      : `the switch could not be reached: ${reasonOf(cause)}`;
    return { failed, timedOut, isSent };
  } finally {
    deadline.end();
  }
}

/** Whether a request does something, other than to ask. */
function isCommand({ body }: HttpRequest): boolean {
  const { action } = (tried(() => JSON.parse(body) as unknown) ?? {}) as { action?: unknown };
  return action === 'park' || action === 'bridge';
}

async function exchange(
  line: Line,
  request: HttpRequest,
  key: string | undefined,
  signal: AbortSignal,
  sending: () => void,
): Promise<Answered> {
  const { method, path, body } = request;
  const headers: Record<string, string> = { ...(await line.headers()), ...request.headers };
  if (key) headers['Idempotency-Key'] = key;
  // The headers may come when the deadline is over; nothing is done then.
  signal.throwIfAborted();
  sending();
  const url = line.baseUrl + path;
  const reply = await line.fetch(url, { method, headers, body, signal, redirect: 'error' });
  refuseRedirect(reply);
  // A `fetch` of the application may give anything; the core takes numbers and texts.
  const answered = {
    status: Number(reply.status),
    body: await bodyOf(reply, signal),
    headers: headersOf(reply),
  };
  line.abilities.answered(url, answered.status, answered.headers);
  return answered;
}

/** Refuses an answer that comes from elsewhere than where it was asked for. `redirect: 'error'`
 *  keeps a browser from following; a `fetch` of the application may do so all the same. */
export function refuseRedirect(reply: globalThis.Response): void {
  if (!reply.redirected) return;
  discard(reply);
  throw new Error('expected an answer from the address that was asked, found a redirect');
}
