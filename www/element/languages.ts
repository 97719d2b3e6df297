import { Catalogues, type Loader } from './catalogues.ts';
import { english, Locale } from './locale.ts';
import type { MessageKey, PartialCatalogue } from './messages.ts';
import { en } from './messages/en.ts';

/** The texts of the element. Bundlers make a separate file for each `import()`. */
const catalogues = new Catalogues<MessageKey>(en, {
  de: () => import('./messages/de.ts').then(({ de }) => de),
  fr: () => import('./messages/fr.ts').then(({ fr }) => fr),
  es: () => import('./messages/es.ts').then(({ es }) => es),
  'pt-BR': () => import('./messages/pt-BR.ts').then(({ ptBR }) => ptBR),
  ru: () => import('./messages/ru.ts').then(({ ru }) => ru),
  'zh-CN': () => import('./messages/zh-CN.ts').then(({ zhCN }) => zhCN),
  ar: () => import('./messages/ar.ts').then(({ ar }) => ar),
});

/** The locales that have been used, by tag. New texts remove a locale. */
const locales = new Map<string, Locale>();
catalogues.onChange(() => locales.clear());

/**
 * Adds a language, or replaces texts of a language. `messages` are the texts, or a function that
 * loads them. Panels that are shown in this language are rendered again.
 *
 * Throws a `TypeError` if the tag is not a language tag, or if the messages are not an object.
 * A text with an unknown key or with wrong placeholders is not used, and the console says why.
 */
export function registerMessages(
  language: string,
  messages: PartialCatalogue | Loader<MessageKey>,
): void {
  if (typeof messages !== 'function' && Object(messages) !== messages) {
    throw new TypeError('messages must be an object with texts, or a function that loads one');
  }
  catalogues.register(canonicalTag(language), messages);
}

function canonicalTag(language: string): string {
  try {
    return new Intl.Locale(language).baseName;
  } catch {
    throw new TypeError(`'${language}' is not a language tag: write one such as 'nl' or 'pt-BR'`);
  }
}

/** Calls `listener` after texts were loaded or registered. Returns a function that stops this. */
export function onMessages(listener: () => void): () => void {
  return catalogues.onChange(listener);
}

/** Returns the languages to choose from, each with its own name for itself. */
export function languageNames(): readonly (readonly [tag: string, name: string])[] {
  return catalogues.languages.map((tag) => [tag, ownName(tag)]);
}

function ownName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  const [first = '', ...rest] = name;
  return first.toLocaleUpperCase(tag) + rest.join('');
}

/**
 * Returns the locale of the first tag for which there is a language. Returns English if there is
 * none. Returns null while the texts are being loaded.
 */
export function localeFor(...tags: readonly (string | null | undefined)[]): Locale | null {
  const language = bestMatch(tags, catalogues.languages);
  const known = locales.get(language);
  if (known !== undefined) return known;
  const texts = catalogues.get(language);
  if (texts === null) return null;
  const locale = language === 'en' && texts === en ? english : new Locale(language, texts);
  locales.set(language, locale);
  return locale;
}

/** Loads the texts for the first tag for which there is a language, and returns its locale. */
export async function loadLocale(...tags: readonly (string | null | undefined)[]): Promise<Locale> {
  await catalogues.load(bestMatch(tags, catalogues.languages));
  return localeFor(...tags) ?? english;
}

/** Returns the best language for the first tag that has one; English if no tag has one. */
export function bestMatch(
  tags: readonly (string | null | undefined)[],
  languages: readonly string[],
): string {
  for (const tag of tags) {
    const match = tag ? matchOf(tag, languages) : null;
    if (match !== null) return match;
  }
  return 'en';
}

/**
 * Returns the language that fits a tag best: the same tag, then the same script and region, then the
 * same script, then the same language. So `pt` fits `pt-BR`, and `zh-Hans` fits `zh-CN`.
 */
function matchOf(tag: string, languages: readonly string[]): string | null {
  const wanted = likely(tag);
  if (wanted === null) return null;
  const points = (language: string): number => {
    const has = likely(language);
    if (has?.language !== wanted.language) return 0;
    if (has.script !== wanted.script) return 1;
    if (has.region !== wanted.region) return 2;
    return language.toLowerCase() === tag.toLowerCase() ? 4 : 3;
  };
  const best = [...languages].sort((a, b) => points(b) - points(a))[0];
  return best !== undefined && points(best) > 0 ? best : null;
}

/** Returns a tag with its likely script and region; null if it is no language tag. */
function likely(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null;
  }
}
