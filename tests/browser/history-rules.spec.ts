// The rules of the history, tested without a browser: which departures are one, what a file for
// spreadsheets contains, and what a search finds.

import { expect, test } from '@playwright/test';
import type { Departure } from 'valet-park';
import { csvOf } from '../../www/element/history-csv.ts';
import { addDepartures, addToJournal, mostDepartures } from '../../www/element/history-merge.ts';
import { readDeparture, readJournalRow } from '../../www/element/history-read.ts';
import { findDepartures, historyCsv } from '../../www/element/history-text.ts';
import { daysOf } from '../../www/element/history-totals.ts';
import { english } from '../../www/element/locale.ts';

const noon = new Date(2026, 10, 27, 12).getTime();
const uuid = '37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';

/** Returns a departure at `minutes` after noon. */
function departure(minutes: number, more: Partial<Departure> = {}): Departure {
  return {
    ...{ slot: 6, uuid, call: null, caller: null, at: noon + minutes * 60_000 },
    ...{ reason: 'unknown', mine: false, parkedBy: null, takenBy: null },
    ...{ note: null, forWhom: null, waitedMs: 60_000 },
    ...more,
  };
}

const names = { home: '', nameOf: (id: string) => (id === '32494' ? 'Sales' : id) };

test('a later report of a departure completes the first one', () => {
  const first = departure(0);
  const later = departure(0, { reason: 'bridged', takenBy: '32494' });
  const [merged, ...rest] = addDepartures([first], [later]);
  expect(rest).toEqual([]);
  expect(merged).toMatchObject({ reason: 'bridged', takenBy: '32494', at: first.at });
  // A report that knows less changes nothing.
  expect(addDepartures([merged as Departure], [first])).toEqual([merged]);
});

test('two tabs that notice one departure at different times make one entry', () => {
  expect(addDepartures([departure(0)], [departure(0.5)])).toHaveLength(1);
});

test('a call that is put back into its slot leaves twice', () => {
  const [early, late] = [departure(0), departure(0.4, { waitedMs: 20_000 })];
  expect(addDepartures([early], [late])).toEqual([late, early]);
});

test('calls in different slots, and different calls in one slot, are different departures', () => {
  const others = [departure(0, { slot: 7 }), departure(0, { uuid: 'another' })];
  expect(addDepartures([departure(0)], others)).toHaveLength(3);
});

test('the newest departures are kept', () => {
  const many = Array.from({ length: mostDepartures + 20 }, (_, at) =>
    departure(at, { uuid: `call-${at}` }),
  );
  const kept = addDepartures([], many);
  expect(kept).toHaveLength(mostDepartures);
  expect(kept[0]).toEqual(many.at(-1));
});

test('the journal of a server with a wrong clock explains what the panel saw', () => {
  const row = departure(2, { uuid: `3232240860-${uuid}`, reason: 'bridged', takenBy: '32494' });
  const own = departure(0, { mine: true, caller: { name: 'Anna', number: '1', extension: null } });
  const [merged, ...rest] = addToJournal([row], [own]);
  expect(rest).toEqual([]);
  expect(merged).toMatchObject({ at: row.at, takenBy: '32494', mine: true, caller: own.caller });
});

test('a journal that does not know the latest departure yet does not hide it', () => {
  const early = departure(0);
  const late = departure(0.4, { waitedMs: 20_000 });
  expect(addToJournal([early], [late, early]).map(({ at }) => at)).toEqual([late.at, early.at]);
});

test('rows of a journal are read, and all other values are left out', () => {
  const row = {
    ...{ stay: 's', changed: 1, slot: 6, call: `3-${uuid}`, extension: '34414', notedBy: null },
    ...{ number: '+7 495 123-45-67', name: '', parkedAt: noon, note: 'calls back', forWhom: null },
    departure: { at: noon + 72_000, reason: 'bridged', takenBy: '32494' },
  };
  expect(readJournalRow(row, (id) => id === '34414')).toMatchObject({
    ...{ slot: 6, waitedMs: 72_000, mine: true, parkedBy: '34414', takenBy: '32494' },
    ...{ caller: { name: null, number: '+7 495 123-45-67' }, note: 'calls back' },
  });
  expect(readJournalRow({ ...row, departure: null }, () => true)).toBeNull();
  for (const odd of [null, 7, 'x', [], {}, { slot: '6' }, { ...row, slot: 0 }, { departure: 1 }]) {
    expect(readJournalRow(odd, () => true)).toBeNull();
    expect(readDeparture(odd)).toBeNull();
  }
});

test('stored texts are bounded', () => {
  const long = readDeparture(departure(0, { note: 'x'.repeat(9_999) }));
  expect(long?.note).toHaveLength(200);
});

test('a field that a spreadsheet would run is a text', () => {
  const fields = [
    '=1+1',
    '+1-202-555-0123',
    '-5',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '＝1',
    'a=1',
    'A "B", C',
  ];
  const csv = csvOf([fields, ['two\nlines', 7]]);
  expect(csv).toBe(
    '\ufeff"\'=1+1","\'+1-202-555-0123","\'-5","\'@SUM(A1)","\' =1","\'\t=1","\'＝1","a=1",' +
      '"A ""B"", C"\r\n"two\nlines",7\r\n',
  );
});

test('a file contains all that is known of a departure, on one line', () => {
  const csv = historyCsv(
    english,
    [
      departure(0, {
        caller: { name: '=HYPERLINK("http://evil")\n', number: '+7 495', extension: null },
        ...{
          reason: 'bridged',
          takenBy: '32494',
          parkedBy: '34414',
          note: 'a\r\nb',
          forWhom: 'Bo',
        },
      }),
    ],
    names,
    Infinity,
  );
  const [heading, row, end] = csv.split('\r\n');
  expect(heading).toContain('"Left","Slot","Name","Number","Reason","Waited (s)"');
  expect(row).toBe(
    '"2026-11-27 12:00:00",6,"\'=HYPERLINK(""http://evil"")","\'+7 495","Connected",60,' +
      '"34414","Sales","Bo","a b"',
  );
  expect(end).toBe('');
});

test('a search finds names, numbers, slots, people and notes', () => {
  const caller = { name: 'Юлия Weiß', number: '+7 495 123-45-67', extension: null };
  const one = departure(0, {
    caller,
    takenBy: '32494',
    note: 'asks for Keller',
    forWhom: 'Petrov',
  });
  const all = [one, departure(5, { uuid: 'other', slot: 2 })];
  for (const query of ['weiß', 'ЮЛИЯ', '7495123', '123-45', '#6', 'sales', 'keller petrov', ' ']) {
    const found = findDepartures(all, { query, reason: null }, names);
    expect(found[query === ' ' ? 1 : 0], query).toBe(all[query === ' ' ? 1 : 0]);
    expect(found, query).toHaveLength(query === ' ' ? 2 : 1);
  }
  expect(findDepartures(all, { query: 'nobody', reason: null }, names)).toEqual([]);
  expect(findDepartures(all, { query: '', reason: 'bridged' }, names)).toEqual([]);
});

test('each day has its count, its average wait and the share of returned calls', () => {
  const departures = [
    departure(5, { waitedMs: 180_000, reason: 'returned' }),
    departure(0),
    departure(-24 * 60),
  ];
  const days = daysOf(departures, Infinity);
  expect(days.map(({ departures, ...totals }) => [departures.length, totals])).toEqual([
    [2, { start: new Date(2026, 10, 27).getTime(), averageWaitMs: 120_000, returnedShare: 0.5 }],
    [1, { start: new Date(2026, 10, 26).getTime(), averageWaitMs: 60_000, returnedShare: 0 }],
  ]);
});
