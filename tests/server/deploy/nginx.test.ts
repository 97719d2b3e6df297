// The recipe for nginx, with a real nginx before a real relay.

import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RECEPTION, resourcePath } from '../desk.ts';
import { openStanding } from '../relay/standing.ts';
import { nginxProgram, startNginx } from './nginx.ts';

describe.skipIf(nginxProgram === null)('a relay behind nginx', () => {
  test('nginx speaks HTTP/2, and lets panels and web hooks through', async () => {
    const standing = await openStanding({ trustProxy: ['127.0.0.1'] });
    const nginx = await startNginx([standing.relay.url]);
    const authorization = `Bearer ${await standing.token()}`;
    const answer = await nginx.send({ ':path': '/access', authorization });
    expect([answer.status, nginx.session.alpnProtocol]).toEqual([200, 'h2']);
    const { hookPath } = standing.relay;
    // The relay knows the secret, and misses the fields of an event.
    expect((await nginx.send({ ':path': hookPath })).status).toBe(400);
    expect((await nginx.send({ ':path': '/healthz' })).text).toBe('{"ok":true}');
    await expect.poll(() => nginx.log(), { timeout: 30_000 }).toContain('/healthz');
    expect(nginx.log()).not.toContain(hookPath);
    for (const path of ['/metrics', '/readyz', '/metrics/']) {
      expect((await nginx.send({ ':path': path })).status).toBe(404);
    }
  });

  test('the feed comes through at once', async () => {
    const standing = await openStanding({ trustProxy: ['127.0.0.1'] });
    const nginx = await startNginx([standing.relay.url]);
    const authorization = `Bearer ${await standing.token()}`;
    const feed = nginx.open({ ':path': `/feed?extension=${RECEPTION}`, authorization });
    await expect.poll(() => feed.read().text, { timeout: 30_000 }).toContain('retry:');
    await standing.talk();
    await expect.poll(() => feed.read().text, { timeout: 30_000 }).toContain('event: call');
  });

  test('nginx sends a command once, also if the connection to the relay breaks', async () => {
    let arrived = 0;
    const open = async () => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => {
          arrived += 1;
          socket.destroy();
        });
      });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const nginx = await startNginx([await open(), await open()]);
    const path = resourcePath('1234', RECEPTION);
    const body = '{"action":"park"}';
    const { status } = await nginx.send({ ':method': 'PUT', ':path': path, body });
    expect([status, arrived]).toEqual([502, 1]);
  });
});
