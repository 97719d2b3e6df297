// Texts and numbers of the panel, tested without a browser.

import { expect, test } from '@playwright/test';
import { cleanText, fullName, partyText } from '../../www/element/party.ts';
import { formatClock, minutesAndSeconds, waitTime } from '../../www/element/wait-time.ts';
import { english, Locale } from '../../www/element/locale.ts';
import { ar } from '../../www/element/messages/ar.ts';
import { de } from '../../www/element/messages/de.ts';

test('a countdown is rounded up', () => {
  const texts: readonly (readonly [ms: number, text: string])[] = [
    [180_000, '3:00'],
    [179_999, '3:00'],
    [179_000, '2:59'],
    [60_000, '1:00'],
    [59_001, '1:00'],
    [9_000, '0:09'],
    [1, '0:01'],
    [3_600_000, '1:00:00'],
    [-5, '0:00'],
  ];
  for (const [ms, text] of texts) expect(formatClock(ms), `${ms} ms`).toBe(text);
});

test('the waiting time is exact, an upper limit, or "Returning…" after the deadline', () => {
  const held = { heldSince: 0, returnsAt: 180_000, exact: true, returning: false };
  const digits = (wait: Parameters<typeof waitTime>[0]): string | undefined => {
    const shown = waitTime(wait, 60_000)?.digits;
    return shown instanceof Object ? english.format(shown) : shown;
  };
  expect(digits({ ...held, remaining: 120_000 })).toBe('2:00');
  expect(digits({ ...held, remaining: 120_000, exact: false })).toBe('≤ 2:00');
  expect(digits({ ...held, remaining: 31_000 })).toBe('0:31');
  expect(digits({ ...held, remaining: 29_000 })).toBe('29');
  expect(digits({ ...held, remaining: 1 })).toBe('1');
  expect(digits({ ...held, remaining: 0 })).toBe('Returning…');
  expect(digits({ ...held, remaining: -3_600_000 })).toBe('Returning…');
  expect(digits({ ...held, remaining: 120_000, returning: true })).toBe('Returning…');
  expect(digits({ ...held, remaining: null, returnsAt: null })).toBe('Waiting 1:00');
  expect(waitTime({ ...held, remaining: null, heldSince: null, returnsAt: null }, 0)).toBeNull();
  expect(waitTime({ ...held, remaining: 45_000 }, 0)?.fractionLeft).toBe(0.25);
});

test('a spoken time changes every ten seconds only', () => {
  const left = (ms: number): string => english.text('left.exact', minutesAndSeconds(ms));
  expect(left(180_000)).toBe('returns in 3 minutes');
  expect(left(79_000)).toBe('returns in 1 minute 20 seconds');
  expect(left(71_000)).toBe('returns in 1 minute 20 seconds');
  expect(left(3_000)).toBe('returns in 10 seconds');
});

test('a sentence has the right plural, and inserts text unchanged', () => {
  expect(english.text('board.count', { n: 0 })).toBe('No parked calls');
  expect(english.text('board.count', { n: 1 })).toBe('1 parked call');
  expect(english.text('board.count', { n: 9 })).toBe('9 parked calls');
  expect(english.text('error.taken', { n: 3 })).toBe('Slot 3 is already taken');
  expect(english.text('error.taken', { n: 0 })).toBe('The slot is already taken');
  expect(english.text('slot.parkedBy', { name: '{n} $& {name}' })).toBe('Parked by {n} $& {name}');
  expect(english.text('slot.parkedBy', { name: 'سارة' })).toBe('Parked by \u2068سارة\u2069');
});

test('a name is cut between letters, and loses direction characters', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(cleanText(`a${family.repeat(20)}`)).toBe(`a${family.repeat(7)}…`);
  expect(cleanText(' a\u202eb\u2066c\u0000\n d ')).toBe('a b c d');
  expect(cleanText(`Z${'\u0335'.repeat(500)}`)).toHaveLength(81);
  expect(cleanText(null)).toBe('');
});

test('a caller is shown by name, by number, or as unknown', () => {
  const extension = null;
  expect(partyText(english, { name: 'Anna', number: '1', extension })).toEqual({
    name: 'Anna',
    number: '1',
  });
  expect(partyText(english, { name: '1', number: '1', extension })).toEqual({
    name: '1',
    number: null,
  });
  expect(partyText(english, { name: '', number: '1', extension })).toEqual({
    name: '1',
    number: null,
  });
  expect(english.format(fullName(english, { name: 'Anna', number: null, extension }))).toBe(
    'Anna, Number withheld',
  );
  expect(english.format(fullName(english, { name: null, number: 'Anonymous', extension }))).toBe(
    'Number withheld',
  );
  expect(english.format(fullName(english, null))).toBe('Unknown caller');
});

test('a list is joined as the language joins lists', () => {
  const places = [1, 2, 3].map((n) => ({ key: 'details.title', params: { n } }) as const);
  expect(english.format(places)).toBe('Slot 1, Slot 2, Slot 3');
  expect(new Locale('de', de).format(places)).toBe('Platz 1, Platz 2 und Platz 3');
  expect(new Locale('ar', ar).format(places)).toBe('الموقف 1 والموقف 2 والموقف 3');
  expect(english.format(places.slice(0, 1))).toBe('Slot 1');
});
