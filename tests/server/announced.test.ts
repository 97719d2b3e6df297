// The header `X-Valet-Park`, in which the server announces its abilities.

import { expect, onTestFinished, test } from 'vitest';
import { openDesk, RECEPTION, resourcePath } from './desk.ts';

const PARK = '{"action":"park"}';

test.for([
  ['lot', 'idempotency-key, lot, notes, pick-up'],
  ['freeswitch', 'idempotency-key, notes, pick-up'],
] as const)('a switch of the profile %s announces %s', async ([profile, words]) => {
  const desk = await openDesk({ profile, hourlyLimit: 5 });
  const announced = async (...sent: Parameters<typeof desk.send>) => {
    const reply = await desk.send(...sent);
    return [reply.status, reply.headers.get('x-valet-park')];
  };
  const call = resourcePath(desk.talk());
  expect(await announced('PUT', call, PARK)).toEqual([200, words]);
  expect(await announced('PUT', call, 'what')).toEqual([400, words]);
  expect(await announced('PUT', call, 'a'.repeat(70_000))).toEqual([413, words]);
  expect(await announced('GET', call)).toEqual([405, words]);
  expect(await announced('GET', '/api/ver1.0/nothing')).toEqual([404, words]);
  expect(await announced('PUT', call, PARK)).toEqual([429, words]);
  expect(await announced('PUT', call, PARK, { authorization: '' })).toEqual([401, words]);
  expect(await announced('GET', '/feed')).toEqual([400, words]);
  expect(await announced('GET', '/feed?extension=1')).toEqual([404, words]);
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const feed = await fetch(`${desk.pbx.url}/feed?extension=${RECEPTION}`, {
    headers: { authorization: `Bearer ${desk.pbx.token}` },
    signal: gone.signal,
  });
  expect([feed.status, feed.headers.get('x-valet-park')]).toEqual([200, words]);
  expect(await announced('GET', '/play')).toEqual([200, null]);
  desk.pbx.setFaults('crowded=1');
  expect(await announced('PUT', call, PARK)).toEqual([429, words]);
});

test('a page of another origin can send a key and read the announcement', async () => {
  const desk = await openDesk();
  const path = resourcePath(desk.talk());
  const origin = 'http://localhost:5173';
  const asked = {
    ...{ origin, authorization: '', 'access-control-request-method': 'PUT' },
    'access-control-request-headers': 'authorization,content-type,idempotency-key',
  };
  const before = await desk.send('OPTIONS', path, undefined, asked);
  expect(before.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(
    'idempotency-key',
  );
  const reply = await desk.send('PUT', path, PARK, { origin, 'idempotency-key': 'a' });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('access-control-expose-headers')).toContain('X-Valet-Park');
});
