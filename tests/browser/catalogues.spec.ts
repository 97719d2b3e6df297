// The texts in each language, the choice of a language, and texts that a page registers. These tests
// need no browser.

import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Catalogues } from '../../www/element/catalogues.ts';
import { checkMessages, placeholdersOf } from '../../www/element/check-messages.ts';
import {
  bestMatch,
  languageNames,
  loadLocale,
  localeFor,
  registerMessages,
} from '../../www/element/languages.ts';
import { placeholder, pluralBranch } from '../../www/element/locale.ts';
import { en } from '../../www/element/messages/en.ts';
import { minutesAndSeconds } from '../../www/element/wait-time.ts';
import { en as pageEn } from '../../www/panel/messages/en.ts';

type Texts = Readonly<Record<string, string>>;

const folders: readonly (readonly [where: string, english: Texts])[] = [
  ['element', en],
  ['panel', pageEn],
];

/** The tags of all languages, from the names of the files. */
const tags = readdirSync('www/element/messages/dialogs').map((file) => file.replace(/\.ts$/, ''));

async function textsOf(where: string, tag: string): Promise<Texts> {
  const module = (await import(`../../www/${where}/messages/${tag}.ts`)) as Record<string, Texts>;
  return Object.values(module)[0] ?? {};
}

test('the element and the page have the same languages, and the settings list them', () => {
  const pages = readdirSync('www/panel/messages').map((file) => file.replace(/\.ts$/, ''));
  expect(pages.sort()).toEqual([...tags].sort());
  expect(
    languageNames()
      .map(([tag]) => tag)
      .sort(),
  ).toEqual([...tags].sort());
});

for (const [where, english] of folders) {
  for (const tag of tags) {
    test(`${tag}: each text of the ${where} has the placeholders of the English text`, async () => {
      const texts = await textsOf(where, tag);
      expect(checkMessages(english, texts).problems).toEqual([]);
      expect(Object.keys(english).filter((key) => !(key in texts))).toEqual([]);
    });

    test(`${tag}: each plural of the ${where} has the categories of the language`, async () => {
      const wanted = categoriesOf(tag);
      for (const [key, text] of Object.entries(await textsOf(where, tag))) {
        // Without `one` in English, the number is a slot and is not counted.
        const isCounted = /[{,} ]one \{/.test(english[key] ?? '');
        for (const [, , branches] of isCounted ? text.matchAll(placeholder) : []) {
          if (branches === undefined) continue;
          const forms = [...branches.matchAll(pluralBranch)].map(([, form = '']) => form);
          const covered = forms.map((form) => (form === '=0' ? 'zero' : form));
          expect(covered, `${tag} ${key}`).toEqual(expect.arrayContaining(wanted));
          const known = ['=0', ...wanted];
          expect(known, `${tag} ${key}`).toEqual(expect.arrayContaining(forms));
        }
      }
    });
  }
}

/** Returns the plural categories that a language has for whole numbers below a million. */
function categoriesOf(tag: string): string[] {
  const rules = new Intl.PluralRules(tag);
  const numbers = Array.from({ length: 201 }, (_, n) => n);
  return [...new Set([...numbers.map((n) => rules.select(n)), 'other'])];
}

test('each language has its own name for itself', () => {
  expect(Object.fromEntries(languageNames())).toEqual({
    en: 'English',
    de: 'Deutsch',
    fr: 'Français',
    es: 'Español',
    'pt-BR': 'Português (Brasil)',
    ru: 'Русский',
    'zh-CN': '中文（中国）',
    ar: 'العربية',
  });
});

test('a tag gets the language that fits best', () => {
  const choice = ['en', 'de', 'fr', 'pt-BR', 'ru', 'zh-CN', 'ar'];
  const matches: readonly (readonly [wanted: string, match: string])[] = [
    ['de', 'de'],
    ['de-AT', 'de'],
    ['RU-ru', 'ru'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['zh', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['ar-EG', 'ar'],
    ['en-GB', 'en'],
    ['nl', 'en'],
    ['constructor', 'en'],
    ['de_AT', 'en'],
    ['', 'en'],
  ];
  for (const [wanted, match] of matches) expect(bestMatch([wanted], choice), wanted).toBe(match);
  expect(bestMatch([null, 'nl', 'fr-CH', 'de'], choice)).toBe('fr');
  expect(bestMatch(['pt-PT'], ['pt-BR', 'pt-PT'])).toBe('pt-PT');
  expect(bestMatch(['zh-Hant-HK'], ['zh-CN', 'zh-TW'])).toBe('zh-TW');
});

test('texts are loaded when they are needed, and English stays without them', async () => {
  expect(localeFor('nl', null)?.language).toBe('en');
  const russian = await loadLocale('ru-KZ');
  expect(russian.language).toBe('ru');
  expect(localeFor('ru')).toBe(russian);
});

test('Russian plurals agree with their numbers', async () => {
  const russian = await loadLocale('ru-RU');
  const counted = [0, 1, 2, 5, 11, 21, 22, 111].map((n) => russian.text('board.count', { n }));
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
  expect(russian.text('left.exact', minutesAndSeconds(80_000))).toBe(
    'возврат через 1 минуту 20 секунд',
  );
});

test('Arabic has Latin digits, and isolates each value in a sentence', async () => {
  const arabic = await loadLocale('ar');
  expect(arabic.direction).toBe('rtl');
  expect(arabic.text('label.free', { n: 9 })).toContain('9');
  expect(arabic.time(0)).not.toMatch(/[٠-٩]/);
  expect(arabic.text('slot.parkedBy', { name: 'Anna' })).toContain('\u2068Anna\u2069');
});

test('a plural chooses by the categories of the language', () => {
  registerMessages('sl', {
    'board.count': '{n, plural, one {# klic} two {# klica} few {# klici} other {# klicev}}',
  });
  const counted = [1, 2, 3, 5].map((n) => localeFor('sl')?.text('board.count', { n }));
  expect(counted).toEqual(['1 klic', '2 klica', '3 klici', '5 klicev']);
});

test.describe('registered texts', () => {
  /** Runs `act` and returns what it writes to the console as warnings. */
  async function warningsOf(act: () => void | Promise<void>): Promise<string> {
    const { warn } = console;
    let written = '';
    console.warn = (...args: unknown[]) => (written += args.map(String).join(' '));
    try {
      await act();
    } finally {
      console.warn = warn;
    }
    return written;
  }

  test('add a language, with English for each missing text', async () => {
    expect(await warningsOf(() => registerMessages('nl', { 'slot.free': 'Vrij' }))).toBe('');
    const dutch = localeFor('nl-BE');
    expect(dutch?.language).toBe('nl');
    expect(dutch?.text('slot.free')).toBe('Vrij');
    expect(dutch?.text('act.close')).toBe('Close');
    expect(languageNames()).toContainEqual(['nl', 'Nederlands']);
  });

  test('replace texts of a language, also if that language is still to be loaded', async () => {
    registerMessages('ru', { 'slot.free': 'Пуст' });
    const russian = await loadLocale('ru');
    expect(russian.text('slot.free')).toBe('Пуст');
    expect(russian.text('act.close')).toBe('Закрыть');
    registerMessages('ru', { 'slot.free': 'Свободен' });
    expect(localeFor('ru')?.text('slot.free')).toBe('Свободен');
  });

  test('are loaded by a function once', async () => {
    let loads = 0;
    registerMessages('it', () => Promise.resolve({ 'slot.free': `Libero ${++loads}` }));
    expect(localeFor('it')).toBeNull();
    await Promise.all([loadLocale('it'), loadLocale('it')]);
    expect(localeFor('it')?.text('slot.free')).toBe('Libero 1');
  });

  test('that cannot be used are named in the console, and English takes their place', async () => {
    const wrong: object = {
      'slot.fre': 'Ledig',
      'slot.free': 7,
      'slot.mineOf': 'Din: {nam}',
      'act.checkSlot': 'Kontrollera plats',
      'slot.within': '≤ {time',
      'board.count': '{n, plural, one {# samtal}}',
      'act.close': 'Stäng',
    };
    const written = await warningsOf(() => registerMessages('sv', wrong));
    expect(written.split('\n')).toEqual([
      "valet-park: some texts in the language 'sv' are not used:",
      "'slot.fre': there is no message with this key",
      "'slot.free': the text must be a string",
      "'slot.mineOf': the text has {nam}, but the English text has {name}",
      "'act.checkSlot': the text has no placeholders, but the English text has {n}",
      "'slot.within': the braces do not match: write {name} or {n, plural, one {…} other {…}}",
      "'board.count': the plural of {n} has no branch `other`",
    ]);
    const swedish = localeFor('sv');
    expect(swedish?.text('slot.free')).toBe('Free');
    expect(swedish?.text('act.close')).toBe('Stäng');
  });

  test('with a wrong tag or without texts are an error', () => {
    expect(() => registerMessages('nl_NL', {})).toThrow(
      new TypeError("'nl_NL' is not a language tag: write one such as 'nl' or 'pt-BR'"),
    );
    for (const odd of [null, undefined, 'Vrij', 7]) {
      expect(() => registerMessages('nl', odd as unknown as object)).toThrow(
        new TypeError('messages must be an object with texts, or a function that loads one'),
      );
    }
  });

  test('that cannot be loaded are named in the console once, and English stays', async () => {
    const catalogues = new Catalogues<'a'>(
      { a: 'English' },
      { de: () => Promise.reject(new Error('offline')) },
    );
    let changes = 0;
    catalogues.onChange(() => changes++);
    const written = await warningsOf(async () => {
      expect(catalogues.get('de')).toBeNull();
      await catalogues.load('de');
      await catalogues.load('de');
    });
    expect(written).toBe(
      "valet-park: the texts in the language 'de' could not be loaded. " +
        'English texts are shown in their place. Error: offline',
    );
    expect(catalogues.get('de')).toEqual({ a: 'English' });
    expect(changes).toBe(1);
  });
});

test('a placeholder is found once, in a plural, too', () => {
  expect(placeholdersOf('{b} {a, plural, =0 {} one {x} other {#}} {b}')).toEqual(['a', 'b']);
});
