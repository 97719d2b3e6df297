// The tokens and the pairings of several relays, which they share in a real Redis.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startRelay, type RunningRelay, type StartRelayOptions } from 'valet-park/server';
import { RECEPTION } from '../desk.ts';
import { until } from './relays.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

const GRANT = { name: 'Reception', extensions: [RECEPTION] };

describe.skipIf(redisProgram === null)('the access to relays that share a log', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await openRedis()));
  afterAll(() => redis.close());

  async function openRelay(lot: string, options: Partial<StartRelayOptions> = {}) {
    const proxy = await redis.openProxy();
    const relay = await startRelay({
      upstream: { url: 'http://pbx.invalid', clientId: 'x', clientSecret: 'y' },
      fetch: async (input) => {
        const isToken = String(input instanceof Request ? input.url : input).includes('/oauth/');
        return Response.json(isToken ? { access_token: 't', expires_in: 3600 } : { call_list: [] });
      },
      ...{ extensions: [RECEPTION], redis: proxy.url, lot, logger: { info() {}, warn() {} } },
      ...options,
    });
    onTestFinished(() => relay.close());
    return { ...partsOf(relay), proxy };
  }

  async function openTwo(options: Partial<StartRelayOptions>[] = []) {
    const lot = randomUUID();
    const one = await openRelay(lot, options[0]);
    const other = await openRelay(lot, options[1]);
    return { lot, one, other };
  }

  test('a panel that is paired at one relay may use all relays', async () => {
    const { lot, one, other } = await openTwo();
    const { code, device } = await one.post('/pair');
    expect(await other.post('/pair/poll', { device })).toEqual({ state: 'waiting' });
    const info = await other.admin.pair(code ?? '', GRANT);
    const paired = await one.post('/pair/poll', { device });
    expect(paired).toEqual({ state: 'paired', token: expect.stringContaining(`vp_${info.id}_`) });
    expect(await other.post('/pair/poll', { device })).toEqual(paired);
    const token = paired['token'] ?? '';
    for (const relay of [one, other]) await until(async () => (await relay.status(token)) === 200);
    const later = await openRelay(lot);
    expect(await later.status(token)).toBe(200);
    expect(await later.post('/pair/poll', { device })).toEqual(paired);
    const stored = await redis.command('HGET', `valet-park:{${lot}}:tokens`, info.id);
    expect(stored).not.toContain(token.slice(-43));
  });

  test('a code lets one panel in, also if it is entered at two relays at once', async () => {
    const { one, other } = await openTwo();
    const { code = '' } = await one.post('/pair');
    const both = await Promise.allSettled([
      one.admin.pair(code, GRANT),
      other.admin.pair(code, GRANT),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const { admin } of [one, other]) {
      await until(async () => (await admin.listTokens()).length === 1);
    }
  });

  test('a token that is revoked at one relay ends its feeds at the other', async () => {
    const { one, other } = await openTwo();
    const { token } = await one.admin.addToken(GRANT);
    await until(async () => (await other.status(token)) === 200);
    const { body } = await other.get(`/feed?extension=${RECEPTION}`, token);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    expect((await reader.read()).done).toBe(false);
    await one.admin.revokeToken('Reception');
    let isDone = false;
    while (!isDone) isDone = (await reader.read()).done;
    expect(await other.status(token)).toBe(401);
  });

  test('while Redis is away, tokens are valid, and can be revoked at this relay', async () => {
    const { one, other } = await openTwo();
    const { token, info } = await one.admin.addToken(GRANT);
    const { token: kept } = await other.admin.addToken({ ...GRANT, name: 'Kept' });
    for (const relay of [one, other]) {
      await until(async () => (await relay.status(kept)) === 200);
      await until(async () => (await relay.status(token)) === 200);
    }
    one.proxy.cut();
    await until(() => !one.relay.health.ok);
    expect([await one.status(token), await one.status(kept)]).toEqual([200, 200]);
    await expect(one.admin.addToken(GRANT)).rejects.toThrow('try again when it is back');
    expect((await one.send('/pair')).status).toBe(503);
    await one.admin.revokeToken(info.id);
    expect([await one.status(token), await other.status(token)]).toEqual([401, 200]);
    one.proxy.heal();
    await until(async () => (await other.status(token)) === 401);
    expect([await one.status(kept), await other.status(kept)]).toEqual([200, 200]);
  });

  test('the first time, relays put their tokens together', async () => {
    const lot = randomUUID();
    const folders = [newFolder(), newFolder()];
    const tokens: string[] = [];
    for (const state of folders) {
      // Before, each relay was alone.
      const { admin, relay } = await openRelay(lot, { state, ...ALONE });
      tokens.push((await admin.addToken(GRANT)).token);
      await relay.close();
    }
    const relays = [];
    for (const state of folders) relays.push(await openRelay(lot, { state }));
    for (const relay of relays) {
      for (const token of tokens) await until(async () => (await relay.status(token)) === 200);
    }
  });

  test('a relay that was away does not bring a revoked token back', async () => {
    const state = newFolder();
    const { lot, one, other } = await openTwo([{ state }]);
    const { token } = await one.admin.addToken(GRANT);
    await until(async () => (await other.status(token)) === 200);
    await one.relay.close();
    await other.admin.revokeToken('Reception');
    const again = await openRelay(lot, { state });
    expect([await again.status(token), await other.status(token)]).toEqual([401, 401]);
  });

  test('tokens that Redis has lost come back, without those that were revoked', async () => {
    const { lot, one, other } = await openTwo();
    const { token } = await one.admin.addToken(GRANT);
    const key = `valet-park:{${lot}}:tokens`;
    const { token: revoked, info } = await one.admin.addToken({ ...GRANT, name: 'Stolen' });
    await until(async () => (await other.status(revoked)) === 200);
    await one.admin.revokeToken('Stolen');
    await until(async () => (await other.status(revoked)) === 401);
    await redis.command('FLUSHALL');
    await until(async () => (await redis.command('HLEN', key)) === ':2');
    expect(await redis.command('HEXISTS', key, info.id)).toBe(':0');
    const later = await openRelay(lot);
    for (const relay of [one, other, later]) {
      expect([await relay.status(token), await relay.status(revoked)]).toEqual([200, 401]);
    }
  });
});

/** The options of a relay that shares nothing. */
const ALONE = { redis: undefined } as unknown as Partial<StartRelayOptions>;

function partsOf(relay: RunningRelay) {
  const get = async (path: string, token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return relay.fetch(new Request(`http://relay.test${path}`, { headers }));
  };
  const send = async (path: string, body: object = {}) => {
    const request = { method: 'POST', body: JSON.stringify(body) };
    return relay.fetch(new Request(`http://relay.test${path}`, request));
  };
  const post = async (path: string, body?: object) =>
    (await (await send(path, body)).json()) as Record<string, string>;
  const status = async (token: string) => (await get('/access', token)).status;
  return { relay, admin: relay.admin, get, send, post, status };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-access-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
