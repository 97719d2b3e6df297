import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LocalAdministration } from '../../../www/server/access/administration.ts';
import { Pairing } from '../../../www/server/access/pairing.ts';
import { PanelTokens } from '../../../www/server/access/panel-tokens.ts';
import { MemoryTokenStore } from '../../../www/server/access/store.ts';
import { createFront, type FrontParts } from '../../../www/server/http/front.ts';
import { routeOf } from '../../../www/server/http/request-log.ts';
import type { LogFields } from '../../../www/server/logger.ts';

const CALL = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const RESOURCE = `/api/ver1.0/extension/34414/valet_park/${CALL}`;

/** A front before routes that answer `inner`. */
function open(options: Partial<FrontParts> = {}) {
  const clock = { now: Date.UTC(2026, 5, 15, 12, 30) };
  const panel = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(panel, { recursive: true }));
  writeFileSync(join(panel, 'index.html'), '<!doctype html><title>panel</title>');
  const tokens = new PanelTokens({ store: new MemoryTokenStore(), now: () => clock.now });
  onTestFinished(() => tokens.close());
  const pairing = new Pairing(tokens, { now: () => clock.now });
  const lines: [string, (LogFields | undefined)?][] = [];
  const health = { ok: true, problems: [] as string[] };
  const fetch = createFront({
    inner: () => new Response('inner'),
    access: tokens,
    pairing,
    extensions: [
      { id: '34414', name: 'Reception' },
      { id: '34415', name: 'Sales' },
    ],
    dialect: { slots: 9 },
    monitored: {
      health: () => health,
      ready: async () => health,
      metrics: async () => ({ type: 'text/plain', text: 'valet_park_panels 0\n' }),
    },
    count: () => {},
    logger: { info: (...line) => void lines.push(line), warn: (...line) => void lines.push(line) },
    origins: [],
    trustProxy: [],
    panel,
    now: () => clock.now,
    ...options,
  });
  const { token, info } = tokens.add({ name: 'Reception', extensions: ['34414'] });
  return {
    ...{ clock, tokens, lines, health, token, id: info.id },
    admin: new LocalAdministration({
      tokens,
      pairing,
      extensions: ['34414', '34415'],
      forget: null,
    }),
    send: async (path: string, init: RequestInit = {}, peer = '192.0.2.1') =>
      fetch(new Request(`http://relay.example${path}`, init), {
        incoming: { socket: { remoteAddress: peer } },
      }),
  };
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test('a panel without a token is paired, and learns what it may show', async () => {
  const { send, admin } = open();
  const { code, device } = await (await send('/pair', { method: 'POST' })).json();
  const poll = async () =>
    (await send('/pair/poll', { method: 'POST', body: JSON.stringify({ device }) })).json();
  expect(await poll()).toEqual({ state: 'waiting' });
  await admin.pair(code, { name: 'Reception', extensions: ['34415'] });
  const { state, token } = await poll();
  expect(state).toBe('paired');
  expect(await (await send('/access', bearer(token))).json()).toEqual({
    name: 'Reception',
    may: ['look', 'act'],
    extensions: [{ id: '34415', name: 'Sales' }],
    dialect: { slots: 9 },
  });
});

test('an unknown device is expired, and a request without a device is refused', async () => {
  const { send } = open();
  const poll = (body: string) => send('/pair/poll', { method: 'POST', body });
  expect(await (await poll('{"device":"guess"}')).json()).toEqual({ state: 'expired' });
  for (const body of ['', '{}', '{"device":1}', '[', '"device"']) {
    expect([body, (await poll(body)).status]).toEqual([body, 400]);
  }
  expect((await send('/pair')).status).toBe(405);
});

test('/access needs a token', async () => {
  const { send, tokens, token, id } = open();
  expect((await send('/access')).status).toBe(401);
  expect((await send('/access', bearer(token))).status).toBe(200);
  tokens.revoke(id);
  expect((await send('/access', bearer(token))).status).toBe(401);
});

test('the panel and other paths are served', async () => {
  const { send } = open();
  expect(await (await send('/')).text()).toContain('<title>panel</title>');
  expect(await (await send('/panel.json')).json()).toEqual({ server: 'relay' });
  expect(await (await send(RESOURCE, { method: 'PUT' })).text()).toBe('inner');
  expect(await (await send('/feed?extension=34414')).text()).toBe('inner');
});

test('every answer has the security headers, and the panel has its own policy', async () => {
  const { send } = open();
  for (const [path, policy] of [
    ['/', "script-src 'self' 'wasm-unsafe-eval'"],
    [RESOURCE, "default-src 'none'; frame-ancestors 'none'"],
    ['/access', "default-src 'none'; frame-ancestors 'none'"],
  ] as const) {
    const { headers } = await send(path);
    expect(headers.get('content-security-policy')).toContain(policy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
  expect((await send(RESOURCE)).headers.get('cache-control')).toBe('no-store');
});

test('the health is green or red, and only programs on this machine learn why', async () => {
  const { send, health } = open();
  const local = await send('/healthz', {}, '::ffff:127.0.0.1');
  expect([local.status, await local.json()]).toEqual([200, { ok: true, problems: [] }]);
  Object.assign(health, { ok: false, problems: ['the disk is full'] });
  const red = await send('/healthz', {}, '127.0.0.1');
  expect([red.status, await red.json()]).toEqual([503, { ...health }]);
  for (const reply of [
    await send('/healthz'),
    await send('/healthz', { headers: { 'x-forwarded-for': '192.0.2.1' } }, '127.0.0.1'),
  ]) {
    expect([reply.status, await reply.json()]).toEqual([503, { ok: false }]);
  }
});

test('the log has one line per request, with the id of the token, and nothing personal', async () => {
  const { send, lines, token, id } = open();
  await send(RESOURCE, { method: 'PUT', ...bearer(token), body: '{"action":"park","slot":"6"}' });
  await send(`/hook/s3cret?CallerIDNum=%2B79161112233&CallAPIID=${CALL}`);
  await send('/feed?extension=34414', bearer('vp_wrong'));
  await send('/no/such/path/34414');
  const common = { status: 200, ms: 0 };
  expect(lines).toEqual([
    ['request', { method: 'PUT', route: 'valet_park', ...common, token: id }],
    ['request', { method: 'GET', route: 'hook', ...common }],
    ['request', { method: 'GET', route: 'feed', ...common }],
    ['request', { method: 'GET', route: 'other', ...common }],
  ]);
});

test('a failure is logged without its message', async () => {
  const { send, lines } = open({
    inner: () => {
      throw new TypeError('cannot read +79161112233');
    },
  });
  const reply = await send(RESOURCE, { method: 'PUT' });
  expect([reply.status, await reply.json()]).toEqual([500, { message: expect.any(String) }]);
  expect(lines[0]).toEqual(['a request failed', { error: 'TypeError', at: expect.any(String) }]);
  expect(JSON.stringify(lines)).not.toContain('79161112233');
});

test.for([
  ['/', 'panel'],
  ['/assets/index-AbCd.js', 'panel'],
  ['/valet_park.wasm', 'panel'],
  [`${RESOURCE}/`, 'valet_park'],
  [`${RESOURCE}/note`, 'note'],
  ['/api/ver1.0/extension/34414/current_calls/', 'current_calls'],
  ['/api/ver1.0/+79161112233', 'api'],
  ['/hook/a/b', 'hook'],
  ['/pair/poll', 'pair'],
  ['/34414', 'other'],
  ['/panel.json/34414', 'other'],
])('the log calls %s %s', ([path, route]) => {
  expect(routeOf(path ?? '')).toBe(route);
});

test('a token has 600 requests a minute, and other tokens are not concerned', async () => {
  const { send, tokens, token, clock } = open();
  const { token: other } = tokens.add({ name: 'Other', extensions: 'all' });
  for (let count = 0; count < 600; count += 1) await send(RESOURCE, bearer(token));
  clock.now += 20_000;
  const refused = await send(RESOURCE, bearer(token));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
  expect((await send(RESOURCE, bearer(other))).status).toBe(200);
  clock.now += 40_000;
  expect((await send(RESOURCE, bearer(token))).status).toBe(200);
});

test('a body that is announced to be too large is refused before it is read', async () => {
  const { send } = open();
  const init = { method: 'PUT', body: 'x', headers: { 'content-length': '65537' } };
  expect((await send(RESOURCE, init)).status).toBe(413);
});

test.for([
  ['its own page', { origin: 'http://relay.example', host: 'relay.example' }, 200],
  [
    'its own page behind a proxy',
    { origin: 'https://panel.example', 'sec-fetch-site': 'same-origin' },
    200,
  ],
  ['no page', {}, 200],
  ['a foreign page', { origin: 'https://evil.example' }, 403],
  [
    'a page of a sibling host',
    { origin: 'https://a.relay.example', 'sec-fetch-site': 'same-site' },
    403,
  ],
  ['a page without an origin', { origin: 'null' }, 403],
  [
    'a foreign page with the right host',
    { origin: 'https://evil.example', host: 'relay.example' },
    403,
  ],
] as const)('a request of %s is answered or refused', async ([, headers, status]) => {
  const { send, token } = open();
  for (const path of [RESOURCE, '/pair', '/feed?extension=34414']) {
    const init = { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` } };
    const reply = await send(path, init);
    expect([path, reply.status]).toEqual([path, status]);
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('a listed origin may use the relay', async () => {
  const { send, token } = open({ origins: ['https://crm.example'] });
  const origin = 'https://crm.example';
  const preflight = await send(RESOURCE, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  const reply = await send(RESOURCE, { headers: { origin, authorization: `Bearer ${token}` } });
  expect(reply.headers.get('access-control-allow-origin')).toBe(origin);
  expect(reply.headers.get('access-control-expose-headers')).toContain('X-Valet-Park');
  expect(reply.headers.get('vary')).toContain('Origin');
  expect((await send(RESOURCE, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
});

test('X-Forwarded-For counts only if a listed proxy sends it', async () => {
  const flood = async (trustProxy: string[], peer: string) => {
    const { send } = open({ trustProxy });
    let status = 200;
    for (let client = 0; client < 101; client += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${client}, 10.0.0.7` };
      ({ status } = await send('/pair', { method: 'POST', headers }, peer));
    }
    return status;
  };
  // The limit of codes is per client.
  expect(await flood([], '127.0.0.1')).toBe(429);
  expect(await flood(['192.0.2.0/24'], '127.0.0.1')).toBe(429);
  expect(await flood(['127.0.0.1'], '::ffff:127.0.0.1')).toBe(429); // 10.0.0.7 is one client.
  expect(await flood(['127.0.0.1', '10.0.0.0/8'], '127.0.0.1')).toBe(200);
});

test('a proxy that is no address is refused', () => {
  expect(() => open({ trustProxy: ['proxy'] })).toThrow('a proxy is an address such as 127.0.0.1');
  expect(() => open({ trustProxy: ['10.0.0.0/33'] })).toThrow('not `10.0.0.0/33`');
});
