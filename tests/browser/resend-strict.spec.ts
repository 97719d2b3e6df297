// A switch of another origin that allows two request headers and no other: the client must not send it
// an idempotency key.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import type { RunningSwitch } from 'valet-park/server';
import { expect, test as base } from './fixture.ts';
import { Plain } from './plain.ts';

/** The switch under another origin, with strict answers to preflights. */
class Strict {
  readonly #pbx: RunningSwitch;
  /** The headers that preflights asked for, each set once. */
  readonly asked = new Set<string>();
  /** The keys that arrived. */
  readonly keys: string[] = [];
  /** Whether the answers carry `X-Valet-Park`. A page cannot read it in either case. */
  isAnnouncing = false;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(pbx: RunningSwitch) {
    this.#pbx = pbx;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

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
        body: await text(request),
      }),
    );
    const announced = this.isAnnouncing ? { 'X-Valet-Park': 'idempotency-key, lot' } : {};
    response.writeHead(reply.status, { ...cors, ...announced, 'Content-Type': 'application/json' });
    response.end(await reply.text());
  }
}

/** Opens a page from which Playwright keeps away: it would answer preflights by itself. */
async function openPlain(page: Page, pbx: RunningSwitch): Promise<void> {
  await Plain.open(page, pbx);
  await page.unrouteAll();
}

const test = base.extend<{ readonly strict: Strict }>({
  strict: async ({ pbx }, use) => {
    const strict = new Strict(pbx);
    await use(strict);
    await strict.close();
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
    await openPlain(page, pbx);
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

test('a page that sends a key there all the same is refused by the browser', async ({
  browser,
  pbx,
  strict,
}) => {
  const origin = await strict.listen();
  // A context of its own, because the browser complains on the console of the page.
  const context = await browser.newContext({ baseURL: pbx.url });
  const page = await context.newPage();
  await openPlain(page, pbx);
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
