// The log in Redis at each fault: one real Redis, and logs of several relays.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { StaleFenceError } from '../../../www/server/feed/lease.ts';
import { RedisHub } from '../../../www/server/feed/redis/hub.ts';
import { RedisLog } from '../../../www/server/feed/redis/log.ts';
import { reply, row, textsOf } from '../log/samples.ts';
import type { Proxy } from '../../../scripts/redis/proxy.mjs';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

const TIMES = { timeoutMs: 10_000, leaseMs: 3_000, renewMs: 100, report: () => undefined };
/** For tests in which Redis does not answer. */
const IMPATIENT = { timeoutMs: 1_500 };

describe.skipIf(redisProgram === null)('the log in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await openRedis()));
  afterAll(() => redis.close());
  afterEach(async () => {
    redis.resume();
    redis.proxy.heal();
    if ((await redis.command('PING').catch(() => '')) !== '+PONG') await redis.start();
  });

  /** Opens the logs of some relays, each with its own proxy. */
  async function openRelays(count: number, options = {}) {
    const lot = randomUUID();
    const relays: { log: RedisLog; proxy: Proxy }[] = [];
    for (let at = 0; at < count; at += 1) {
      const proxy = await redis.openProxy();
      const log = await RedisLog.open({ ...TIMES, ...options, lot, url: proxy.url });
      onTestFinished(() => log.close());
      relays.push({ log, proxy });
    }
    return { lot, relays, logs: relays.map(({ log }) => log) };
  }

  test('relays that append at the same time have the same entries in the same order', async () => {
    const { logs } = await openRelays(3);
    const before = logs.map(({ latest }) => latest);
    const ids = await Promise.all(
      Array.from({ length: 90 }, async (_, at) => add(logs[at % 3], String(at))),
    );
    expect(new Set(ids).size).toBe(90);
    const [first = [], ...others] = logs.map((log, at) => log.read(before[at] ?? -1));
    await until(() => logs.every(({ latest }) => latest === Math.max(...ids)));
    expect(first).not.toBe('gap');
    const texts = logs.map((log, at) => textsOf(log, before[at] ?? -1));
    expect(texts[0]).toHaveLength(90);
    expect([texts[1], texts[2]]).toEqual([texts[0], texts[0]]);
    expect(others).toHaveLength(2);
  });

  test('all lots of a process share one connection for reading, and nothing crosses', async () => {
    const proxy = await redis.openProxy();
    const hub = new RedisHub({ url: proxy.url, timeoutMs: 1_000, beatMs: 100 });
    const logs: RedisLog[] = [];
    for (let at = 0; at < 5; at += 1) {
      const log = await RedisLog.openIn(hub, { ...TIMES, lot: randomUUID() });
      onTestFinished(() => log.close());
      logs.push(log);
    }
    const edges = logs.map(({ latest }) => latest);
    await Promise.all(logs.map((log, at) => add(log, String(at))));
    expect(logs.map((log, at) => textsOf(log, edges[at] ?? -1))).toEqual([
      ['0'],
      ['1'],
      ['2'],
      ['3'],
      ['4'],
    ]);
    expect(proxy.connections).toBe(2);
  });

  test('an event that reaches two relays is appended once', async () => {
    const { logs } = await openRelays(2);
    const entry = { extension: '34414', text: 'hook' };
    const ids = await Promise.all(logs.map((log) => log.append(entry, { dedupe: 'x' })));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
  });

  test('a command that reaches two relays is claimed once, and both know the answer', async () => {
    const { logs } = await openRelays(2);
    const claims = await Promise.all(logs.map((log) => log.keys.claim('k', 'r')));
    expect(claims.filter((known) => known === null)).toHaveLength(1);
    await logs[claims.indexOf(null)]?.keys.answer('k', reply('a'));
    for (const log of logs) {
      expect(await log.keys.claim('k', 'r')).toEqual({ request: 'r', reply: reply('a') });
    }
  });

  test('a relay that starts has the entries and the journal of the others', async () => {
    const { lot, logs } = await openRelays(1);
    const edge = logs[0]?.latest ?? -1;
    await logs[0]?.append({ extension: null, text: 'a' }, { journal: { put: [row('s')] } });
    const later = await RedisLog.open({ ...TIMES, lot, url: redis.url });
    onTestFinished(() => later.close());
    expect(textsOf(later, edge)).toEqual(['a']);
    expect(later.journal.table.all()).toEqual([row('s')]);
  });

  test('two rows about one stay become one row, at all relays', async () => {
    const { logs } = await openRelays(2);
    await Promise.all(logs.map((log, at) => log.journal.change({ put: [row(`s${at}`)] })));
    const rowsOf = (log: RedisLog) => log.journal.table.all();
    await until(() => logs.every((log) => rowsOf(log).length === 1));
    expect(rowsOf(logs[0] as RedisLog)).toEqual(rowsOf(logs[1] as RedisLog));
  });

  describe.each(['killed', 'stopped', 'unreachable', 'stalled'] as const)('Redis is %s', (how) => {
    async function takeAway() {
      if (how === 'killed') await redis.kill();
      if (how === 'stopped') redis.pause();
    }
    async function giveBack() {
      if (how === 'killed') await redis.start();
      if (how === 'stopped') redis.resume();
    }

    test('no call waits for ever, and each relay goes on alone until it is back', async () => {
      const { relays, logs } = await openRelays(2, IMPATIENT);
      const [a, b] = logs as [RedisLog, RedisLog];
      const last = await add(a, 'before');
      await until(() => b.latest === last);
      await until(() => logs.every(({ lease }) => lease.relays === 2));
      await takeAway();
      for (const { proxy } of relays) {
        if (how === 'unreachable') proxy.cut();
        if (how === 'stalled') proxy.stall();
      }
      const alone = await Promise.all([add(a, 'alone'), add(b, 'alone, too')]);
      expect(await a.keys.claim('k', 'r')).toBeNull();
      await a.keys.answer('k', reply('done'));
      await b.journal.change({ put: [row('noted while alone')] });
      expect([a.health.ok, b.health.ok]).toEqual([false, false]);
      // Both relays answer their panels, and ask the switch for them.
      expect([a.lease.fence, b.lease.fence]).toEqual([0, 0]);
      expect([a.lease.askers, b.lease.askers]).toEqual([2, 2]);
      const given = Math.max(...alone, a.latest, b.latest);

      await giveBack();
      for (const { proxy } of relays) proxy.heal();
      await until(() => a.health.ok && b.health.ok);
      expect(alone.map((id, at) => logs[at]?.read(id))).toEqual(['gap', 'gap']);
      expect(await add(a, 'after')).toBeGreaterThan(given);
      await until(() => b.latest === a.latest);
      expect(await b.keys.claim('k', 'r')).toEqual({ request: 'r', reply: reply('done') });
      await until(() => a.journal.table.row('noted while alone') !== undefined);
    });
  });

  test('a short interruption without a message is no gap', async () => {
    const { relays, logs } = await openRelays(2);
    const [a, b] = logs as [RedisLog, RedisLog];
    const last = await add(a, 'before');
    await until(() => b.latest === last);
    relays[1]?.proxy.cut();
    await until(() => !b.health.ok);
    await add(a, 'meanwhile');
    const heard: string[] = [];
    b.follow(({ text }) => heard.push(text));
    relays[1]?.proxy.heal();
    await until(() => b.latest === a.latest);
    expect([textsOf(b, last), heard]).toEqual([['meanwhile'], ['meanwhile']]);
  });

  test('a relay that was busy for longer than Redis may take is not alone', async () => {
    const reports: string[] = [];
    const report = (sentence: string) => reports.push(sentence);
    const { logs } = await openRelays(2, { ...IMPATIENT, report });
    const [a, b] = logs as [RedisLog, RedisLog];
    const answered = add(a, 'before');
    await Promise.resolve(); // The request is not sent before the process is busy.
    const end = performance.now() + IMPATIENT.timeoutMs + 1_100;
    while (performance.now() < end);
    const last = await answered;
    await until(() => b.latest === last);
    expect(reports).toEqual([]);
  });

  test('what other relays told while a relay was alone reaches its followers once', async () => {
    const { relays, logs } = await openRelays(2, IMPATIENT);
    const [a, b] = logs as [RedisLog, RedisLog];
    const heard: string[] = [];
    b.follow(({ text }) => heard.push(text));
    await add(b, 'one');
    relays[1]?.proxy.stall();
    await add(b, 'alone'); // It may have reached Redis or not.
    await add(a, 'two');
    relays[1]?.proxy.heal();
    await until(() => b.health.ok);
    await add(a, 'three');
    await until(() => b.latest === a.latest);
    expect(heard).toEqual(['one', 'alone', 'two', 'three']);
  });

  describe.each(['flushed', 'lost', 'trimmed'] as const)('entries are %s', (how) => {
    test('readers find a gap, and no id comes twice', async () => {
      const { lot, relays, logs } = await openRelays(2, { capacity: 20 });
      const [a, b] = logs as [RedisLog, RedisLog];
      await redis.command('SAVE');
      let last = 0;
      for (let count = 0; count < 5; count += 1) last = await add(a, 'x');
      await until(() => b.latest === last);
      if (how === 'flushed') await redis.command('FLUSHALL');
      if (how === 'lost') {
        await redis.kill();
        await redis.start();
      }
      if (how === 'trimmed') {
        relays[1]?.proxy.cut();
        await until(() => !b.health.ok);
        last = await add(a, 'y');
        await redis.command('XTRIM', `valet-park:{${lot}}:log`, 'MAXLEN', '1');
        relays[1]?.proxy.heal();
      }
      await until(() => b.read(how === 'trimmed' ? last - 1 : last) === 'gap' && b.health.ok);
      const id = await add(b, 'after');
      expect(id).toBeGreaterThan(last);
      await until(() => a.latest >= id && a.health.ok);
      expect(await add(a, 'again')).toBeGreaterThan(id);
    });
  });

  test('after a loss, one relay gives the journal back', async () => {
    const { logs } = await openRelays(2);
    const [a, b] = logs as [RedisLog, RedisLog];
    await a.journal.change({ put: [row('kept')] });
    await until(() => b.latest === a.latest);
    await redis.command('FLUSHALL');
    const marker = a.latest;
    await until(() => a.latest > marker && b.latest === a.latest);
    await until(() => logs.every((log) => log.journal.table.row('kept') !== undefined));
  });

  describe('the lease', () => {
    test('one relay holds it, and the next one takes it when that relay stops', async () => {
      const { logs } = await openRelays(3);
      const holders = () => logs.filter(({ lease }) => lease.fence !== null);
      await until(() => holders().length === 1);
      const [first] = holders() as [RedisLog];
      const fence = first.lease.fence ?? 0;
      logs.splice(logs.indexOf(first), 1);
      await first.close();
      await until(() => holders().length === 1);
      expect(holders()[0]?.lease.fence).toBeGreaterThan(fence);
    });

    test('a relay that was cut off loses it, and its late writes are refused', async () => {
      const { relays, logs } = await openRelays(2, IMPATIENT);
      await until(() => logs.some(({ lease }) => lease.fence !== null));
      const old = relays.find(({ log }) => log.lease.fence !== null) ?? fail();
      const next = relays.find((relay) => relay !== old) ?? fail();
      const fence = old.log.lease.fence ?? 0;
      old.proxy.stall();
      await until(() => (next.log.lease.fence ?? 0) > fence);
      old.proxy.heal();
      await until(() => old.log.health.ok);
      const entry = { extension: null, text: 'late' };
      const late = old.log.append(entry, { fence, journal: { put: [row('late')] } });
      await expect(late).rejects.toThrow(StaleFenceError);
      expect(old.log.lease.fence).toBeNull();
      await add(next.log, 'end');
      expect(textsOf(next.log, next.log.edge)).not.toContain('late');
      expect(next.log.journal.table.all()).toEqual([]);
      // The relay that asks now may write.
      const now = { fence: next.log.lease.fence ?? 0 };
      expect(await next.log.append(entry, now)).toBe(next.log.latest);
    });

    test('a fence never comes twice, even if Redis forgets it', async () => {
      const { logs } = await openRelays(1);
      await until(() => logs[0]?.lease.fence != null);
      const fence = logs[0]?.lease.fence ?? 0;
      await redis.command('FLUSHALL');
      await until(() => (logs[0]?.lease.fence ?? 0) > fence);
    });
  });

  test.for(['http://127.0.0.1', 'nonsense', ''])('the address `%s` is refused', async (url) => {
    await expect(RedisLog.open({ lot: 'x', url })).rejects.toThrow(/redis:\/\/127.0.0.1:6379/);
  });
});

async function add(log: RedisLog | undefined, text: string): Promise<number> {
  return (await log?.append({ extension: null, text })) ?? -1;
}

/** Resolves when a condition holds. The limit only ends a test that hangs. */
async function until(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue, { timeout: 30_000, interval: 5 }).toBe(true);
}

function fail(): never {
  throw new Error('no relay has the lease');
}
