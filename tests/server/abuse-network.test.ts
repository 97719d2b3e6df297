// Connections of clients that want to do harm: too large, too slow, too many, broken, or out of the
// folder of the panel. The relay refuses them, and answers everybody else meanwhile.

import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RELAY_LIMITS } from '../../www/server/defaults.ts';
import { listen } from '../../www/server/listen.ts';
import { RECEPTION, resourcePath } from './desk.ts';
import { openStanding } from './relay/standing.ts';

/** Opens a connection and sends a text. `received` resolves when the server closes the connection. */
function dial(url: string, text: string): { socket: Socket; received: Promise<string> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(text));
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => {}); // The server may close the connection while the client sends.
  const received = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)));
  return { socket, received };
}

/** Sends a path unchanged. `fetch` would normalise it. */
function statusOf(url: string, path: string, headers = {}): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (response) => {
      resolve(response.resume().statusCode);
    });
    sent.on('error', reject).end();
  });
}

test('a body of 10 MB is refused without being read', async () => {
  const { relay, token, talk, arrived } = await openStanding();
  const [panel, call] = [await token(), await talk()];
  const head = `PUT ${resourcePath(call)} HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${panel}\r\n`;
  const announced = dial(relay.url, `${head}Content-Length: 10485760\r\n\r\n`);
  expect(await announced.received).toMatch(/^HTTP\/1\.1 413 /);

  const { socket, received } = dial(relay.url, `${head}Transfer-Encoding: chunked\r\n\r\n`);
  await once(socket, 'connect');
  const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
  for (let count = 0; count < 640 && !socket.destroyed; count += 1) {
    if (!socket.write(chunk)) await new Promise((resolve) => setImmediate(resolve));
  }
  if (!socket.destroyed) socket.end('0\r\n\r\n');
  expect(await received).toMatch(/^HTTP\/1\.1 413 /);
  expect(arrived).toEqual([]);
});

test('headers of more than 8 KB are refused', async () => {
  const { relay } = await openStanding();
  const { received } = dial(
    relay.url,
    `GET / HTTP/1.1\r\nHost: relay\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`,
  );
  expect(await received).toMatch(/^HTTP\/1\.1 431 /);
});

test.for([
  ['headers that never end', 'GET /feed HTTP/1.1\r\nHost: relay\r\nX-Slow: '],
  ['a body that never ends', 'PUT /x HTTP/1.1\r\nHost: relay\r\nContent-Length: 100\r\n\r\nx'],
  ['nothing at all', ''],
] as const)('a client that sends %s is cut off', async ([, text]) => {
  // The limits of the relay, with less patience.
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  const fetch = async (one: Request) => new Response(await one.text());
  const server = await listen(fetch, '127.0.0.1', 0, { ...RELAY_LIMITS, ...limits });
  onTestFinished(() => server.close());
  const { received } = dial(server.url, text);
  expect(await received).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
});

test('the relay has limits for slow clients', () => {
  expect(RELAY_LIMITS.headersTimeout).toBeLessThanOrEqual(10_000);
  expect(RELAY_LIMITS.requestTimeout).toBeLessThanOrEqual(30_000);
  expect(RELAY_LIMITS.keepAliveTimeout).toBeGreaterThan(60_000);
});

test.for([
  ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
  ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a line end in a header', 'X: a\nb: c\r\n\r\n'],
  ['an unknown transfer', 'Transfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n'],
])('a request with %s is no way to hide another one', async ([, rest]) => {
  const { relay } = await openStanding();
  const { socket, received } = dial(relay.url, `POST /pair HTTP/1.1\r\nHost: relay\r\n${rest}`);
  socket.setTimeout(500, () => socket.destroy());
  // One answer at most, and an error unless Node reads the request in the only possible way.
  expect((await received).match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1);
});

test.for([
  '/tokens.json',
  '/state/tokens.json',
  '/../state/tokens.json',
  '/..%2fstate%2ftokens.json',
  '/%2e%2e/state/tokens.json',
  '/..\\state\\tokens.json',
  '/....//state/tokens.json',
  '/assets/../../../state/log.jsonl',
  '/.%00./state/tokens.json',
  '//etc/passwd',
  '/etc/passwd',
  '/cli.js',
  '/server.js',
  `/api/ver1.0/extension/..%2f..%2f..%2fstate/valet_park/tokens.json`,
  `/api/ver1.0/../../state/tokens.json`,
])('%s is not served', async (path) => {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { relay, token, arrived } = await openStanding({ state: join(folder, 'state') });
  const authorization = `Bearer ${await token()}`;
  expect([400, 404, 405]).toContain(await statusOf(relay.url, path, { authorization }));
  expect(arrived).toEqual([]);
});

test('a call in the path is one name, and never a part of the path at the switch', async () => {
  const { relay, token, talk, arrived } = await openStanding();
  const panel = await token();
  const call = await talk();
  for (const name of [
    `..%2f..%2fextension%2f85219%2fvalet_park%2f${call}`,
    `${call}%2f..%2fx`,
    `${call}%3faction=bridge`,
    `${call}%23`,
    '%00',
    '%ff',
    '..',
    '%2e%2e',
  ]) {
    const { hostname, port } = new URL(relay.url);
    const path = `/api/ver1.0/extension/${RECEPTION}/valet_park/${name}`;
    const status = await new Promise((resolve) => {
      const headers = { authorization: `Bearer ${panel}` };
      const options = { hostname, port, path, headers, method: 'PUT' };
      request(options, (response) => resolve(response.resume().statusCode)).end(
        '{"action":"park","slot":"6"}',
      );
    });
    expect([name, status]).toEqual([
      name,
      expect.toSatisfy((one: number) => one >= 400 && one < 500),
    ]);
  }
  expect(arrived).toEqual([]);
});

test('with 5,000 idle connections the relay answers, and it closes with them', async () => {
  const { relay, token, talk, ask } = await openStanding();
  const { hostname, port } = new URL(relay.url);
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  for (let batch = 0; batch < 50; batch += 1) {
    const opened = Array.from({ length: 100 }, () => {
      const socket = connect(Number(port), hostname).on('error', () => {});
      sockets.push(socket);
      return once(socket, 'connect');
    });
    await Promise.all(opened);
  }
  const [panel, call] = [await token(), await talk()];
  expect((await ask(panel, call, { action: 'park', slot: '6' })).status).toBe(200);
  await relay.close();
});

test('a client that opens codes without end leaves room for others', async () => {
  const { relay } = await openStanding({ trustProxy: ['127.0.0.1'] });
  const pair = (address: string) =>
    fetch(`${relay.url}/pair`, { method: 'POST', headers: { 'x-forwarded-for': address } });
  let status = 200;
  for (let count = 0; count < 200 && status === 200; count += 1) {
    const reply = await pair('203.0.113.66');
    status = reply.status;
    await reply.text();
  }
  expect(status).toBe(429);
  expect((await pair('203.0.113.1')).status).toBe(200);
});
