// Which addresses a notification may be sent to. The address that Node connects to is checked.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isPublicAddress, lookUpPublic } from '../../../www/server/notify/address.ts';
import { createPoster, type PostReply } from '../../../www/server/notify/post.ts';

test.for([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'localhost',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.for(['8.8.8.8', '172.15.255.255', '172.32.0.1', '192.167.1.1', '2a00:1450:4001::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.for([{ all: true }, { all: false }, {}])(
  'a name without a public address is refused: %o',
  (options) =>
    new Promise<void>((done, fail) => {
      lookUpPublic('localhost', options, (error) => {
        try {
          expect(error).toMatchObject({ code: 'PRIVATE_ADDRESS' });
          done();
        } catch (failure) {
          fail(failure);
        }
      });
    }),
);

/** Starts a receiver on this machine, and returns its port and the number of connections. */
async function openLocal(status = 204, headers: Record<string, string> = {}) {
  const seen: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(status, headers).end();
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen, connections: () => connections };
}

function post(url: string, allowPrivate: boolean): Promise<PostReply> {
  const poster = createPoster(allowPrivate);
  onTestFinished(() => poster.close());
  return poster.post(url, { headers: {}, body: '{}', signal: new AbortController().signal });
}

test.for([
  'localhost',
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
])('a receiver at %s gets no connection', async (host) => {
  const local = await openLocal();
  const sent = post(`http://${host}:${local.port}/`, false);
  await expect(sent).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' });
  expect(local.connections()).toBe(0);
});

test('private addresses can be allowed', async () => {
  const local = await openLocal();
  expect(await post(`http://localhost:${local.port}/a?b=c`, true)).toEqual({
    status: 204,
    retryAfter: null,
  });
  expect(local.seen).toEqual(['POST /a?b=c']);
});

test('a redirect is an answer, and is not followed', async () => {
  const local = await openLocal(307, { Location: '/other', 'Retry-After': '7' });
  expect(await post(`http://127.0.0.1:${local.port}/`, true)).toEqual({
    status: 307,
    retryAfter: '7',
  });
  expect(local.seen).toEqual(['POST /']);
});

test('requests to one receiver share a connection', async () => {
  const local = await openLocal();
  const poster = createPoster(true);
  onTestFinished(() => poster.close());
  for (let count = 0; count < 5; count += 1) {
    const { signal } = new AbortController();
    await poster.post(`http://127.0.0.1:${local.port}/`, { headers: {}, body: '{}', signal });
    await new Promise((done) => setImmediate(done)); // The connection returns to its pool.
  }
  expect(local.connections()).toBeLessThan(5);
});
