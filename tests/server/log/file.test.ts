// The log in a file: restarts, torn files, and disks that fail.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileLog, type FileLogOptions } from '../../../www/server/feed/file.ts';
import { reply, row, START, textsOf } from './samples.ts';
import { TestDisk } from './test-disk.ts';

const PATH = '/var/lib/valet-park/lot.log';

/** A log on a test disk. `restart` ends the process without closing the log. */
function open(options: Partial<FileLogOptions> = {}) {
  const disk = new TestDisk();
  const clock = { now: START };
  const said: string[] = [];
  const start = () => {
    const report = (sentence: string) => void said.push(sentence);
    const log = FileLog.open({ path: PATH, disk, report, now: () => clock.now, ...options });
    onTestFinished(() => log.close());
    return log;
  };
  return { disk, clock, said, log: start(), restart: start };
}

function add(log: FileLog, text: string): Promise<number | null> {
  return log.append({ extension: null, text });
}

test('everything survives a restart', async () => {
  const { log, restart } = open();
  const edge = log.edge;
  const entry = { extension: '34414', text: 'Ольга ☎\u2028' };
  await log.append(entry, { dedupe: 'hook', journal: { put: [row('a')] } });
  await log.journal.change({ put: [row('b')] });
  await log.keys.claim('sent', 'r1');
  await log.keys.claim('answered', 'r2');
  await log.keys.answer('answered', reply('a'));
  const entries = log.read(edge);

  for (let count = 0; count < 2; count += 1) {
    const again = restart();
    expect(again.read(edge)).toEqual(entries);
    expect(await again.append(entry, { dedupe: 'hook' })).toBeNull();
    expect(again.journal.table.all()).toEqual([row('a'), row('b')]);
    expect(await again.keys.claim('sent', 'r1')).toEqual({ request: 'r1', reply: null });
    expect((await again.keys.claim('answered', 'r2'))?.reply).toEqual(reply('a'));
    await again.close();
  }
});

test('an entry survives the end of the process as soon as `append` was called', async () => {
  const { log, restart } = open();
  await add(log, 'a');
  const edge = log.edge;
  void add(log, 'b');
  expect(textsOf(restart(), edge)).toEqual(['a', 'b']);
});

test('an entry survives a power failure after its promise has resolved', async () => {
  const { disk, log, restart } = open();
  const edge = log.edge;
  for (let n = 0; n < 5_000; n += 1) {
    const isStored = add(log, String(n));
    if (n % 100 === 0) await isStored; // Many entries are added while a new file is written.
  }
  const stored = await add(log, 'last');
  disk.losePower();
  const again = restart();
  expect(again.latest).toBe(stored);
  expect(again.edge).toBeGreaterThan(edge);
  expect(textsOf(again, again.edge)).toHaveLength(1_000);
});

test('an id that was lost in a power failure is not used again', async () => {
  const { disk, clock, log, restart } = open();
  const stored = await add(log, 'a');
  void add(log, 'b');
  const lost = log.latest;
  disk.losePower();
  clock.now -= 3_600_000;
  const again = restart();
  expect(again.latest).toBe(stored);
  const id = await add(again, 'c');
  expect(id).toBeGreaterThan(lost);
  expect(again.read(lost)).toBe('gap');
  expect(textsOf(again, stored ?? -1)).toEqual(['c']);
});

test('changes in the same moment are stored together', async () => {
  const { disk, log } = open();
  await add(log, 'a');
  const { syncs } = disk;
  await Promise.all(Array.from({ length: 200 }, (_, n) => add(log, String(n))));
  expect(disk.syncs - syncs).toBeLessThanOrEqual(2);
});

test('the file does not grow without end', async () => {
  const { disk, log } = open({ capacity: 10 });
  for (let n = 0; n < 10_000; n += 1) {
    void add(log, String(n));
    if (n % 100 === 0) await add(log, 'x');
  }
  await log.close();
  expect(disk.read(PATH)?.split('\n').length).toBeLessThan(1_300);
  expect(disk.read(`${PATH}.new`)).toBeNull();
});

test('expired keys and names are not written again', async () => {
  const { disk, clock, log, restart } = open();
  await log.keys.claim('old', 'r');
  await log.append({ extension: null, text: '' }, { dedupe: 'old hook' });
  clock.now += 600_000;
  const again = restart();
  await add(again, 'a');
  expect(disk.read(PATH)).not.toContain('"old');
});

test.for([
  ['a torn last line', (text: string) => text.slice(0, -7), ['a', 'b'], 1],
  ['a last line without a line feed', (text: string) => text.slice(0, -1), ['a', 'b'], 1],
  [
    'a changed letter in the last line',
    (text: string) => text.replace('"c"', '"x"'),
    ['a', 'b'],
    1,
  ],
  ['zeros at the end', (text: string) => `${text}\0\0\0\0`, ['a', 'b', 'c'], 1],
  ['a damaged line in the middle', (text: string) => text.replace('"b"', '"x"'), ['c'], 1],
] as const)('%s is dropped and reported', async ([, damage, expected, count]) => {
  const { disk, said, log, restart } = open();
  const [a] = [await add(log, 'a'), await add(log, 'b'), await add(log, 'c')];
  await log.close();
  disk.replace(PATH, damage);
  const again = restart();
  expect(said).toEqual([expect.stringContaining(`dropped ${count} torn or damaged line`)]);
  expect(textsOf(again, again.edge)).toEqual(expected);
  // A reader that needs a damaged entry finds a gap.
  expect(again.read(a ?? -1)).toEqual(expected.length === 1 ? 'gap' : expect.any(Array));

  await add(again, 'd');
  said.length = 0;
  const healed = restart();
  expect(said).toEqual([]);
  expect(textsOf(healed, healed.edge)).toEqual([...expected, 'd']);
});

test('a file that is not a log is not changed', () => {
  const { disk, restart } = open();
  for (const text of ['notes of my own\n', '{"kind":"log"}', '\n']) {
    disk.replace(PATH, () => text);
    expect(() => restart()).toThrow(/lot.log` is no log of this version: name another file/);
    expect(disk.read(PATH)).toBe(text);
  }
});

test('if the disk fails, the log goes on in memory, reports it once, and is stored again later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { disk, said, log, restart } = open({ retryMs: 5_000 });
  const edge = log.edge;
  await add(log, 'a');
  expect(log.health).toEqual({ ok: true, problem: null });

  disk.refusal = 'ENOSPC: no space left on device';
  const id = await add(log, 'b');
  const problem =
    'the log cannot be stored, and goes on in memory: ENOSPC: no space left on device';
  expect(log.health).toEqual({ ok: false, problem });
  expect(await log.keys.claim('k', 'r')).toBeNull();
  await log.keys.answer('k', reply('x'));
  expect((await log.keys.claim('k', 'r'))?.reply).toEqual(reply('x'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([problem]); // The log reports the problem once.
  expect(textsOf(log, edge)).toEqual(['a', 'b']);

  disk.refusal = null;
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.waitFor(() => expect(log.health.ok).toBe(true), { timeout: 60_000 });
  expect(said).toEqual([problem, 'the log is stored again']);
  await add(log, 'c');
  const again = restart();
  expect(textsOf(again, edge)).toEqual(['a', 'b', 'c']);
  expect(textsOf(again, id ?? -1)).toEqual(['c']);
  expect((await again.keys.claim('k', 'r'))?.reply).toEqual(reply('x'));
});

test('a disk that does not answer delays a command by at most `timeoutMs`', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { disk, log } = open({ timeoutMs: 2_000 });
  await add(log, 'a');
  disk.hangs = true;
  const claimed = vi.fn();
  void log.keys.claim('k', 'r').then(claimed);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(claimed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(claimed).toHaveBeenCalledWith(null);
  expect(log.health.problem).toContain('the disk did not answer within 2000 ms');
  await log.keys.claim('k2', 'r');
});

test('on a real disk only the owner can read the file, and a restart finds everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'lot.log');
  writeFileSync(`${path}.new`, 'left over', { mode: 0o644 });
  const log = FileLog.open({ path });
  const edge = log.edge;
  await Promise.all(Array.from({ length: 3_000 }, (_, n) => add(log, `Ж ${n}`)));
  await log.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8').split('\n')[0]).toMatch(/^\d+ [0-9a-f]{8} \{"kind":"log"/);
  const again = FileLog.open({ path });
  onTestFinished(() => again.close());
  expect(again.latest).toBe(log.latest);
  expect(textsOf(again, again.edge)).toEqual(textsOf(log, log.edge));
  expect(again.read(edge)).toBe('gap');
});

test('if the folder does not exist, the log opens in memory', async () => {
  const said: string[] = [];
  const path = join(tmpdir(), 'valet-park-nowhere', 'lot.log');
  const log = FileLog.open({ path, report: (sentence) => void said.push(sentence) });
  onTestFinished(() => log.close());
  expect(await add(log, 'a')).not.toBeNull();
  expect(log.health.problem).toContain('ENOENT');
  expect(said).toEqual([log.health.problem]);
});
