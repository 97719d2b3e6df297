/** A panel whose feed is written by the test. */

import type { ValetError, ValetParkOptions } from 'valet-park';
import { onTestFinished, vi } from 'vitest';
import { FakeClock } from './clock.ts';
import { event, openPanel, settled } from './host.ts';
import { FakeSwitch } from './switch.ts';

export const feed = 'https://pbx.example/feed?extension=34414';

type Opening = (signal: AbortSignal) => Response | Promise<Response>;

/** A feed that the test writes. Every opening is one connection. */
export class FakeFeed {
  readonly opened: { headers: Headers; signal: AbortSignal; init: RequestInit }[] = [];
  /** The answers to the next openings, in order, in place of a feed. */
  readonly instead: Opening[] = [];
  /** The headers of the answer that opens the feed. */
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

/** Returns an answer with a status and a body, for `instead`. */
export const answers =
  (status: number, body: string | null = '', headers: Record<string, string> = {}): Opening =>
  () =>
    new Response(body, { status, headers });

export async function following(options: Partial<ValetParkOptions> = {}, announces = 'lot') {
  // The pauses before the feed is opened again are the shortest ones.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  onTestFinished(() => random.mockRestore());
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock);
  const stream = new FakeFeed();
  stream.headers['x-valet-park'] = announces;
  const url = options.feed ?? feed;
  const fetch: typeof globalThis.fetch = async (input, init) =>
    String(input) === url ? stream.open(init) : pbx.fetch(input, init);
  const panel = await openPanel(clock, pbx, { feed, fetch, ...options });
  const troubles: ValetError[] = [];
  panel.on('trouble', (trouble) => troubles.push(trouble));
  onTestFinished(() => pbx.lot.dispose());
  await settled();
  const calls = (): string[] => panel.getSnapshot().calls.map(({ call }) => call);
  /** Moves the time forward, and returns after how many seconds the feed was opened. */
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

/** Returns the message of the feed that says that a call rings. */
export const ring = (call: string, id?: number | string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: call\ndata: ${event('dial-in', call)}\n\n`;
