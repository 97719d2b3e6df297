import type { ToPage, ToWorker } from './protocol.ts';

/** A request that the worker has not answered completely. */
interface Pending {
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  readonly signal: AbortSignal | null;
  readonly onAbort: () => void;
  /** The stream of the body, after the head of the answer has come. */
  body: ReadableStreamDefaultController<Uint8Array> | null;
}

/** A `fetch` that a worker answers. No request leaves the page. */
export class WorkerFetch {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, Pending>();
  #count = 0;
  #isClosed = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ToPage>) => this.#receive(data);
    // A shared worker does not notice that a page is gone.
    addEventListener('pagehide', () => this.loseAll());
  }

  /** Works as `globalThis.fetch`, with a URL and an init as the client passes them. */
  readonly fetch: typeof globalThis.fetch = (input, init = {}) => {
    const { method = 'GET', body = null, signal = null } = init;
    const url = input instanceof Request ? input.url : String(input);
    const text = typeof body === 'string' ? body : null;
    const headers = [...new Headers(init.headers)];
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      if (this.#isClosed) return reject(lost());
      const onAbort = (): void => this.#end(id, signal?.reason);
      signal?.addEventListener('abort', onAbort);
      this.#pending.set(id, { resolve, reject, signal, onAbort, body: null });
      this.#send({ kind: 'request', id, url, method, headers, body: text });
    });
  };

  /** Ends all requests, as a network does that is lost. */
  loseAll(): void {
    for (const id of [...this.#pending.keys()]) this.#end(id, lost());
  }

  /** Ends all requests, and all later ones. The worker does not work. */
  close(): void {
    this.#isClosed = true;
    this.loseAll();
  }

  #send(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  #receive(message: ToPage): void {
    const one = this.#pending.get(message.id);
    if (one === undefined) return; // The page has aborted this request.
    switch (message.kind) {
      case 'head':
        return one.resolve(this.#responseOf(message.id, one, message));
      case 'chunk':
        return one.body?.enqueue(message.bytes);
      case 'end':
        this.#forget(message.id, one);
        return one.body?.close();
      case 'lost':
        this.#forget(message.id, one);
        return fail(one, lost());
    }
  }

  #responseOf(id: number, one: Pending, { status, headers }: ToPage & { kind: 'head' }): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        one.body = controller;
      },
      cancel: () => {
        one.body = null;
        this.#end(id, null);
      },
    });
    const init = {
      status,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    };
    // These statuses have no body.
    return new Response(status === 204 || status === 304 ? null : body, init);
  }

  /** Ends a request on both sides. */
  #end(id: number, reason: unknown): void {
    const one = this.#pending.get(id);
    if (one === undefined) return;
    this.#forget(id, one);
    fail(one, reason);
    this.#send({ kind: 'abort', id });
  }

  #forget(id: number, { signal, onAbort }: Pending): void {
    this.#pending.delete(id);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Rejects a request, or breaks off its answer. */
function fail({ reject, body }: Pending, reason: unknown): void {
  if (body === null) reject(reason);
  else body.error(reason);
}

/** The error of a browser for a connection that is lost. */
function lost(): TypeError {
  return new TypeError('Failed to fetch');
}
