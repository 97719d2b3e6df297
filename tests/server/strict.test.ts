// The strict mode: the switch offers only what a real switch offers.

import { parseCallEvent } from 'valet-park';
import { expect, test } from 'vitest';
import { openDesk, RECEPTION, resourcePath, SALES, type Desk } from './desk.ts';
import { openReceiver } from './receiver.ts';

const CLIENT = { id: 'relay', secret: 's3cret' };
const API = '/api/ver1.0';

function strictDesk(options = {}): Promise<Desk> {
  return openDesk({ strict: CLIENT, ...options });
}

function tokenFor(desk: Desk, client: { readonly id: string; readonly secret: string }) {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  form.set('client_id', client.id);
  form.set('client_secret', client.secret);
  return desk.send('POST', '/oauth/token', form.toString(), { authorization: '' });
}

test('a client gets a token for an hour with its secret only', async () => {
  const desk = await strictDesk();
  const wrong = await tokenFor(desk, { ...CLIENT, secret: 'wrong' });
  expect([wrong.status, wrong.json.error]).toEqual([401, 'invalid_client']);
  const { status, json } = await tokenFor(desk, CLIENT);
  expect([status, json]).toEqual([
    200,
    { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3_600 },
  ]);
  const authorization = `Bearer ${json.access_token}`;
  const ask = () => desk.send('GET', `${API}/user/`, undefined, { authorization });
  expect(await ask()).toMatchObject({ status: 200, json: { client_id: 1844 } });
  desk.pbx.forward(3_600_000);
  expect((await ask()).status).toBe(401);
});

test('there is no feed, no page, no announcement and no order of answers', async () => {
  const desk = await strictDesk();
  expect((await desk.send('GET', `/feed?extension=${RECEPTION}`)).status).toBe(404);
  expect((await desk.send('GET', '/')).status).toBe(404);
  const { status, headers } = await desk.ask(desk.talk(), { action: 'slots' });
  expect(status).toBe(200);
  expect(headers.get('x-valet-park')).toBeNull();
  expect(headers.get('x-feed-id')).toBeNull();
  expect(headers.get('x-ratelimit-limit')).toBe('100000');
});

test('a command that comes twice with one key is executed twice', async () => {
  const desk = await strictDesk();
  const [one, two, asker] = [desk.talk(), desk.talk(), desk.talk()];
  await desk.ask(one, { action: 'park', slot: '1' });
  await desk.ask(two, { action: 'park', slot: '2' });
  for (const left of [8, 9]) {
    const body = JSON.stringify({ action: 'bridge' });
    await desk.send('PUT', resourcePath(asker), body, { 'idempotency-key': 'a' });
    const { json } = await desk.ask(asker, { action: 'slots' });
    expect(json.slots).toHaveLength(left);
  }
});

test('the client sees the calls of all extensions, and no other client does', async () => {
  const desk = await strictDesk();
  const calls = [desk.talk(RECEPTION), desk.talk(SALES)];
  const { json } = await desk.send('GET', `${API}/client/1844/current_calls/`);
  const list = json as { call_list: { call_api_id: string }[] };
  expect(list.call_list.map(({ call_api_id: call }) => call)).toEqual(calls);
  expect((await desk.send('GET', `${API}/client/1/current_calls/`)).status).toBe(404);
});

test('a web hook of the client gets the events of all extensions', async () => {
  const desk = await strictDesk();
  const receiver = await openReceiver();
  const events = `${API}/client/1844/phone_events/`;
  const hook = JSON.stringify({ url: receiver.url, event_type: 'answer', method: 'POST' });
  const made = await desk.send('POST', events, hook);
  expect(made.status).toBe(201);
  expect((await desk.send('GET', events)).json).toEqual([made.json]);
  for (const extension of [RECEPTION, SALES]) {
    const call = desk.talk(extension);
    expect(parseCallEvent((await receiver.next()).body)).toMatchObject({ call, extension });
  }
  expect((await desk.send('DELETE', events + made.json.id)).status).toBe(204);
  expect((await desk.send('GET', events)).json).toEqual([]);
  expect((await desk.send('GET', `${API}/client/1/phone_events/`)).status).toBe(404);
});

test('the dialect `current` needs a slot, and writes slots as numbers', async () => {
  const desk = await strictDesk({ dialect: 'current', slots: 20 });
  const call = desk.talk();
  for (const action of ['park', 'slots']) {
    const { status, json } = await desk.ask(call, { action });
    expect([status, json.message]).toEqual([400, expect.stringContaining('expected a slot')]);
  }
  const { json } = await desk.ask(call, { action: 'slots', slot: 20 });
  expect(json).toEqual({ slot: 20, UUID: null });
});
