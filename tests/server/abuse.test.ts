// Requests of clients that want to do harm. Each is refused, nothing of it reaches the switch, and no
// answer and no line of the log contains a secret or personal data.

import { expect, onTestFinished, test } from 'vitest';
import { RECEPTION, resourcePath, SALES } from './desk.ts';
import { CLIENT, openStanding, type Standing } from './relay/standing.ts';

const NUMBER = '+79161112233';
const NAME = 'Anna Petrova';

/** Everything that the relays of this file said, and everything that they must not say. */
const said: string[] = [];
const secrets = new Set<string>([CLIENT.secret]);

async function open(): Promise<Standing> {
  const standing = await openStanding();
  onTestFinished(() => {
    said.push(...standing.said);
    for (const token of standing.upstreamTokens) if (token !== '') secrets.add(token);
    secrets.add(standing.relay.hookPath.replace('/hook/', ''));
  });
  return {
    ...standing,
    async token(...grant) {
      const token = await standing.token(...grant);
      secrets.add(token.slice(-43));
      return token;
    },
  };
}

const PROTECTED = [
  ['PUT', resourcePath('3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0')],
  ['GET', `/feed?extension=${RECEPTION}`],
  ['GET', '/access'],
] as const;

test('without a valid token nothing is answered', async () => {
  const { relay, send, arrived } = await open();
  const { token, info } = await relay.admin.addToken({ name: 'Gone', extensions: [RECEPTION] });
  await relay.admin.revokeToken(info.id);
  for (const authorization of [
    undefined,
    '',
    'Bearer',
    'Bearer null',
    `Bearer ${token}`,
    `Bearer ${token.slice(0, 16)}`,
    `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
    `Bearer ${'A'.repeat(4_000)}`,
    'Bearer vp___proto___constructor',
  ]) {
    for (const [method, path] of PROTECTED) {
      const headers = authorization === undefined ? {} : { authorization };
      const { status, json } = await send(path, { method, headers });
      expect([path, status, json]).toEqual([path, 401, { message: expect.any(String) }]);
    }
  }
  expect(arrived).toEqual([]);
});

test('a token in the query is no token', async () => {
  const { send, token } = await open();
  const panel = await token();
  for (const name of ['token', 'access_token', 'authorization']) {
    const path = `/feed?extension=${RECEPTION}&${name}=${panel}`;
    expect((await send(path)).status).toBe(401);
  }
});

test('a token acts only with calls of its own extensions, whatever the path says', async () => {
  const { token, talk, ask, arrived } = await open();
  const reception = await token([RECEPTION]);
  const sales = await token([SALES]);
  const call = await talk(RECEPTION);
  const park = { action: 'park', slot: '6' };
  // The call of another extension, under that extension and under the own one.
  expect((await ask(sales, call, park, RECEPTION)).status).toBe(403);
  expect((await ask(sales, call, park, SALES)).status).toBe(404);
  expect((await ask(sales, call.toUpperCase(), park, SALES)).status).toBe(404);
  expect((await ask(sales, call.split('-').slice(1).join('-'), park, SALES)).status).toBe(404);
  // An extension that the relay does not serve.
  expect((await ask(reception, call, park, '85219')).status).toBe(404);
  expect(arrived).toEqual([]);
  expect((await ask(reception, call, park, RECEPTION)).status).toBe(200);
});

test('a token that may look neither parks nor bridges', async () => {
  const { token, talk, ask, arrived } = await open();
  const looker = await token([RECEPTION], ['look']);
  const call = await talk();
  for (const action of ['park', 'bridge']) {
    expect((await ask(looker, call, { action, slot: '6' })).status).toBe(403);
  }
  expect(arrived).toEqual([]);
  expect((await ask(looker, call, { action: 'slots', slot: '6' })).status).toBe(200);
});

test('a token reads only the feeds of its own extensions', async () => {
  const { send, token } = await open();
  const panel = await token([SALES]);
  for (const [query, status] of [
    [`extension=${RECEPTION}`, 403],
    [`extension=${SALES}&extension=${RECEPTION}`, 403],
    ['extension=85219', 404],
    ['extension=*', 404],
    ['extension=all', 404],
    ['extension=', 404],
    ['', 400],
  ] as const) {
    expect([query, (await send(`/feed?${query}`, { token: panel })).status]).toEqual([
      query,
      status,
    ]);
  }
});

test('a wrong secret of a web hook gets the answer of an unknown path', async () => {
  const { relay, send, talk } = await open();
  await talk();
  const { hookPath } = relay;
  const unknown = await send('/no/such/path');
  const body = new URLSearchParams({
    EventType: 'hangup',
    CallID: 'x',
    CalledExtensionID: RECEPTION,
  });
  for (const path of [
    '/hook/',
    '/hook/guess',
    `${hookPath}A`,
    hookPath.slice(0, -1),
    hookPath.toLowerCase() === hookPath ? hookPath.toUpperCase() : hookPath.toLowerCase(),
    `/hook/${'A'.repeat(32)}`,
    `/hook/%00${hookPath.slice(6)}`,
  ]) {
    const reply = await send(path, { method: 'POST', body });
    expect([path, reply.status, reply.text]).toEqual([path, 404, unknown.text]);
  }
  expect(relay.health.ok).toBe(true);
});

test('a hostile name cannot add messages to the feed', async () => {
  const { relay, token, talk, ask } = await open();
  const panel = await token();
  const hostile = 'Eve\n\nevent: reset\ndata: x\n\n\r\r\u2028\u0000\u202e<script>&a=b';
  const call = await talk(RECEPTION, '+7916\n\nevent: reset', hostile);
  const response = await fetch(`${relay.url}/feed?extension=${RECEPTION}`, {
    headers: { authorization: `Bearer ${panel}` },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (const awaited of ['event: call\n', 'event: asked\n']) {
    while (!text.includes(awaited)) text += (await reader?.read())?.value ?? '';
    await ask(panel, call, { action: 'park', slot: '6' });
  }
  await reader?.cancel();
  for (const line of text.split('\n')) {
    expect(line).toMatch(
      /^$|^(id: \d+|retry: \d+|event: (call|lot|asked|note)|data: [\x21-\x7e]+)$/,
    );
  }
});

test.for([
  ['the key of a command', { 'idempotency-key': 'x'.repeat(300) }, 400],
  ['a place in the feed', { 'last-event-id': '9'.repeat(200) }, 200],
  ['a lane', { 'x-valet-lane': 'command' }, 200],
] as const)('an impossible value for %s does no harm', async ([, headers, status]) => {
  const { token, talk, send } = await open();
  const init = { token: await token(), headers, method: 'PUT' };
  const body = JSON.stringify({ action: 'park', slot: '6' });
  const reply = await send(resourcePath(await talk()), { ...init, body });
  expect(reply.status).toBe(status);
});

test.for([
  '{"action":"park","slot":"6"',
  '[]',
  'null',
  '{"action":"__proto__"}',
  '{"action":"park","slot":{"toString":1}}',
  '{"action":"park","slot":"99999999999999999999"}',
  '{"action":["park"]}',
  '['.repeat(30_000),
])('an impossible body is refused and not sent (%#)', async (body) => {
  const { token, talk, send, arrived } = await open();
  const panel = await token();
  const path = resourcePath(await talk());
  const { status, json } = await send(path, { method: 'PUT', body, token: panel });
  expect([status, json.message]).toEqual([400, expect.any(String)]);
  expect(arrived).toEqual([]);
});

test('nothing that was said contains a secret or personal data', async () => {
  const standing = await open();
  const { relay, token, talk, ask, send } = standing;
  const panel = await token();
  const call = await talk(RECEPTION, NUMBER, NAME);
  await ask(panel, call, { action: 'park', slot: '6' });
  await send(resourcePath(call), { method: 'PUT', body: '{', token: panel });
  await send(`/hook/${relay.hookPath.slice(6, 20)}?CallerIDNum=${encodeURIComponent(NUMBER)}`);
  await send(`/${call}?name=${encodeURIComponent(NAME)}`, { token: panel });
  // The lines of the log: one for each request, and nothing of what the requests contain.
  const log = standing.lines.map((line) => JSON.stringify(line)).join('\n');
  for (const personal of [
    NUMBER,
    NUMBER.slice(1),
    NAME,
    'Anna',
    call,
    call.split('-')[1] ?? '',
    RECEPTION,
  ]) {
    expect(log).not.toContain(personal);
  }
  const fields = new Set(standing.lines.flatMap(([, line]) => Object.keys(line ?? {})));
  expect([...fields].sort()).toEqual(['method', 'ms', 'route', 'status', 'token']);
});

// The last test of the file: it reads what all the others collected.
test('no answer and no line of the log contains a secret or a stack', () => {
  const all = said.join('\n');
  expect(said.length).toBeGreaterThan(100);
  expect(secrets.size).toBeGreaterThan(20);
  for (const secret of secrets) expect(all).not.toContain(secret);
  expect(all).not.toMatch(/ {4}at |node:internal|\/www\/server|node_modules/);
});
