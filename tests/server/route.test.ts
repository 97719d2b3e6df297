// Requests that the switch does not know, down to text that is no HTTP. Each gets an answer with a
// message and without a stack, and the switch continues.

import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDesk, resourcePath, type Desk } from './desk.ts';

test.for(['/nowhere', '/api', '/api/ver1.0', '/api/ver2.0/extension/34414/event/', '/play/jump'])(
  '%s gets the answer 404',
  async (path) => {
    const desk = await openDesk();
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await desk.send(method, path);
      expect(reply).toMatchObject({ status: 404, json: { message: 'Not found' } });
    }
  },
);

test.for([
  [resourcePath('3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0'), 'PUT'],
  ['/api/ver1.0/extension/34414/current_calls/', 'GET'],
  ['/api/ver1.0/extension/34414/event/', 'GET, POST'],
  ['/api/ver1.0/extension/34414/event/1', 'DELETE'],
  ['/feed', 'GET'],
  ['/oauth/token', 'POST'],
  ['/play', 'GET'],
  ['/play/ring', 'POST'],
  ['/play/faults', 'POST'],
] as const)('%s allows only %s', async ([path, allow]) => {
  const desk = await openDesk();
  for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS']) {
    if (allow.split(', ').includes(method)) continue;
    const { status, headers, json } = await desk.send(method, path);
    expect([method, status, headers.get('allow')]).toEqual([method, 405, allow]);
    expect(json.message).toEqual(expect.any(String));
  }
});

test('a body can have up to 64 KB', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  const fill = (length: number) => `{"action":"slots"${' '.repeat(length - 18)}}`;
  const just = await desk.send('PUT', resourcePath(call), fill(65_536));
  expect(just.status).toBe(200);
  for (const path of [resourcePath(call), '/play/ring', '/api/ver1.0/extension/34414/event/']) {
    const method = path.endsWith(call) ? 'PUT' : 'POST';
    const { status, json } = await desk.send(method, path, fill(65_537));
    expect(status).toBe(413);
    expect(json).toEqual({ message: expect.stringContaining('65536') });
  }
});

test('a body without an announced length is refused after 64 KB', async () => {
  const desk = await openDesk();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 4_096) controller.close();
      else controller.enqueue(new Uint8Array(16_384).fill(32));
    },
  });
  const response = await fetch(desk.pbx.url + resourcePath(desk.talk()), {
    method: 'PUT',
    headers: { authorization: `Bearer ${desk.pbx.token}` },
    body,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(413);
});

test.for([
  '%',
  '%zz',
  '%E0%A4%A',
  '%00',
  'a%2Fb',
  'a%3Fb',
  '%25',
  '..%2f..%2fetc%2fpasswd',
  '%F0%9F%93%9E',
])('a call with the name `%s` gets the answer 404', async (name) => {
  const desk = await openDesk();
  const path = `/api/ver1.0/extension/34414/valet_park/${name}`;
  const reply = await desk.send('PUT', path, '{"action":"slots"}');
  expect(reply).toMatchObject({ status: 404, json: { message: 'Not found' } });
});

test.for([
  ['a word', 'HELLO\r\n\r\n', 400],
  ['too many headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ['a wrong host', 'GET /play HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
  ['a wrong path', 'GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['a wrong length', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
] as const)('%s instead of a request gets an answer', async ([, text, status]) => {
  const desk = await openDesk();
  const answer = await sayRaw(desk, text);
  expect(answer.split('\r\n')[0]).toContain(`HTTP/1.1 ${status}`);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
    message: expect.any(String),
  });
  expect((await desk.send('GET', '/play')).status).toBe(200);
});

test('a request without a host is answered', async () => {
  const desk = await openDesk();
  expect(await sayRaw(desk, 'GET /play HTTP/1.1\r\n\r\n')).toContain('200 OK');
});

test('a request that breaks off changes nothing and is not logged', async () => {
  const log = vi.spyOn(console, 'error');
  onTestFinished(() => log.mockRestore());
  const desk = await openDesk();
  const call = desk.talk();
  for (const part of ['PUT ', `PUT ${resourcePath(call)} HTTP/1.1\r\n`, halfAPark(desk, call)]) {
    const socket = connect(portOf(desk), '127.0.0.1');
    await new Promise<void>((resolve) => socket.write(part, () => resolve()));
    socket.resetAndDestroy();
  }
  expect((await desk.ask(call, { action: 'slots', slot: '6' })).status).toBe(200);
  expect(desk.stateOf(call)).toBe('talking');
  await desk.pbx.close();
  expect(log).not.toHaveBeenCalled();
});

function halfAPark(desk: Desk, call: string): string {
  return (
    `PUT ${resourcePath(call)} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n` +
    `Authorization: Bearer ${desk.pbx.token}\r\n\r\n{"action":"park"`
  );
}

function sayRaw(desk: Desk, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(portOf(desk), '127.0.0.1', () => socket.end(text));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function portOf(desk: Desk): number {
  return Number(new URL(desk.pbx.url).port);
}
