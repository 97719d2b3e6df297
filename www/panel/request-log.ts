import { server } from './server.ts';

/** A request and its answer, exactly as sent and received. */
export interface Exchange {
  /** The number of the request, from 1. */
  readonly id: number;
  readonly method: string;
  /** The path and the query. */
  readonly path: string;
  readonly sent: string;
  readonly status: number | null;
  readonly received: string;
  /** True for a stream, which stays open. Its body is not kept. */
  readonly stream: boolean;
  /** Why the request failed. Null if an answer has arrived, or may still arrive. */
  readonly failure: string | null;
  readonly tookMs: number | null;
}

/** The number of requests that are kept. */
const maxLength = 50;

/** A `fetch` that records the last requests and answers. */
export class RequestLog extends EventTarget {
  #exchanges: readonly Exchange[] = [];
  #count = 0;

  /** The requests, newest first. Each `change` event comes with a new array. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  clear(): void {
    this.#show([]);
  }

  /** Works as `globalThis.fetch`, with a URL and an init as the client passes them. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input;
    const { pathname, search } = new URL(url, location.href);
    const exchange: Exchange = {
      id: ++this.#count,
      method: init?.method ?? 'GET',
      path: pathname + search,
      sent: typeof init?.body === 'string' ? init.body : '',
      status: null,
      received: '',
      stream: false,
      failure: null,
      tookMs: null,
    };
    this.#show([exchange, ...this.#exchanges].slice(0, maxLength));
    const start = performance.now();
    const took = (): number => Math.round(performance.now() - start);
    try {
      const response = await server.fetch(input, init);
      const status = response.status;
      const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      const received = stream ? '' : await response.clone().text();
      this.#complete({ ...exchange, status, stream, received, tookMs: took() });
      return response;
    } catch (error) {
      this.#complete({ ...exchange, failure: String(error), tookMs: took() });
      throw error;
    }
  };

  #complete(exchange: Exchange): void {
    this.#show(this.#exchanges.map((each) => (each.id === exchange.id ? exchange : each)));
  }

  #show(exchanges: readonly Exchange[]): void {
    this.#exchanges = exchanges;
    this.dispatchEvent(new Event('change'));
  }
}
