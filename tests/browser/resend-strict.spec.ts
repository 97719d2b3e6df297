// A switch of another origin that allows only two request headers. The client must not send it an
// idempotency key.

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { RunningSwitch } from 'valet-park/server';
import { expect, test as base } from './fixture.ts';

/** The switch under another origin, with strict answers to preflights. */
class Strict {
  readonly #pbx: RunningSwitch;
  /** The sets of headers that preflights asked for. */
  readonly asked = new Set<string>();
  /** The keys that arrived. */
  readonly keys: string[] = [];
  /** Whether the answers carry `X-Valet-Park`. A page cannot read it in either case. */
  isAnnouncing = false;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(pbx: RunningSwitch) {
    this.#pbx = pbx;
  }

  listen = () => listenOn(this.#server);
  close = () => closeAll(this.#server);

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cors = { 'Access-Control-Allow-Origin': request.headers.origin ?? '' };
    if (request.method === 'OPTIONS') {
      this.asked.add(String(request.headers['access-control-request-headers']));
      response.writeHead(204, {
        ...cors,
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      });
      response.end();
      return;
    }
    const key = request.headers['idempotency-key'];
    if (key !== undefined) this.keys.push(String(key));
    const { authorization = '' } = request.headers;
    const reply = await this.#pbx.fetch(
      new Request(this.#pbx.url + request.url, {
        method: request.method ?? 'GET',
        headers: { authorization },
        body: request.method === 'GET' ? null : await text(request),
      }),
    );
    const announced = this.isAnnouncing ? { 'X-Valet-Park': 'idempotency-key, lot' } : {};
    response.writeHead(reply.status, { ...cors, ...announced, 'Content-Type': 'application/json' });
    response.end(await reply.text());
  }
}

/**
 * A server of a plain page and of the package. Routes of Playwright do not work here: Chromium lets only
 * a page from this machine call a server on this machine, and with routes Playwright answers preflights.
 */
class Pages {
  readonly #server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const type = name === '' ? 'text/html' : (types[extname(name)] ?? 'text/plain');
    response.writeHead(200, { 'Content-Type': type });
    response.end(name === '' ? html : readFileSync(`dist/${name}`));
  });

  listen = () => listenOn(this.#server);
  close = () => closeAll(this.#server);
}

const html = `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<title>plain</title>
<script type="importmap">{ "imports": { "valet-park": "/index.js" } }</script>`;

const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Listens on a free port of this machine. Returns the URL. */
async function listenOn(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeAll(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
}

const test = base.extend<{ readonly strict: Strict }>({
  strict: async ({ pbx }, use) => {
    const strict = new Strict(pbx);
    await use(strict);
    await strict.close();
  },
  baseURL: async ({}, use) => {
    const pages = new Pages();
    await use(await pages.listen());
    await pages.close();
  },
});

for (const isAnnouncing of [false, true]) {
  test(`park() and bridge() work, ${isAnnouncing ? 'keys announced and not exposed' : 'no keys announced'}`, async ({
    page,
    pbx,
    strict,
  }) => {
    strict.isAnnouncing = isAnnouncing;
    const origin = await strict.listen();
    await page.goto('/');
    const [first, second] = ['+79161112233', '+79161112244'].map((number) => {
      const { call } = pbx.exchange.ring('34414', number);
      return pbx.exchange.answer(call).call;
    });
    const results = await page.evaluate(
      async ([origin, token, first = '', second = '']) => {
        const { ValetPark } = await import('valet-park');
        const park = await ValetPark.open({
          baseUrl: `${origin}/api/ver1.0`,
          extension: '34414',
          headers: () => ({ Authorization: `Bearer ${token}` }),
        });
        // The page knows of both calls, so it never asks a question with the one that is parked.
        for (const call of [first, second]) {
          park.track({ EventType: 'answer', CallAPIID: call, CalledExtensionID: '34414' });
        }
        const parked = await park.park(first, { slot: 6 });
        const bridged = await park.bridge(second, { slot: 6 });
        return [parked.slot, bridged.slot];
      },
      [origin, pbx.token, first, second],
    );
    expect(results).toEqual([6, 6]);
    const states = pbx.exchange.calls().map(({ state }) => state);
    expect(states).toEqual(['bridged', 'talking']);
    expect([...strict.asked]).toEqual(['authorization,content-type']);
    expect(strict.keys).toEqual([]);
  });
}

test('the browser refuses a request with a key to that switch', async ({
  browser,
  baseURL,
  pbx,
  strict,
}) => {
  const origin = await strict.listen();
  // A separate context, because the browser writes an error to the console.
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('/');
  const { call } = pbx.exchange.ring('34414', '+79161112233');
  const attempt = page.evaluate(
    async ([url = '', token]) => {
      const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': 'a' };
      return (await fetch(url, { method: 'PUT', headers, body: '{"action":"slots"}' })).status;
    },
    [`${origin}/api/ver1.0/extension/34414/valet_park/${call}`, pbx.token],
  );
  await expect(attempt).rejects.toThrow('Failed to fetch');
  expect([...strict.asked]).toEqual(['authorization,idempotency-key']);
  await context.close();
});
