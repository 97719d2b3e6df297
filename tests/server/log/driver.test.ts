// The tests that each driver of the log passes. Add a new driver to the list `DRIVERS`.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FileLog } from '../../../www/server/feed/file.ts';
import type { Log } from '../../../www/server/feed/log.ts';
import { MemoryLog, type LogOptions } from '../../../www/server/feed/memory.ts';
import { RedisLog } from '../../../www/server/feed/redis/log.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';
import { TestDisk } from './test-disk.ts';
import { reply, row, START, textsOf } from './samples.ts';

interface Driver {
  readonly name: string;
  /** Returns a function that opens the log, and opens it again after a restart. */
  prepare(): (options: LogOptions) => Log | Promise<Log>;
  readonly survivesRestart: boolean;
  /** True for a log that several relays share. An entry can be read when it has come back from Redis. */
  readonly isShared?: boolean;
}

const DRIVERS: readonly Driver[] = [
  { name: 'memory', prepare: () => (options) => new MemoryLog(options), survivesRestart: false },
  {
    name: 'file',
    survivesRestart: true,
    prepare() {
      const folder = mkdtempSync(join(tmpdir(), 'valet-park-log-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return (options) => FileLog.open({ ...options, path: join(folder, 'lot.log') });
    },
  },
  {
    name: 'file on a disk that refuses',
    survivesRestart: false,
    prepare() {
      const disk = new TestDisk();
      disk.refusal = 'no space left';
      const report = () => undefined;
      return (options) => FileLog.open({ ...options, path: 'lot.log', disk, report });
    },
  },
  ...(redisProgram === null
    ? []
    : [
        { name: 'redis', survivesRestart: true, isShared: true, prepare: prepareRedis },
        {
          name: 'redis that cannot be reached',
          survivesRestart: false,
          isShared: true,
          prepare: () => (options: LogOptions) =>
            RedisLog.open({ ...options, lot: 'main', url: 'redis://127.0.0.1:1', report() {} }),
        },
      ]),
];

let redis: TestRedis | null = null;
beforeAll(async () => {
  if (redisProgram !== null) redis = await openRedis();
});
afterAll(() => redis?.close());

function prepareRedis() {
  const lot = randomUUID();
  return (options: LogOptions) => RedisLog.open({ ...options, lot, url: redis?.url ?? '' });
}

describe.each(DRIVERS)('$name', ({ prepare, survivesRestart, isShared = false }) => {
  async function open(options: LogOptions = {}) {
    const openAgain = prepare();
    const clock = { now: START };
    const start = async () => {
      const log = await openAgain({ now: () => clock.now, ...options });
      onTestFinished(() => log.close());
      return log;
    };
    const log = await start();
    const add = (text: string) => log.append({ extension: null, text });
    return { clock, log, add, restart: start };
  }

  test('an id is the present time, or the previous id plus one if that is higher', async () => {
    const { clock, log, add } = await open();
    expect(log.latest).toBeLessThan(START);
    expect([await add('a'), await add('b')]).toEqual([START, START + 1]);
    clock.now += 60_000;
    expect(await add('c')).toBe(START + 60_000);
    clock.now -= 3_600_000;
    expect(await add('d')).toBe(START + 60_001);
  });

  test('the order of the calls is the order of the ids', async () => {
    const { log, add } = await open();
    const before = log.latest;
    const ids = await Promise.all(['a', 'b', 'c'].map(add));
    expect(textsOf(log, before)).toEqual(['a', 'b', 'c']);
    expect(ids).toEqual([...ids].sort());
    expect(log.latest).toBe(ids[2]);
  });

  test.skipIf(isShared)('an entry can be read at once', async () => {
    const { log, add } = await open();
    const first = add('a');
    const place = log.latest;
    const second = add('b');
    expect(await Promise.all([first, second])).toEqual([place, log.latest]);
    expect(textsOf(log, place - 1)).toEqual(['a', 'b']);
  });

  test('each entry names the one before', async () => {
    const { clock, log, add } = await open();
    const before = log.latest;
    const ids = [await add('a')];
    clock.now += 5_000;
    ids.push(await add('b'));
    const entries = log.read(before);
    if (entries === 'gap') throw new Error('gap');
    expect(entries.map(({ id, previous }) => [id, previous])).toEqual([
      [ids[0], before],
      [ids[1], ids[0]],
    ]);
  });

  test('a reader continues after the edge and after each later entry, and else finds a gap', async () => {
    const { clock, log, add } = await open({ capacity: 5 });
    const ids: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      clock.now += n % 3 === 0 ? 1_000 : 0;
      ids.push((await add(String(n))) ?? -1);
    }
    expect(log.edge).toBe(ids[6]);
    expect(ids.map((id) => textsOf(log, id))).toEqual([
      ...Array.from({ length: 6 }, () => 'gap'),
      ['7', '8', '9', '10', '11'],
      ['8', '9', '10', '11'],
      ['9', '10', '11'],
      ['10', '11'],
      ['11'],
      [],
    ]);
  });

  test.for([
    ['between two entries', 1],
    ['beyond the newest entry', 60_001],
    ['before all entries', -1_000],
    ['negative', -START - 1],
  ] as const)('an id %s is a gap', async ([, offset]) => {
    const { clock, log, add } = await open();
    await add('a');
    clock.now += 60_000;
    await add('b');
    expect(log.read(START + offset)).toBe('gap');
  });

  test('watchers hear of each entry, after it can be read', async () => {
    const { log, add } = await open();
    const heard: unknown[] = [];
    const stop = log.watch(() => heard.push(textsOf(log, log.edge)));
    await add('a');
    await add('b');
    stop();
    await add('c');
    expect(heard).toEqual([['a'], ['a', 'b']]);
  });

  test('an entry with a known name is not appended for ten minutes', async () => {
    const { clock, log } = await open();
    const entry = { extension: '34414', text: 'hook' };
    const [first, twin] = await Promise.all([
      log.append(entry, { dedupe: 'x' }),
      log.append(entry, { dedupe: 'x' }),
    ]);
    expect([first, twin]).toEqual([START, null]);
    expect(await log.append(entry, { dedupe: 'y' })).toBe(START + 1);
    clock.now += 599_999;
    expect(await log.append(entry, { dedupe: 'x' })).toBeNull();
    clock.now += 1;
    expect(await log.append(entry, { dedupe: 'x' })).not.toBeNull();
    expect(textsOf(log, log.edge)).toHaveLength(3);
  });

  // In Redis, ten minutes are the only limit.
  test.skipIf(isShared)('the log remembers at most 10,000 names', async () => {
    const { log } = await open();
    const entry = { extension: null, text: 'hook' };
    for (let n = 0; n <= 10_000; n += 1) void log.append(entry, { dedupe: `name ${n}` });
    expect(await log.append(entry, { dedupe: 'name 1' })).toBeNull();
    expect(await log.append(entry, { dedupe: 'name 0' })).not.toBeNull();
  });

  test('a key can be claimed once, and later claims get its answer', async () => {
    const { log } = await open();
    const [first, second] = [log.keys.claim('k', 'r1'), log.keys.claim('k', 'r2')];
    expect(await first).toBeNull();
    expect(await second).toEqual({ request: 'r1', reply: null });
    await log.keys.answer('k', reply('a'));
    expect(await log.keys.claim('k', 'r1')).toEqual({ request: 'r1', reply: reply('a') });
  });

  test('a key is kept for ten minutes after its answer', async () => {
    const { clock, log } = await open();
    await log.keys.claim('k', 'r');
    clock.now += 500_000;
    await log.keys.answer('k', reply('a'));
    clock.now += 599_999;
    expect(await log.keys.claim('k', 'r')).not.toBeNull();
    clock.now += 1;
    expect(await log.keys.claim('k', 'r')).toBeNull();
  });

  test('an answer to an unknown key changes nothing', async () => {
    const { log } = await open();
    await log.keys.answer('k', reply('a'));
    expect(await log.keys.claim('k', 'r')).toBeNull();
  });

  test('rows of the journal are added, replaced and removed, also with an entry', async () => {
    const { log } = await open();
    await log.journal.change({ put: [row('a'), row('b')] });
    await log.append({ extension: null, text: '' }, { journal: { put: [row('a', 'Anna')] } });
    expect(log.journal.table.all()).toEqual([row('a', 'Anna'), row('b')]);
    await log.append({ extension: null, text: '' }, { journal: { remove: ['a'] } });
    expect(log.journal.table.all()).toEqual([row('b')]);
  });

  test('an entry that is not appended does not change the journal', async () => {
    const { log } = await open();
    const entry = { extension: null, text: '' };
    await log.append(entry, { dedupe: 'x' });
    await log.append(entry, { dedupe: 'x', journal: { put: [row('a')] } });
    expect(log.journal.table.all()).toEqual([]);
  });

  test('entries are kept for an hour', async () => {
    const { clock, log, add } = await open();
    const first = await add('a');
    clock.now += 3_600_000;
    await add('b');
    expect(textsOf(log, log.edge)).toEqual(['a', 'b']);
    clock.now += 1;
    await add('c');
    expect(textsOf(log, log.edge)).toEqual(['b', 'c']);
    expect(log.edge).toBe(first);
  });

  test('entries can be removed, which leaves a gap for readers that are behind', async () => {
    const { log, add } = await open();
    const [first, last] = [await add('a'), await add('b')];
    await log.removeEntries();
    expect(log.edge).toBe(last);
    expect(textsOf(log, last ?? -1)).toEqual([]);
    expect(log.read(first ?? -1)).toBe('gap');
    await add('c');
    expect(textsOf(log, last ?? -1)).toEqual(['c']);
  });

  test('after a restart no id is used twice, and a reader continues or finds a gap', async () => {
    const { clock, log, add, restart } = await open();
    const last = (await add('a')) ?? -1;
    await log.close();
    clock.now += survivesRestart ? -3_600_000 : 1_000; // The ids of a file do not depend on a correct clock.
    const again = await restart();
    const id = await again.append({ extension: null, text: 'b' });
    expect(id).toBeGreaterThan(last);
    expect(textsOf(again, last)).toEqual(survivesRestart ? ['b'] : 'gap');
  });

  test('`capacity` is a whole number from 1', async () => {
    for (const capacity of [0, -1, 1.5, NaN]) {
      const opened = async () => prepare()({ capacity });
      await expect(opened).rejects.toThrow(/whole number of events from 1, not `.+`/);
    }
  });

  test('followers get each entry once, in the order of the ids', async () => {
    const { log, add } = await open();
    const heard: string[] = [];
    const stop = log.follow(({ text }) => heard.push(text));
    await Promise.all(['a', 'b'].map(add));
    await log.journal.change({ put: [row('a')] });
    stop();
    await add('c');
    expect(heard).toEqual(['a', 'b']);
  });
});
