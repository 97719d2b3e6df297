import { announced, headerOf, headersOf } from './abilities.js';
import { Deadline } from './deadline.js';
import type { FeedState } from './engine.js';
import { error, isValetError, type ValetError } from './error.js';
import { EventStream } from './event_stream.js';
import { discard, reasonOf } from './host.js';
import { type Line, refuseRedirect } from './http.js';

/** Gets everything that a feed brings. */
export interface FeedListener {
  /** A message arrived. `kind` may be one that the core does not know. */
  message(kind: string, data: string, id: string | null): void;
  /** Data arrived, none arrived for 20 s, or the connection ended. This is the state of the feed now. */
  state(state: FeedState): void;
  /** Messages were missed. The client has to ask about everything again. */
  gap(): void;
  /** The feed cannot be read. The client tries again, after a longer pause each time. */
  trouble(trouble: ValetError): void;
}

/** Where a feed continues: after this id, or at the beginning if the id is empty. */
export interface Place {
  lastId: string;
}

/** The pause before the feed is opened again, in ms: the default for the first one, the shortest
 *  and the longest. The server may send another first pause. */
const FIRST_PAUSE_MS = 500;
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** The longest pause after a feed was refused for its token, in ms. */
const LONGEST_PAUSE_AFTER_REFUSAL_MS = 600_000;
/** A feed without data for so long counts as down, in ms. A switch sends a comment every 10 seconds,
 *  because a broken connection can look like one without events. */
const QUIET_MS = 20_000;
/** A feed without data for so long is closed and opened again, in ms. */
const SILENCE_MS = 40_000;
/** If the timer is later than this, in ms, then the machine slept. The silence says nothing then. */
const LATE_MS = 5_000;

/**
 * Reads server-sent events. Returns a function that stops reading.
 *
 * This uses `fetch`, because `EventSource` cannot send the header with the token. After an
 * interruption the feed continues at its place.
 */
export function follow(line: Line, url: string, place: Place, listener: FeedListener): () => void {
  const stop = new AbortController();
  void run(line, url, place, listener, stop.signal);
  return () => stop.abort();
}

async function run(
  line: Line,
  url: string,
  place: Place,
  listener: FeedListener,
  signal: AbortSignal,
): Promise<void> {
  let firstPause = FIRST_PAUSE_MS;
  let pause = firstPause;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    const connection = new Connection(line, url, place, listener, signal);
    let status: number | null = null;
    try {
      await connection.read();
    } catch (cause) {
      const trouble = isValetError(cause) ? cause : lostFeed(cause);
      status = trouble.status;
      if (!isStopped() && !connection.isSleptThrough) listener.trouble(trouble);
    }
    if (isStopped()) return;
    listener.state('down');
    // The HTML standard lets a server end a feed for good with this status.
    if (status === 204) return;
    const asked = Math.max(connection.retryMs ?? firstPause, SHORTEST_PAUSE_MS);
    if (connection.isWorking || asked !== firstPause) pause = firstPause = asked;
    if (connection.isToBegin) listener.gap();
    // A server that sends `reset` at the beginning may do so every time. Only then is a pause needed.
    if (connection.isSleptThrough || (connection.isToBegin && connection.isResumed)) continue;
    // Without chance, all clients of a server that was restarted would come back at once.
    await waited(line, pause * (1 + Math.random() / 2), signal);
    const isRefused = status === 401 || status === 403;
    const longest = isRefused ? LONGEST_PAUSE_AFTER_REFUSAL_MS : LONGEST_PAUSE_MS;
    pause = Math.min(pause * 2, longest);
  }
}

/** One connection of a feed. */
class Connection {
  /** True if the connection continues after an earlier one. */
  readonly isResumed: boolean;
  /** True if a message arrived, or the connection lasted for long. */
  isWorking = false;
  /** True if messages were missed. The feed then starts at the beginning. */
  isToBegin = false;
  /** True if the machine slept while the connection was open. */
  isSleptThrough = false;
  readonly #line: Line;
  readonly #url: string;
  readonly #place: Place;
  readonly #listener: FeedListener;
  readonly #outer: AbortSignal;
  readonly #end = new AbortController();
  readonly #stream: EventStream;

  constructor(line: Line, url: string, place: Place, listener: FeedListener, outer: AbortSignal) {
    this.#line = line;
    this.#url = url;
    this.#place = place;
    this.#listener = listener;
    this.#outer = outer;
    this.#stream = new EventStream(place.lastId);
    this.isResumed = place.lastId !== '';
  }

  get retryMs(): number | null {
    return this.#stream.retryMs;
  }

  /** Opens the connection and reads to its end. */
  async read(): Promise<void> {
    const stop = (): void => this.#end.abort(this.#outer.reason);
    this.#outer.addEventListener('abort', stop, { once: true });
    let cancelSilence = (): void => {};
    const { clock } = this.#line;
    const { signal } = this.#end;
    let heardAt = 0;
    const waitUntil = (silenceMs: number): void => {
      const due = heardAt + silenceMs;
      cancelSilence = clock.wakeAt(due, () => {
        this.isSleptThrough = clock.now() - due > LATE_MS;
        if (this.isSleptThrough || silenceMs === SILENCE_MS) {
          this.#end.abort(new Error(`nothing was heard for ${SILENCE_MS} ms`));
        } else {
          waitUntil(SILENCE_MS);
          this.#listener.state('down');
        }
      });
    };
    try {
      const reply = await this.#open();
      const reader = streamOf(reply).getReader();
      // Not every stream ends with the signal of its request.
      const cancel = (): void => void reader.cancel().catch(() => {});
      signal.addEventListener('abort', cancel, { once: true });
      const openedAt = clock.now();
      const words = announced(headersOf(reply));
      // A relay announces other words. It sends `lot` messages, but not for every call.
      const isSilent = words.join('') === '';
      let isExact = words.includes('lot');
      // A relay tells at first whether the switch can be reached. This counts while the feed is up.
      if (words.includes('relay')) this.#listener.state('partial');
      for (;;) {
        heardAt = clock.now();
        waitUntil(QUIET_MS);
        const { value, done } = await reader.read();
        cancelSilence();
        signal.throwIfAborted();
        if (clock.now() - openedAt > LONGEST_PAUSE_MS) this.isWorking = true;
        if (done) return;
        for (const { kind, data, id } of this.#stream.read(value)) {
          if (kind === 'reset') {
            this.isToBegin = true;
            this.#place.lastId = '';
            return;
          }
          this.isWorking = true;
          if (kind === 'lot' && isSilent) isExact = true;
          this.#listener.message(kind, data, id);
          // The listener may stop the feed.
          signal.throwIfAborted();
        }
        this.#place.lastId = this.#stream.lastId;
        this.#listener.state(isExact ? 'exact' : 'partial');
      }
    } finally {
      cancelSilence();
      this.#outer.removeEventListener('abort', stop);
      this.#end.abort();
    }
  }

  /** Sends the request. After a 401 it calls `headers` again and sends a second request. Throws
   *  `timed-out`, `unauthorized`, `forbidden` or `unreachable`. */
  async #open(): Promise<Response> {
    const { clock, timeoutMs } = this.#line;
    const deadline = new Deadline(clock, timeoutMs, this.#end.signal);
    try {
      let reply = await deadline.race(this.#request());
      if (reply.status === 401) {
        discard(reply);
        reply = await deadline.race(this.#request());
      }
      expectFeed(reply);
      return reply;
    } catch (cause) {
      if (!deadline.isOver || isValetError(cause)) throw cause;
      const expected = `expected the feed to answer within ${timeoutMs} ms, found no answer`;
      throw error('failure', 'timed-out', expected, { retryable: true });
    } finally {
      deadline.end();
    }
  }

  async #request(): Promise<Response> {
    const { signal } = this.#end;
    const { lastId } = this.#place;
    const headers: Record<string, string> = {
      ...(await this.#line.headers()),
      Accept: 'text/event-stream',
    };
    if (lastId !== '') headers['Last-Event-ID'] = lastId;
    signal.throwIfAborted();
    const how = { headers, signal, cache: 'no-store', redirect: 'error' } as const;
    const reply = await this.#line.fetch(this.#url, how);
    // The application's own `fetch` may return anything.
    const { status }: { readonly status: unknown } = reply;
    if (signal.aborted) discard(reply);
    signal.throwIfAborted();
    refuseRedirect(reply);
    this.#line.abilities.answered(this.#url, Number(status), headersOf(reply));
    return reply;
  }
}

/** Throws `unreachable`, `unauthorized` or `forbidden` if an answer is no feed. */
function expectFeed(reply: Response): void {
  const { status } = reply;
  const type = headerOf(headersOf(reply), 'content-type');
  const isStream = type?.split(';')[0]?.trim().toLowerCase() === 'text/event-stream';
  if (status === 200 && isStream) return;
  discard(reply);
  const expected = 'expected the feed to answer 200 with `text/event-stream`, found ';
  if (status !== 200) {
    const found = `${expected}status ${status}`;
    const known = { status, retryable: status !== 204 };
    if (status === 401) throw error('refusal', 'unauthorized', found, known);
    if (status === 403) throw error('refusal', 'forbidden', found, known);
    throw error('failure', 'unreachable', found, known);
  }
  const found = type === undefined ? 'no `Content-Type`' : `\`${type.slice(0, 80)}\``;
  throw error('failure', 'unreachable', expected + found, { status, retryable: true });
}

function streamOf({ body }: Response): ReadableStream<Uint8Array> {
  if (typeof body?.getReader === 'function') return body;
  throw new Error('expected a `fetch` whose answers have a stream as `body`, found none');
}

function lostFeed(cause: unknown): ValetError {
  const known = { retryable: true, cause };
  return error('failure', 'unreachable', `the feed was lost: ${reasonOf(cause)}`, known);
}

function waited(line: Line, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      signal.removeEventListener('abort', over);
      resolve();
    };
    const cancel = line.clock.wakeAt(line.clock.now() + ms, over);
    signal.addEventListener('abort', over);
  });
}
