// Three processes with the same thirty lots: each asks for about ten of them, also after one has died.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { RedisHub } from '../../../www/server/feed/redis/hub.ts';
import { RedisLog } from '../../../www/server/feed/redis/log.ts';
import { until } from './relays.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

describe.skipIf(redisProgram === null)('the leases of many lots', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await openRedis()));
  afterAll(() => redis.close());

  const LOTS = 30;

  async function openProcess(lots: readonly string[], leaseMs: number) {
    const proxy = await redis.openProxy();
    const hub = new RedisHub({ url: proxy.url, timeoutMs: 10_000, beatMs: 100 });
    const options = { leaseMs, renewMs: 100, report: () => undefined };
    const logs = await Promise.all(
      lots.map((lot) => RedisLog.openIn(hub, { ...options, timeoutMs: 10_000, lot })),
    );
    onTestFinished(async () => void (await Promise.all(logs.map((log) => log.close()))));
    return { proxy, logs, held: () => logs.filter(({ lease }) => (lease.fence ?? 0) > 0).length };
  }

  test('are spread evenly, and move when a process dies', async () => {
    const lots = Array.from({ length: LOTS }, () => randomUUID());
    const processes = [await openProcess(lots, 8_000)];
    const counts = () => processes.map(({ held }) => held());
    await until(() => counts()[0] === LOTS);
    for (let more = 0; more < 2; more += 1) processes.push(await openProcess(lots, 8_000));
    await until(() => counts().every((count) => count === LOTS / 3));

    // No lease has two holders, and all of them renew theirs.
    const holdersOf = (at: number) =>
      processes.filter(({ logs }) => (logs[at]?.lease.fence ?? 0) > 0).length;
    await until(() => lots.every((_, at) => holdersOf(at) === 1));

    const [dead] = processes.splice(0, 1);
    dead?.proxy.cut();
    await until(() => counts().every((count) => count === LOTS / 2));
    dead?.proxy.heal();
  });

  test('stay where they are while nothing happens', async () => {
    const lots = Array.from({ length: 7 }, () => randomUUID());
    const processes = [await openProcess(lots, 60_000), await openProcess(lots, 60_000)];
    const counts = () => processes.map(({ held }) => held()).sort();
    await until(() => String(counts()) === '3,4');
    let changes = 0;
    const fences = () => processes.flatMap(({ logs }) => logs.map(({ lease }) => lease.fence));
    const before = fences();
    for (const { logs } of processes) {
      for (const { lease } of logs) lease.watch(() => (changes += lease.askers));
    }
    const beats = 14 * 20;
    await until(() => changes >= beats);
    expect(fences()).toEqual(before);
  });
});
