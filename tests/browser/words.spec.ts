// The words and numbers of the board, without a browser: what is easier to list than to click.

import { expect, test } from '@playwright/test';
import { fullName, tidy, who } from '../../www/element/party.ts';
import { clockText, minutesAndSeconds, stay } from '../../www/element/stay.ts';
import { en } from '../../www/element/messages/en.ts';
import { ru } from '../../www/element/messages/ru.ts';
import { english, tongueFor } from '../../www/element/tongue.ts';
import { en as pageEn } from '../../www/panel/messages/en.ts';
import { ru as pageRu } from '../../www/panel/messages/ru.ts';

test('a countdown is rounded up and reads the same in every language', () => {
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
  for (const [ms, text] of texts) expect(clockText(ms), `${ms} ms`).toBe(text);
});

test('a stay says how long, how surely, and at its end that the call returns', () => {
  const held = { heldSince: 0, returnsAt: 180_000, exact: true, returning: false };
  const said = (waiting: Parameters<typeof stay>[0]): string | undefined => {
    const digits = stay(waiting, 60_000)?.digits;
    return digits instanceof Object ? english.words(digits.key, digits.params) : digits;
  };
  expect(said({ ...held, remaining: 120_000 })).toBe('2:00');
  expect(said({ ...held, remaining: 120_000, exact: false })).toBe('≤ 2:00');
  expect(said({ ...held, remaining: 1 })).toBe('0:01');
  expect(said({ ...held, remaining: 0 })).toBe('Returning…');
  expect(said({ ...held, remaining: -3_600_000 })).toBe('Returning…');
  expect(said({ ...held, remaining: 120_000, returning: true })).toBe('Returning…');
  expect(said({ ...held, remaining: null, returnsAt: null })).toBe('Waiting 1:00');
  expect(stay({ ...held, remaining: null, heldSince: null, returnsAt: null }, 0)).toBeNull();
  expect(stay({ ...held, remaining: 45_000 }, 0)?.share).toBe(0.25);
});

test('what is read aloud changes every ten seconds only', () => {
  const left = (ms: number): string => english.words('left.exact', minutesAndSeconds(ms));
  expect(left(180_000)).toBe('returns in 3 minutes');
  expect(left(79_000)).toBe('returns in 1 minute 20 seconds');
  expect(left(71_000)).toBe('returns in 1 minute 20 seconds');
  expect(left(3_000)).toBe('returns in 10 seconds');
});

test('a sentence agrees with its number and takes text as it is', () => {
  expect(english.words('board.count', { n: 0 })).toBe('No parked calls');
  expect(english.words('board.count', { n: 1 })).toBe('1 parked call');
  expect(english.words('board.count', { n: 9 })).toBe('9 parked calls');
  expect(english.words('error.taken', { n: 3 })).toBe('Slot 3 is already taken');
  expect(english.words('error.taken', { n: 0 })).toBe('The slot is already taken');
  expect(english.words('slot.parkedBy', { name: '{n} $& {name}' })).toBe('Parked by {n} $& {name}');
  expect(english.words('slot.parkedBy', { name: 'سارة' })).toBe('Parked by \u2068سارة\u2069');
});

test('a name is cut between letters, and loses what would turn the line', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(tidy(`a${family.repeat(20)}`)).toBe(`a${family.repeat(7)}…`);
  expect(tidy(' a\u202eb\u2066c\u0000\n d ')).toBe('a b c d');
  expect(tidy(`Z${'\u0335'.repeat(500)}`)).toHaveLength(81);
  expect(tidy(null)).toBe('');
});

test('a caller is called by name, by number, or by what is missing', () => {
  const extension = null;
  expect(who(english, { name: 'Anna', number: '1', extension })).toEqual({
    name: 'Anna',
    number: '1',
  });
  expect(who(english, { name: '1', number: '1', extension })).toEqual({ name: '1', number: null });
  expect(who(english, { name: '', number: '1', extension })).toEqual({ name: '1', number: null });
  expect(english.text(fullName(english, { name: 'Anna', number: null, extension }))).toBe(
    'Anna, Number withheld',
  );
  expect(english.text(fullName(english, { name: null, number: 'Anonymous', extension }))).toBe(
    'Number withheld',
  );
  expect(english.text(fullName(english, null))).toBe('Unknown caller');
});

for (const [where, first, second] of [
  ['element', en, ru],
  ['page', pageEn, pageRu],
] as const) {
  test(`both languages of the ${where} have the same sentences with the same places`, () => {
    const places = (text: string): string[] =>
      [...text.matchAll(/\{(\w+)(?:,|\})/g)].map(([, name]) => name ?? '').sort();
    const other: Readonly<Record<string, string>> = second;
    expect(Object.keys(other).sort()).toEqual(Object.keys(first).sort());
    for (const [key, text] of Object.entries(first)) {
      expect(places(other[key] ?? ''), key).toEqual(places(text));
    }
  });

  test(`Russian of the ${where} has every form that a number asks for`, () => {
    const wanted = new Intl.PluralRules('ru').resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(second)) {
      for (const [, choice = ''] of text.matchAll(/, plural, ((?:=?\w+ \{[^{}]*\}\s*)+)\}/g)) {
        const forms = [...choice.matchAll(/(=?\w+) \{/g)].map(([, form]) => form);
        // A sentence in which the number is only a name needs no forms.
        if (forms.includes('one')) expect(forms, key).toEqual(expect.arrayContaining(wanted));
      }
    }
  });
}

test('Russian agrees with its numbers', () => {
  const russian = tongueFor('ru-RU');
  const counted = [0, 1, 2, 5, 11, 21, 22, 111].map((n) => russian.words('board.count', { n }));
  expect(counted).toEqual([
    'Нет припаркованных вызовов',
    '1 припаркованный вызов',
    '2 припаркованных вызова',
    '5 припаркованных вызовов',
    '11 припаркованных вызовов',
    '21 припаркованный вызов',
    '22 припаркованных вызова',
    '111 припаркованных вызовов',
  ]);
  expect(russian.words('left.exact', minutesAndSeconds(80_000))).toBe(
    'возврат через 1 минуту 20 секунд',
  );
});

test('a language that nobody speaks here is answered in English', () => {
  expect(tongueFor('fr', null, 'de-AT').language).toBe('en');
  expect(tongueFor('fr', 'RU-ru').language).toBe('ru');
  expect(tongueFor('constructor').language).toBe('en');
});
