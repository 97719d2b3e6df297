/** A panel with a feed that the test writes itself. */

import { type ValetError, ValetPark, type ValetParkOptions } from 'valet-park';
import { onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { event, extension, settled } from './host.ts';
import { base, FakeSwitch } from './switch.ts';

export const feed = 'https://pbx.example/feed?extension=34414';

type Opening = (signal: AbortSignal) => Response | Promise<Response>;

/** A feed that the test writes itself; each opening is one connection. */
export class FakeFeed {
  readonly opened: { headers: Headers; signal: AbortSignal; init: RequestInit }[] = [];
  /** The answers that the next openings get instead of a feed, in order. */
  readonly instead: Opening[] = [];
  /** The headers of an answer that opens the feed. */
  headers: Record<string, string> = {
    'content-type': 'text/event-stream',
    'x-valet-park': 'lot',
  };
  #sink: ReadableStreamDefaultController<Uint8Array> | undefined;

  open(init: RequestInit = {}): Response | Promise<Response> {
    const signal = init.signal as AbortSignal;
    this.opened.push({ headers: new Headers(init.headers), signal, init });
    const instead = this.instead.shift();
    if (instead) return instead(signal);
    const body = new ReadableStream<Uint8Array>({ start: (sink) => (this.#sink = sink) });
    signal.addEventListener('abort', () => this.fail(signal.reason as Error));
    return new Response(body, { headers: this.headers });
  }

  async write(text: string | Uint8Array): Promise<void> {
    this.#sink?.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    await settled();
  }

  async end(): Promise<void> {
    this.#sink?.close();
    await settled();
  }

  fail(cause: Error): void {
    this.#sink?.error(cause);
  }
}

/** What an opening gets that is refused with a status. */
export const answers =
  (status: number, body: string | null = '', headers: Record<string, string> = {}): Opening =>
  () =>
    new Response(body, { status, headers });

export async function following(options: Partial<ValetParkOptions> = {}) {
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock);
  const stream = new FakeFeed();
  const url = options.feed ?? feed;
  const fetch: typeof globalThis.fetch = async (input, init) =>
    String(input) === url ? stream.open(init) : pbx.fetch(input, init);
  const own = { baseUrl: base, extension, feed, clock, fetch, confirm: 'never' as const };
  const panel = await ValetPark.open({ ...own, ...options });
  const troubles: ValetError[] = [];
  panel.on('trouble', (trouble) => troubles.push(trouble));
  onTestFinished(() => {
    panel.dispose();
    pbx.lot.dispose();
  });
  await settled();
  const calls = (): string[] => panel.getSnapshot().calls.map(({ call }) => call);
  /** After how many seconds each of the openings to come happens. */
  const openings = async (seconds: number): Promise<number[]> => {
    const opened: number[] = [];
    for (let step = 0; step < seconds * 2; step += 1) {
      const before = stream.opened.length;
      await clock.forward(500);
      if (stream.opened.length > before) opened.push((clock.now() - clock.start) / 1000);
    }
    return opened;
  };
  return { clock, pbx, stream, panel, troubles, calls, openings };
}

/** A call rings, as a message of the feed. */
export const ring = (call: string, id?: number | string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: call\ndata: ${event('dial-in', call)}\n\n`;
