// The rights of the token of a panel at a relay.

import { expect, test } from 'vitest';
import { RECEPTION, SALES, resourcePath } from '../desk.ts';
import { openCompany, revoked } from './company.ts';

const LOOK = { action: 'slots' };
const PARK = { action: 'park', slot: '6' };

test('a panel asks with calls of its own extensions only, whatever the path says', async () => {
  const company = await openCompany();
  const [own, other] = [company.talk(RECEPTION), company.talk(SALES)];
  const statusOf = async (call: string, extension: string, token: string, body: object = LOOK) =>
    (await company.ask(call, body, { extension, token })).status;

  expect(await statusOf(own, RECEPTION, RECEPTION)).toBe(200);
  expect(await statusOf(other, RECEPTION, RECEPTION)).toBe(404);
  expect(await statusOf(other, RECEPTION, RECEPTION, PARK)).toBe(404);
  expect(await statusOf(other, SALES, RECEPTION, PARK)).toBe(403);
  expect(await statusOf(own, '34415', 'all', PARK)).toBe(404);
  expect(await statusOf('1-unknown', RECEPTION, RECEPTION, PARK)).toBe(404);
  expect(await statusOf(own, RECEPTION, 'nonsense', PARK)).toBe(401);
  expect(await statusOf(own, RECEPTION, 'looker', PARK)).toBe(403);
  expect(company.arrived.filter((one) => one.startsWith('park'))).toEqual([]);
  expect(await statusOf(own, RECEPTION, 'looker')).toBe(200);
  expect(await statusOf(own, RECEPTION, RECEPTION, PARK)).toBe(200);
});

test('a path with dots does not lead to another resource', async () => {
  const company = await openCompany();
  const call = company.talk();
  const paths = [
    resourcePath(`${call}/../../event`),
    `/api/ver1.0/extension/${RECEPTION}/event/`,
    `/api/ver1.0/extension/..%2f${SALES}/valet_park/${call}`,
    `/api/ver1.0/client/1844/current_calls/`,
    '/oauth/token',
    '/play',
  ];
  for (const path of paths) {
    const { status } = await company.send(path, { method: 'PUT', body: '{"action":"slots"}' });
    expect([path, status]).toEqual([path, 404]);
  }
});

test('a feed is open for the extensions of the token only', async () => {
  const company = await openCompany();
  const statusOf = async (query: string, token: string) => {
    const request = new Request(`http://relay.test/feed?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const response = await company.relay.fetch(request);
    await response.body?.cancel();
    return response.status;
  };
  expect(await statusOf(`extension=${SALES}`, SALES)).toBe(200);
  expect(await statusOf(`extension=${SALES}`, RECEPTION)).toBe(403);
  expect(await statusOf(`extension=${SALES}&extension=${RECEPTION}`, RECEPTION)).toBe(403);
  expect(await statusOf('extension=34415', 'all')).toBe(404);
  expect(await statusOf('', 'all')).toBe(400);
  expect(await statusOf(`extension=${SALES}`, 'nonsense')).toBe(401);
});

test('the feeds of a token end when the token is revoked', async () => {
  const company = await openCompany();
  const open = async (extension: string) => {
    const headers = { authorization: `Bearer ${extension}` };
    const url = `http://relay.test/feed?extension=${extension}`;
    const { body } = await company.relay.fetch(new Request(url, { headers }));
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    return reader;
  };
  const [reception, sales] = [await open(RECEPTION), await open(SALES)];
  expect(company.relay.health.subscribers).toBe(2);
  for (const revoke of revoked) revoke('r');
  expect((await reception.read()).done).toBe(true);
  expect(company.relay.health.subscribers).toBe(1);
  company.talk(SALES);
  expect((await sales.read()).done).toBe(false);
});

test('a relay says what it can do, and tells its order', async () => {
  const company = await openCompany();
  const call = company.talk();
  const { headers } = await company.ask(call, PARK);
  expect(headers.get('x-valet-park')).toBe('idempotency-key, notes, relay');
  const [id, since] = ['x-feed-id', 'x-feed-since'].map((name) => Number(headers.get(name)));
  expect(id).toBeGreaterThan(since as number);
  expect(headers.get('x-ratelimit-limit')).toBe('100000');
});

test('a question that cannot be read is refused without a request', async () => {
  const company = await openCompany();
  const call = company.talk();
  for (const body of [{}, { action: 'eat' }, { action: 'park', slot: '10' }]) {
    expect((await company.ask(call, body)).status).toBe(400);
  }
  expect((await company.send(resourcePath(call))).status).toBe(405);
  expect(company.arrived.filter((one) => one !== 'slots')).toEqual([]);
});
