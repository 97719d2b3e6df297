// The journal of a relay: stays, notes, and how long personal data is kept.

import type { Answer } from 'valet-park';
import { expect, onTestFinished, test } from 'vitest';
import { FileLog } from '../../../www/server/feed/file.ts';
import { MemoryLog } from '../../../www/server/feed/memory.ts';
import { Journal, type JournalOptions } from '../../../www/server/relay/journal.ts';
import { START, textsOf } from './samples.ts';
import { TestDisk } from './test-disk.ts';

const CALL = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const UUID = '37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const question = { extension: '34414', call: CALL, action: 'park', slot: 6 } as const;

function open(options: JournalOptions = {}) {
  const clock = { now: START };
  const now = () => clock.now;
  const log = new MemoryLog({ now });
  const journal = new Journal(log, { now, ...options });
  const brief = () =>
    journal.rows().map(({ slot, call, departure }) => [slot, call, departure?.reason ?? 'waits']);
  const answered = (answer: Answer, askedAt = clock.now + 1) =>
    journal.change(journal.answered(question, answer, askedAt));
  const leave = (slot: number) =>
    journal.change(journal.left({ slot }, { at: clock.now, reason: 'returned', takenBy: null }));
  const park = (slot: number, call: string, more = {}) =>
    journal.change(journal.parked({ slot, call, extension: '34414', ...more }));
  return { clock, log, journal, brief, answered, leave, park };
}

test('an answer that a call is parked is no second stay', async () => {
  const { journal, park, answered, brief } = open();
  await park(6, UUID);
  await answered({ kind: 'parked', slot: 6, uuid: UUID });
  await answered({ kind: 'held', slot: 6, uuid: UUID });
  expect(brief()).toEqual([[6, CALL, 'waits']]);
  expect(journal.rows()[0]?.extension).toBe('34414');
});

test.for<[string, Answer, string]>([
  ['vacant', { kind: 'vacant', slot: 6 }, 'unknown'],
  ['free', { kind: 'free', slots: [1, 6] }, 'unknown'],
  ['bridged', { kind: 'bridged', slot: 6, uuid: UUID }, 'bridged'],
])('a call leaves with the answer `%s`', async ([, answer, reason]) => {
  const { clock, park, answered, brief } = open();
  await park(6, CALL);
  await park(5, '1-bb');
  await answered(answer, clock.now); // The question was asked before the call was parked.
  expect(brief()).toHaveLength(2);
  expect(brief()).toContainEqual([6, CALL, 'waits']);
  clock.now += 1_000;
  await answered(answer);
  expect(brief()).toContainEqual([6, CALL, reason]);
  expect(brief()).toContainEqual([5, '1-bb', 'waits']);
});

test('a bridge explains a departure that was seen before its answer', async () => {
  const { clock, journal, park, answered } = open();
  const departure = () => journal.rows()[0]?.departure;
  await park(6, CALL);
  clock.now += 1_000;
  const bridged: Answer = { kind: 'bridged', slot: 6, uuid: null };
  const askedAt = clock.now;
  await answered({ kind: 'free', slots: [6] });
  const seen = { at: clock.now, reason: 'unknown', takenBy: null };
  expect(departure()).toEqual(seen);
  await answered(bridged, askedAt + 1); // This bridge was asked for after the call had left.
  expect(departure()).toEqual(seen);
  clock.now += 1_000;
  await answered(bridged, askedAt);
  const explained = { ...seen, reason: 'bridged', takenBy: '34414' };
  expect(departure()).toEqual(explained);
  await answered({ kind: 'vacant', slot: 6 });
  expect(departure()).toEqual(explained);
});

test('another call in the slot means that the first one left', async () => {
  const { clock, park, answered, brief } = open();
  await park(6, '1-bb');
  await answered({ kind: 'held', slot: 6, uuid: UUID }, clock.now - 1);
  expect(brief()).toEqual([[6, '1-bb', 'waits']]);
  clock.now += 1_000;
  await answered({ kind: 'held', slot: 6, uuid: UUID });
  expect(brief()).toEqual([
    [6, '1-bb', 'unknown'],
    [6, UUID, 'waits'],
  ]);
  await park(5, CALL); // The same call in another slot.
  expect(brief().map(([slot, , state]) => [slot, state])).toEqual([
    [6, 'unknown'],
    [6, 'unknown'],
    [5, 'waits'],
  ]);
});

test('a caller who becomes known later is added, and replaces nobody', async () => {
  const { journal, park } = open();
  await park(6, UUID);
  await journal.change(journal.named(CALL, { number: '+7916', name: 'Anna' }));
  await journal.change(journal.named(CALL, { number: '+7000', name: 'Boris' }));
  expect(journal.rows()).toMatchObject([{ number: '+7916', name: 'Anna' }]);
});

test('only changes have new numbers', async () => {
  const { journal, park, leave } = open();
  await park(6, CALL);
  const [row] = journal.rows();
  await park(6, CALL);
  expect(journal.rows(row?.changed)).toEqual([]);
  await leave(6);
  expect(journal.rows(row?.changed)).toHaveLength(1);
});

test.for([
  [{ departures: 2 }, [8, 9]],
  [{ departures: 0 }, []],
  [{ keptMs: 3_000 }, [8, 9]],
  [{ keptMs: 0 }, []],
  [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
] as const)('with %j the departures from the slots %j are kept', async ([options, slots]) => {
  const { clock, log, journal, park, leave } = open(options);
  await park(100, '1-stays');
  for (let slot = 1; slot <= 9; slot += 1) {
    await park(slot, `1-${slot}`);
    await leave(slot);
    clock.now += 1_000;
  }
  await journal.prune();
  const stored = log.journal.table.all().map((row) => row.slot);
  expect(stored.filter((slot) => slot !== 100)).toEqual(slots);
  expect(stored).toContain(100);
});

test('by default a journal keeps 500 departures for 24 hours', async () => {
  const { clock, journal, park, leave } = open();
  for (let count = 0; count < 501; count += 1) {
    await park(6, `1-${count}`);
    clock.now += 1;
    await leave(6);
  }
  expect(journal.rows()).toHaveLength(500);
  clock.now += 86_400_000 - 100;
  expect(journal.rows()).toHaveLength(100);
  clock.now += 100;
  expect(journal.rows()).toEqual([]);
});

test('a note belongs to one stay', async () => {
  const { log, journal, park, leave } = open();
  const note = { slot: 6, call: CALL, by: '34414', note: 'a' };
  expect(await journal.annotate(note)).toBeNull();
  await park(6, CALL);
  expect(await journal.annotate(note)).toBe(log.latest);
  expect(journal.notes()).toHaveLength(1);
  await leave(6);
  expect(journal.notes()).toEqual([]);
  expect(await journal.annotate(note)).toBeNull();
});

test('what is forgotten is in no file any more', async () => {
  const disk = new TestDisk();
  const log = FileLog.open({ path: 'lot.log', disk, now: () => START });
  onTestFinished(() => log.close());
  const journal = new Journal(log, { now: () => START });
  const change = journal.parked({ slot: 6, call: CALL, number: '+7 916 111-22-33', name: 'Anna' });
  await log.append({ extension: null, text: 'number=%2B79161112233' }, { journal: change });
  await journal.annotate({ slot: 6, call: CALL, by: '34414', note: 'calls again' });
  const { latest, edge } = log;
  expect(await journal.forget('+79161112233')).toBe(1);
  for (const secret of ['916', 'Anna', 'calls']) expect(disk.read('lot.log')).not.toContain(secret);
  expect(log.read(edge)).toBe('gap');
  expect(textsOf(log, latest)).toEqual([]); // A reader that has everything gets no reset.

  const again = FileLog.open({ path: 'lot.log', disk, now: () => START });
  onTestFinished(() => again.close());
  expect([again.latest, again.journal.table.all()]).toEqual([latest, []]);
});

test('within an hour, rows that were removed are gone from the file', async () => {
  const disk = new TestDisk();
  const clock = { now: START };
  const now = () => clock.now;
  const log = FileLog.open({ path: 'lot.log', disk, now });
  onTestFinished(() => log.close());
  const journal = new Journal(log, { now, keptMs: 0 });
  await journal.change(journal.parked({ slot: 6, call: CALL, number: '+7916', name: 'Anna' }));
  await journal.change(journal.left({ slot: 6 }, { at: START, reason: 'unknown', takenBy: null }));
  clock.now += 3_600_000;
  await log.append({ extension: null, text: 'any' });
  expect(disk.read('lot.log')).not.toContain('Anna');
});
