/** One request and what came back, letter for letter. */
export interface Exchange {
  /** Counts from 1 in the order of asking. */
  readonly id: number;
  readonly method: string;
  /** With the query, without the origin. */
  readonly path: string;
  readonly sent: string;
  readonly status: number | null;
  readonly received: string;
  /** A stream stays open: its body is not kept. */
  readonly stream: boolean;
  /** Why there was no answer. */
  readonly failure: string | null;
  readonly tookMs: number | null;
}

/** As many as anybody scrolls back. */
const kept = 50;

/** A `fetch` that keeps what it carried. */
export class Wire extends EventTarget {
  #exchanges: readonly Exchange[] = [];
  #asked = 0;

  /** Newest first. Another array after each `change` event. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  clear(): void {
    this.#show([]);
  }

  /** The same as `globalThis.fetch` to whoever calls it as the client does: a URL and an init. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input;
    const { pathname, search } = new URL(url, location.href);
    const asked: Exchange = {
      id: ++this.#asked,
      method: init?.method ?? 'GET',
      path: pathname + search,
      sent: typeof init?.body === 'string' ? init.body : '',
      status: null,
      received: '',
      stream: false,
      failure: null,
      tookMs: null,
    };
    this.#show([asked, ...this.#exchanges].slice(0, kept));
    const start = performance.now();
    const took = (): number => Math.round(performance.now() - start);
    try {
      const response = await fetch(input, init);
      const status = response.status;
      const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      const received = stream ? '' : await response.clone().text();
      this.#complete({ ...asked, status, stream, received, tookMs: took() });
      return response;
    } catch (error) {
      this.#complete({ ...asked, failure: String(error), tookMs: took() });
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
