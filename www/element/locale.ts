import { html, type TemplateResult } from 'lit';
import type { Catalogue, Message, MessageKey, Param, Params } from './messages.ts';
import { en } from './messages/en.ts';

/** Matches `{name}` and `{n, plural, one {…} other {…}}`. Braces are nested no deeper. */
export const placeholder = /\{(\w+)(?:, plural, ((?:=?\w+ \{[^{}]*\}\s*)+))?\}/g;
export const pluralBranch = /(=?\w+) \{([^{}]*)\}/g;

const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Characters that set the direction of the text around them. */
const directionControls = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Removes the characters that set the direction of text. Callers send names with such characters,
 * which could reverse the rest of a sentence.
 */
export function withoutDirection(text: string): string {
  return text.replace(directionControls, '');
}

/** Returns the tag of the browser for this language, such as `en-GB`; else the language itself. */
function regionalTag(language: string): string {
  const tags = typeof navigator === 'undefined' ? [] : navigator.languages;
  return tags.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** A piece of a sentence: text of the catalogue, or a value from outside. */
type Piece = { readonly catalogue: string } | { readonly outside: string };

/**
 * One language: its catalogue, and its rules for plurals, numbers and times.
 *
 * A locale is a value and not global state, so two panels on a page can use two languages.
 */
export class Locale<Key extends string = MessageKey> {
  /** The language tag, as in the attribute `lang`. */
  readonly language: string;
  /** The language tag for times and dates: English times differ between countries. */
  readonly region: string;
  /** The direction in which the language is written. */
  readonly direction: 'ltr' | 'rtl';
  readonly #catalogue: Catalogue<Key>;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #lists: Intl.ListFormat;
  readonly #times: Intl.DateTimeFormat;
  readonly #shortTimes: Intl.DateTimeFormat;

  constructor(language: string, catalogue: Catalogue<Key>) {
    this.language = language;
    this.direction = directionOf(language);
    this.#catalogue = catalogue;
    this.#plurals = new Intl.PluralRules(language);
    // The keys of a telephone have Latin digits, so all languages show slots and times with them.
    const digits = { numberingSystem: 'latn' };
    this.#numbers = new Intl.NumberFormat(language, { useGrouping: false, ...digits });
    this.#lists = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' });
    this.region = regionalTag(language);
    this.#times = new Intl.DateTimeFormat(this.region, { timeStyle: 'medium', ...digits });
    this.#shortTimes = new Intl.DateTimeFormat(this.region, { timeStyle: 'short', ...digits });
  }

  /** Returns the same language with the sentences of one more catalogue. */
  extend<More extends string>(more: Catalogue<More>): Locale<Key | More> {
    const both = { ...this.#catalogue, ...more } as Catalogue<Key | More>;
    return new Locale(this.language, both);
  }

  /** Formats a time of day. `at` is in ms since 1970. */
  time(at: number): string {
    return this.#times.format(at);
  }

  /** Formats a time of day without seconds. `at` is in ms since 1970. */
  shortTime(at: number): string {
    return this.#shortTimes.format(at);
  }

  /**
   * Returns a sentence as plain text, for attributes and accessible names.
   *
   * Plain text cannot contain `<bdi>`. If the language or a value from outside is written from right
   * to left, every value is put between U+2068 and U+2069. So values and sentence do not reorder each
   * other.
   */
  text(key: Key, params: Params = {}): string {
    return this.#plainText(this.#pieces(key, params));
  }

  /** Returns a message or another value as plain text. */
  format(value: Param): string {
    return this.#plainText(this.#valuePieces(value));
  }

  /** Returns a message or another value as HTML. Each value from outside is in its own `<bdi>`. */
  toHtml(value: Param | Message<Key>): TemplateResult {
    const pieces = this.#valuePieces(value as Param);
    return html`${pieces.map((piece) =>
      'catalogue' in piece ? piece.catalogue : html`<bdi>${piece.outside}</bdi>`,
    )}`;
  }

  #plainText(pieces: readonly Piece[]): string {
    const values = pieces.flatMap((piece) => ('outside' in piece ? [piece.outside] : []));
    const isIsolated = this.direction === 'rtl' || values.some((text) => rightToLeft.test(text));
    const isolate = (text: string): string => (isIsolated ? `\u2068${text}\u2069` : text);
    return pieces
      .map((piece) => ('catalogue' in piece ? piece.catalogue : isolate(piece.outside)))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  }

  #pieces(key: Key, params: Params): Piece[] {
    const sentence = this.#catalogue[key];
    const found: Piece[] = [];
    let end = 0;
    for (const match of sentence.matchAll(placeholder)) {
      const [whole, name = '', branches] = match;
      found.push({ catalogue: sentence.slice(end, match.index) });
      const value = params[name] ?? whole;
      if (branches === undefined) found.push(...this.#valuePieces(value));
      else found.push({ catalogue: this.#plural(branches, Number(value)) });
      end = match.index + whole.length;
    }
    found.push({ catalogue: sentence.slice(end) });
    return found;
  }

  #valuePieces(value: Param): Piece[] {
    if (typeof value === 'number') return [{ catalogue: this.#numbers.format(value) }];
    if (typeof value === 'string') return [{ outside: withoutDirection(value) }];
    if (!isList(value)) return trimEnd(this.#pieces(value.key as Key, value.params ?? {}));
    const items = value.map((item) => this.#valuePieces(item));
    // The format gets the place of each item, and the text between the items follows the language.
    return this.#lists
      .formatToParts(items.map((_, at) => String(at)))
      .flatMap((part): readonly Piece[] =>
        part.type === 'element' ? (items[Number(part.value)] ?? []) : [{ catalogue: part.value }],
      );
  }

  #plural(branches: string, n: number): string {
    const texts = new Map(
      [...branches.matchAll(pluralBranch)].map(([, form, text]) => [form, text]),
    );
    const text =
      texts.get(`=${n}`) ?? texts.get(this.#plurals.select(n)) ?? texts.get('other') ?? '';
    return text.replace('#', this.#numbers.format(n));
  }
}

function isList(value: Message | readonly Message[]): value is readonly Message[] {
  return Array.isArray(value);
}

/** Removes white space at the end of a sentence. A plural branch without text leaves some. */
function trimEnd(pieces: Piece[]): Piece[] {
  const kept = [...pieces];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const trimmed = 'catalogue' in last ? { catalogue: last.catalogue.trimEnd() } : last;
    if (!('catalogue' in trimmed) || trimmed.catalogue !== '') return [...kept, trimmed];
  }
  return kept;
}

/** The scripts that are written from right to left. */
const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

function directionOf(language: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(language).maximize();
  return rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
}

/** The default language. */
export const english = new Locale('en', en);

/**
 * Returns the `lang` of the element or of its nearest ancestor, across shadow roots. Without one, it
 * returns the languages of the browser, the preferred one first.
 */
export function languagesOf(element: Element): readonly string[] {
  for (let at: Element | null = element; at !== null;) {
    const lang = at.getAttribute('lang');
    if (lang) return [lang];
    const root = at.getRootNode();
    // `instanceof ShadowRoot` is false for a root in another frame.
    at = at.parentElement ?? ('host' in root ? (root as ShadowRoot).host : null);
  }
  return navigator.languages;
}
