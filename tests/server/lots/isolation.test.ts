// Nothing gets from one lot of a process to another. A test tries each way.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECEPTION, resourcePath } from '../desk.ts';
import { openLot, openWorld, readFeed, ringOf, SLOW, viewOf } from './world.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

const NUMBER = '+74951234567';
const NAME = 'Secret Caller';

let redis: TestRedis | null = null;
beforeAll(async () => {
  if (redisProgram !== null) redis = await openRedis();
});
afterAll(() => redis?.close());

const logs = ['memory', ...(redisProgram === null ? [] : ['Redis'])];

describe.each(logs)('two lots with their logs in %s', (log) => {
  /** Two lots whose extensions and calls have the same ids. A call of `a` is parked. */
  async function openTwo() {
    const [a, b] = [await openLot('a'), await openLot('b')];
    const world = await openWorld([a, b], log === 'Redis' ? { redis: redis?.url ?? '' } : {});
    const tokens = { a: await world.token('a'), b: await world.token('b') };
    const feeds = {
      a: await readFeed(world.lots, 'a', tokens.a),
      b: await readFeed(world.lots, 'b', tokens.b),
    };
    const call = await world.talk(a, NUMBER, NAME);
    expect((await world.park(a, tokens.a, call)).status).toBe(200);
    return { ...world, a, b, tokens, feeds, call };
  }

  test('a token of one lot is no token of the other', async () => {
    const { send, tokens, call } = await openTwo();
    const paths = ['/access', '/journal', `/feed?extension=${RECEPTION}`, resourcePath(call)];
    for (const path of paths) {
      const init = path.startsWith('/api') ? { method: 'PUT', body: '{"action":"slots"}' } : {};
      expect([path, (await send('b', path, { ...init, token: tokens.a })).status]).toEqual([
        path,
        401,
      ]);
    }
    expect((await send('a', '/access', { token: tokens.a })).json.name).toBe('Panel of a');
  });

  test('a command reaches the switch of its lot only', async () => {
    const { a, b, call } = await openTwo();
    const asked = (lot: typeof a) => lot.arrived.filter((path) => path.includes(call));
    expect(asked(a)).not.toEqual([]);
    expect(asked(b)).toEqual([]);
    expect(b.pbx.exchange.calls()).toEqual([]);
  });

  test('a feed and a journal have nothing of the other lot', async () => {
    const { a, b, call, feeds, send, tokens, talk, park } = await openTwo();
    await feeds.a.until('valet_park');
    const other = await talk(b, '+70000000000', 'Other');
    await park(b, tokens.b, other, 3);
    await feeds.b.until('Other');
    await feeds.b.until('%22park%22');
    expect(decodeURIComponent(feeds.b.text())).not.toMatch(/4951234567|Secret/);
    expect(decodeURIComponent(feeds.a.text())).not.toMatch(/70000000000|Other/);
    const rows = async (lot: string, token: string) =>
      (await send(lot, '/journal', { token })).text;
    const every = { ...SLOW, interval: 500 };
    await expect.poll(() => rows('a', tokens.a), every).toContain(call);
    await expect.poll(() => rows('b', tokens.b), every).toContain(other);
    expect(await rows('a', tokens.a)).not.toContain(other);
    expect(await rows('b', tokens.b)).not.toContain(call);
    expect(a.pbx.exchange.calls()).toHaveLength(1);
  });

  test('a notification goes to the receivers of its lot', async () => {
    const { a, b } = await openTwo();
    await expect.poll(() => a.notified.map(({ type }) => type), SLOW).toContain('parked');
    expect(a.notified.every(({ data }) => data.lot === 'a')).toBe(true);
    expect(b.notified).toEqual([]);
  });

  test('a metric and a line of the log name their lot', async () => {
    const { lots, lines, a } = await openTwo();
    const text = await (await fetch(`${lots.monitoringUrl}/metrics`)).text();
    const parks = text.split('\n').filter((line) => line.includes('action="park"'));
    expect(parks.filter((line) => line.includes('lot="a"'))).not.toEqual([]);
    expect(parks.filter((line) => line.includes('lot="b"'))).toEqual([]);
    const routesOf = (lot: string) =>
      lines.filter(([, fields]) => fields['lot'] === lot).map(([, { route }]) => route);
    expect(routesOf('a')).toContain('valet_park');
    expect(routesOf('b')).not.toContain('valet_park');
    expect(lines.filter(([word, { lot }]) => word === 'request' && lot === undefined)).toEqual([]);
    expect(JSON.stringify(lines)).not.toMatch(/4951234567|Secret/);
    expect(a.name).toBe('a');
  });

  test('the web hooks of one lot are unknown to the other', async () => {
    const { lots, feeds } = await openTwo();
    const secret = viewOf(lots, 'a').hookPath.split('/').at(-1);
    const body = ringOf('1-x', 'Intruder');
    const response = await fetch(`${lots.url}/lot/b/hook/${secret}`, { method: 'POST', body });
    expect(response.status).toBe(404);
    expect(feeds.b.text()).not.toContain('Intruder');
  });

  test('a code of one lot pairs no panel of the other', async () => {
    const { lots, send } = await openTwo();
    const { code } = (await send('a', '/pair', { method: 'POST' })).json;
    const grant = { name: 'Reception', extensions: [RECEPTION] };
    await expect(viewOf(lots, 'b').admin.pair(code, grant)).rejects.toThrow('no panel shows');
    expect((await viewOf(lots, 'a').admin.pair(code, grant)).name).toBe('Reception');
    const names = async (lot: string) =>
      (await viewOf(lots, lot).admin.listTokens()).map(({ name }) => name);
    expect(await names('a')).toEqual(['Panel of a', 'Reception']);
    expect(await names('b')).toEqual(['Panel of b']);
  });

  test('the key of a command of one lot is free in the other', async () => {
    const { a, b, tokens, talk, send } = await openTwo();
    const headers = { 'idempotency-key': '8e03978e-40d5-43dd-bc93-6894a57f9324' };
    const park = async (lot: typeof a, token: string, slot: string) => {
      const path = resourcePath(await talk(lot));
      const body = JSON.stringify({ action: 'park', slot });
      return (await send(lot.name, path, { method: 'PUT', body, token, headers })).status;
    };
    expect([await park(a, tokens.a, '4'), await park(b, tokens.b, '5')]).toEqual([200, 200]);
    const held = b.pbx.exchange.calls().filter(({ state }) => state === 'parked');
    expect(held.map(({ slot }) => slot)).toEqual([5]);
  });
});

test('a path leads to one lot, however it is spelled', async () => {
  const [a, b] = [await openLot('a'), await openLot('b')];
  const { lots, token } = await openWorld([a, b]);
  const headers = { authorization: `Bearer ${await token('a')}` };
  const statusOf = async (path: string) => (await fetch(lots.url + path, { headers })).status;
  expect(await statusOf('/lot/a/access')).toBe(200);
  expect(await statusOf('/lot/a/lot/b/access')).toBe(404);
  expect(await statusOf('/lot/b/../a/access')).toBe(200);
  expect(await statusOf('/lot/b/..%2fa/access')).toBe(404);
  expect(await statusOf('/lot/b/%2e%2e/a/access')).toBe(200);
  expect(await statusOf('/lot/A/access')).toBe(404);
  expect(await statusOf('/lot/c/access')).toBe(404);
  expect(await statusOf('/access')).toBe(404);
  expect(await statusOf('/lot/a/metrics')).toBe(404);
});

test('a lot with its own host name has no other lot below it', async () => {
  const a = await openLot('a', { publicUrl: 'http://a.park.test' });
  const b = await openLot('b');
  const { lots, token } = await openWorld([a, b]);
  const ask = (path: string, bearer: string) =>
    requestWithHost(lots.url, path, 'a.park.test', bearer);
  expect(await ask('/access', await token('a'))).toBe(200);
  expect(await ask('/access', await token('b'))).toBe(401);
  expect(await ask('/lot/b/access', await token('b'))).not.toBe(200);
});

/** Sends a request with another `Host`, which `fetch` does not allow. Resolves to the status. */
async function requestWithHost(url: string, path: string, host: string, token: string) {
  const { request } = await import('node:http');
  return new Promise<number>((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${token}` };
    const sent = request(url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}
