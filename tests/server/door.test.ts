// The checks before the routes: the token, the hourly limit, the trust in the client, and CORS.

import { expect, test } from 'vitest';
import { createSwitch } from 'valet-park/server';
import { openDesk, readReply, resourcePath, type Desk } from './desk.ts';

const HOUR = 3_600_000;

function askFor(desk: Desk, form: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };
  return desk.send('POST', '/oauth/token', form, headers);
}

test.for(['', 'Bearer', 'Bearer wrong', 'Basic dDp0', 'Bearer a.b.c', 'Bearer 99999999999999.x'])(
  'with the authorization `%s` the API and the feed answer 401',
  async (authorization) => {
    const desk = await openDesk();
    const call = desk.talk();
    for (const [method, path] of [
      ['PUT', resourcePath(call)],
      ['GET', resourcePath(call)],
      ['GET', '/api/ver1.0/extension/34414/current_calls/'],
      ['GET', '/api/nowhere'],
      ['GET', '/feed?extension=34414'],
    ] as const) {
      const body = method === 'PUT' ? '{"action":"park"}' : undefined;
      const reply = await desk.send(method, path, body, { authorization });
      expect(reply.status).toBe(401);
      expect(reply.json).toEqual({ message: expect.stringContaining('/oauth/token') });
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(desk.stateOf(call)).toBe('talking');
  },
);

test('a token for client credentials is valid for an hour', async () => {
  const desk = await openDesk();
  const { status, json } = await askFor(desk, 'grant_type=client_credentials&client_id=me');
  expect(status).toBe(200);
  expect(json).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3_600,
  });
  const authorization = `Bearer ${json.access_token}`;
  const list = () =>
    desk.send('GET', '/api/ver1.0/extension/34414/event/', undefined, { authorization });
  desk.pbx.forward(HOUR - 1);
  expect((await list()).status).toBe(200);
  desk.pbx.forward(1);
  expect((await list()).status).toBe(401);
});

test('a token with a changed expiry time is refused', async () => {
  const desk = await openDesk();
  const { json } = await askFor(desk, 'grant_type=client_credentials');
  const [end, signature] = String(json.access_token).split('.');
  const authorization = `Bearer ${Number(end) + HOUR}.${signature}`;
  const path = '/api/ver1.0/extension/34414/event/';
  expect((await desk.send('GET', path, undefined, { authorization })).status).toBe(401);
});

test('another grant than client credentials is refused', async () => {
  const desk = await openDesk();
  for (const form of ['', 'grant_type=password', '{"grant_type":"client_credentials"}']) {
    const { status, json } = await askFor(desk, form);
    expect(status).toBe(400);
    expect(json).toEqual({ error: 'unsupported_grant_type', message: expect.any(String) });
  }
});

test('the option `token` sets the token, unless it cannot be sent in a header', async () => {
  const desk = await openDesk({ token: 'my-token' });
  expect(desk.pbx.token).toBe('my-token');
  expect((await desk.send('GET', '/api/ver1.0/extension/34414/event/')).status).toBe(200);
  expect(() => createSwitch({ token: 'my token' })).toThrow(RangeError);
});

test('the hourly limit is announced and enforced, and ends with the hour', async () => {
  const desk = await openDesk({ hourlyLimit: 2 });
  const call = desk.talk();
  const ask = async () => {
    const { status, headers, json } = await desk.ask(call, { action: 'slots' });
    const limits = ['limit', 'remaining', 'reset'].map((name) =>
      headers.get(`x-ratelimit-${name}`),
    );
    return { status, limits, retryAfter: headers.get('retry-after'), message: json.message };
  };
  expect(await ask()).toMatchObject({ status: 200, limits: ['2', '1', '1800'] });
  desk.pbx.forward(60_000);
  expect(await ask()).toMatchObject({ status: 200, limits: ['2', '0', '1740'] });
  expect(await ask()).toEqual({
    status: 429,
    limits: ['2', '0', '1740'],
    retryAfter: '1740',
    message: 'rate_limit_exceeded',
  });
  desk.pbx.forward(1_739_999);
  expect((await ask()).status).toBe(429);
  desk.pbx.forward(1);
  expect(await ask()).toMatchObject({ status: 200, limits: ['2', '1', '3600'] });
});

test('a request without a token does not count for the limit', async () => {
  const desk = await openDesk({ hourlyLimit: 1 });
  const call = desk.talk();
  const refused = await desk.send('PUT', resourcePath(call), '{}', { authorization: '' });
  expect(refused.headers.get('x-ratelimit-limit')).toBeNull();
  expect((await desk.ask(call, { action: 'slots' })).status).toBe(200);
});

test.for([
  ['a page of another site', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a page whose host name points to this machine', { host: 'evil.example:8341' }],
] as const)('%s can neither use /play nor get a token', async ([, headers]) => {
  const desk = await openDesk();
  const url = new URL(desk.pbx.url);
  for (const path of ['/play', '/play/reset', '/oauth/token']) {
    const { status, json } = await sendRaw(url, path === '/play' ? 'GET' : 'POST', path, headers);
    expect(status).toBe(403);
    expect(json).toEqual({ message: expect.any(String) });
  }
});

test('a page of this machine can use /play', async () => {
  const desk = await openDesk();
  for (const origin of [desk.pbx.url, 'http://localhost:5173']) {
    expect((await desk.send('GET', '/play', undefined, { origin })).status).toBe(200);
  }
});

test('without a Node server, /play is refused unless anyone is trusted', async () => {
  const request = () => new Request('http://localhost/play');
  for (const [trust, status] of [
    ['loopback', 403],
    ['anyone', 200],
  ] as const) {
    const pbx = createSwitch({ trust });
    expect((await readReply(await pbx.fetch(request()))).status).toBe(status);
    pbx.dispose();
  }
});

/** Sends the headers Host and Origin, which `fetch` does not allow. */
async function sendRaw(url: URL, method: string, path: string, headers: Record<string, string>) {
  const { request } = await import('node:http');
  return new Promise<{ status: number | undefined; json: unknown }>((resolve, reject) => {
    const { hostname, port } = url;
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, json: JSON.parse(text) }));
    });
    sent.on('error', reject).end();
  });
}

test.for([
  ['http://localhost:5173', true],
  ['http://127.0.0.1:3000', true],
  ['https://elsewhere.example', false],
  ['null', false],
] as const)('a page from %s can read the answers: %s', async ([origin, may]) => {
  const desk = await openDesk();
  const allowed = may ? origin : null;
  const path = resourcePath(desk.talk());
  const asked = {
    ...{ origin, authorization: '' },
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,content-type',
  };
  const before = await desk.send('OPTIONS', path, undefined, asked);
  expect(before.status).toBe(204);
  expect(before.headers.get('access-control-allow-origin')).toBe(allowed);
  if (may) expect(before.headers.get('access-control-allow-methods')).toContain('PUT');
  const reply = await desk.send('PUT', path, '{"action":"park"}', { origin });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('access-control-allow-origin')).toBe(allowed);
  const exposed = reply.headers.get('access-control-expose-headers');
  if (may) expect(exposed).toContain('X-RateLimit-Remaining');
});

test('if anyone is trusted, only pages of the same host can read the answers', async () => {
  const desk = await openDesk({ trust: 'anyone', host: '127.0.0.1' });
  const allowed = async (origin: string) =>
    (await desk.send('GET', '/play', undefined, { origin })).headers.get(
      'access-control-allow-origin',
    );
  expect(await allowed('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
  expect(await allowed('https://elsewhere.example')).toBeNull();
});

test('a page can read an answer with a fault, and no fault strikes the preflight request', async () => {
  const origin = 'http://localhost:5173';
  const desk = await openDesk({ faults: 'crowded=1' });
  const call = desk.talk();
  const asked = { origin, 'access-control-request-method': 'PUT' };
  expect((await desk.send('OPTIONS', resourcePath(call), undefined, asked)).status).toBe(204);
  const reply = await desk.send('PUT', resourcePath(call), '{"action":"park"}', { origin });
  expect(reply.status).toBe(429);
  expect(reply.headers.get('access-control-allow-origin')).toBe(origin);
});
