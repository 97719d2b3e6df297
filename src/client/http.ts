import type { Clock } from './clock.js';
import type { HttpRequest } from './wire.js';

/** How requests reach the switch. */
export interface Line {
  readonly baseUrl: string;
  readonly headers: () =>
    Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
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
 * for again and it is sent a second time.
 */
export async function send(
  line: Line,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  signal.addEventListener('abort', forward, { once: true });
  if (signal.aborted) forward();
  // The clock decides, not the timer: in a page that slept the timer is late, and an answer that
  // waited meanwhile is too old to be believed.
  const until = line.clock.now() + line.timeoutMs;
  const isLate = (): boolean => line.clock.now() >= until;
  let isSent = false;
  const attempt = (): Promise<Answered> => {
    isSent = false;
    const answered = exchange(line, request, stop.signal, () => (isSent = true));
    return Promise.race([answered, stopped]);
  };
  const cancel = line.clock.wakeAt(until, forward);
  // A `fetch` of somebody's own may not care for signals; nobody waits for it then.
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });
  try {
    const first = await attempt();
    const answered = first.status === 401 ? await attempt() : first;
    if (isLate()) throw answered;
    return answered;
  } catch (cause) {
    const timedOut = isLate();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const failed = timedOut
      ? `no answer within ${line.timeoutMs} ms`
      : `the switch could not be reached: ${reason}`;
    return { failed, timedOut, isSent };
  } finally {
    cancel();
    signal.removeEventListener('abort', forward);
  }
}

async function exchange(
  line: Line,
  request: HttpRequest,
  signal: AbortSignal,
  sending: () => void,
): Promise<Answered> {
  const { method, path, body } = request;
  const headers = { ...(await line.headers()), ...request.headers };
  // Headers may come when nobody waits any more; nothing is done behind anybody's back.
  signal.throwIfAborted();
  sending();
  const reply = await line.fetch(line.baseUrl + path, { method, headers, body, signal });
  // A `fetch` of somebody's own may give anything; the core takes numbers and texts.
  const [status, text] = [Number(reply.status), String(await reply.text())];
  return { status, body: text, headers: [...reply.headers].flat().map(String) };
}
