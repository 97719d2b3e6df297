// The texts of a recording are replaced: nothing of them is left, and equal texts stay equal.

import { describe, expect, it } from 'vitest';
import { readRecordings, StandIns } from '../../src/client/recording.ts';

const uuid = '262077ef-325f-4868-aa49-bf22309229f7';

function standIns(...texts: string[]): string[] {
  const all = new StandIns(texts);
  return texts.map((text) => all.of(text));
}

/** Writes items as the core does. A number: itself; a text: its length and its bytes. */
function bytesOf(entries: (number | string)[][]): Uint8Array {
  const bytes: number[] = [];
  const number = (value: number): void => {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  };
  for (const entry of entries) {
    for (const item of entry) {
      if (typeof item === 'number') number(item * 4);
      else {
        const text = new TextEncoder().encode(item);
        number(text.length * 4 + 1);
        bytes.push(...text);
      }
    }
    number(2);
  }
  return Uint8Array.from(bytes);
}

describe('a stand-in', () => {
  it.each([
    ['34414', /^\d{5}$/],
    ['@101', /^@\d{3}$/],
    ['@1844*101', /^@\d{4}\*\d{3}$/],
    ['+7 (916) 111-22-33', /^\+\d \(\d{3}\) \d{3}-\d{2}-\d{2}$/],
    [uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
    [uuid.replaceAll('-', ''), /^[0-9a-f]{32}$/],
    [`3584709739-${uuid}`, /^\d{10}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
    ['3584709739-', /^\d{10}-$/],
    ['', /^$/],
    ['Анна', /^text \d+$/],
    ['Anna 2', /^text \d+$/],
    ['2566*102@sipproxy.example', /^text \d+$/],
  ])('of %j keeps the form', (text, form) => {
    const [standIn] = standIns(text);
    expect(standIn).toMatch(form);
    if (text !== '') expect(standIn).not.toBe(text);
  });

  it('is the same for the same call, however the name is spelled', () => {
    const bare = uuid.replaceAll('-', '');
    const [plain, upper, leg, name] = standIns(
      uuid,
      bare.toUpperCase(),
      `85219-${bare}`,
      `1-${uuid}`,
    );
    expect(upper).toBe(plain?.replaceAll('-', ''));
    expect(leg?.split('-')[1]).toBe(upper);
    expect(name?.endsWith(`-${plain}`)).toBe(true);
  });

  it('is the same for a number wherever it stands', () => {
    const [number, extension, leg] = standIns('85219', '@85219', `85219-${uuid}`);
    expect(extension).toBe(`@${number}`);
    expect(leg?.startsWith(`${number}-`)).toBe(true);
  });

  it('never looks like another text of the recording', () => {
    const texts = ['text 1', 'Anna', 'text 2', '10001', '20002', '1', '2', '3'];
    const replaced = standIns(...texts);
    expect(replaced.filter((text) => texts.includes(text))).toEqual([]);
    expect(new Set(replaced).size).toBe(texts.length);
  });
});

describe('the entries of a recording', () => {
  it('hold the numbers of the core as they are', () => {
    const entries = [[0, 127, 128], [2 ** 51 - 1, 1_600_000_000_000], []];
    expect(readRecordings([bytesOf(entries)])).toEqual(entries);
  });

  it('end with the input at which the core failed', () => {
    const bytes = bytesOf([[1, 2], [3]]);
    expect(readRecordings([bytes.slice(0, -1)])).toEqual([[1, 2], [3]]);
  });

  it('hold nothing of any text', () => {
    const chance = seeded(7);
    for (let round = 0; round < 200; round += 1) {
      const texts = Array.from({ length: 30 }, () => hostileText(chance));
      const entries = [texts, [1], texts.map((text) => text.toUpperCase()), texts];
      const [first = [], number, , last = []] = readRecordings([bytesOf(entries)]);
      expect(first).toEqual(last);
      expect(number).toEqual([1]);
      const written = JSON.stringify(first);
      for (const [place, text] of texts.entries()) {
        expect(first[place] === first[texts.indexOf(text)], text).toBe(true);
        if (!/[\p{L}\p{N}]/u.test(text)) continue;
        expect(written.includes(JSON.stringify(text)), text).toBe(false);
        for (const word of text.match(/\p{L}{4,}|\d{5,}/gu) ?? []) {
          // All stand-ins have these in common.
          if ('text 00000000000040008000'.includes(word)) continue;
          expect(written.includes(word), `${word} of ${text}`).toBe(false);
        }
      }
      const different = new Set(texts.map((text) => text.toLowerCase().replaceAll('-', '')));
      const replaced = new Set(first.map((text) => String(text).replaceAll('-', '')));
      expect(replaced.size).toBeGreaterThanOrEqual(different.size - 1);
    }
  });
});

/** Returns a function that draws numbers below a bound. Equal seeds draw equal numbers. */
function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A text from outside: a name, a number, markup, JSON, or a mix of these. */
function hostileText(chance: (bound: number) => number): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => chance(10)).join('');
  const hex = (): string => Array.from({ length: 32 }, () => chance(16).toString(16)).join('');
  const parts = [
    () => digits(1 + chance(14)),
    () => hex(),
    () => hex().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    () => ['Анна', 'Jörg', 'O’Brien', '李雷', '👩‍💻', 'text', 'null'][chance(7)] ?? '',
    () =>
      ['"', '\\', '\u0000', '<script>', '%2B', '","', '\ud800', '\n', '@', '*', '-', '+'][
        chance(12)
      ] ?? '',
    () => 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl',
    () => 'https://pbx.example/api?token=secret',
  ];
  return Array.from({ length: 1 + chance(4) }, () => parts[chance(parts.length)]?.() ?? '').join(
    '',
  );
}
