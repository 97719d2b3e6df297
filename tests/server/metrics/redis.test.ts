// /readyz and /metrics of relays that share their log in a real Redis.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openRelays, until, type TestRelay } from '../redis/relays.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

const AWAY = 'Redis is away, so this relay goes on alone';

/** The values of a gauge in the metrics of a relay. */
async function gauge({ relay }: TestRelay, name: string): Promise<number> {
  const { text } = await relay.metrics();
  return Number(new RegExp(`^valet_park_${name}\\{.*\\} (.*)$`, 'm').exec(text)?.[1] ?? NaN);
}

/** Resolves when the relay is ready, or is not. */
async function untilReady({ relay }: TestRelay, isReady: boolean): Promise<void> {
  const read = async () => (await relay.readiness()).ok;
  await expect.poll(read, { timeout: 60_000 }).toBe(isReady);
}

describe.skipIf(redisProgram === null)('a relay whose log is in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await openRedis()));
  afterAll(() => redis.close());
  afterEach(() => redis.resume());

  test('it is ready while Redis returns its probe, and its log is up', async () => {
    const { relays } = await openRelays(redis, 2);
    for (const relay of relays) await untilReady(relay, true);
    await until(() => relays.every(({ log }) => log.lease.relays === 2));
    for (const relay of relays) {
      expect([await gauge(relay, 'log_up'), await gauge(relay, 'relays')]).toEqual([1, 2]);
    }
    const askers = () => Promise.all(relays.map((relay) => gauge(relay, 'asker')));
    await expect.poll(async () => (await askers()).sort(), { timeout: 60_000 }).toEqual([0, 1]);
  });

  test.each(['cut', 'stall'] as const)('it is not ready while Redis is away: %s', async (fault) => {
    const { relays } = await openRelays(redis, 1, { timeoutMs: 1_000 });
    const [one] = relays as [TestRelay];
    await untilReady(one, true);
    one.proxy[fault]();
    await untilReady(one, false);
    await until(() => !one.log.health.ok);
    expect((await one.relay.readiness()).problems).toEqual([AWAY]);
    expect(await gauge(one, 'log_up')).toBe(0);
    expect(await gauge(one, 'asker')).toBe(1);
    one.proxy.heal();
    await untilReady(one, true);
    expect(await gauge(one, 'log_up')).toBe(1);
  });
});
