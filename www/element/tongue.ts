import { html, type TemplateResult } from 'lit';
import type { Catalogue, Message, MessageKey, Param, Params } from './messages.ts';
import { en } from './messages/en.ts';
import { ru } from './messages/ru.ts';

/** Either `{name}`, or `{n, plural, one {…} other {…}}` with braces nested no deeper. */
const place = /\{(\w+)(?:, plural, ((?:=?\w+ \{[^{}]*\}\s*)+))?\}/g;
const branch = /(=?\w+) \{([^{}]*)\}/g;

const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Characters that set the direction of the text around them. */
const turning = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text from outside without the characters that set the direction of text. A name that carries
 * them could turn the rest of a sentence, or end the isolation in which the sentence puts it.
 */
export function unturned(text: string): string {
  return text.replace(turning, '');
}

/** A sentence in order: what the catalogue wrote, and what was put in from outside. */
type Piece = { readonly ours: string } | { readonly theirs: string };

/**
 * One language: its catalogue, and its rules for plurals, numbers and times.
 *
 * A value of its own rather than a state of the page, so that two panels may speak two languages.
 */
export class Tongue<Key extends string = MessageKey> {
  /** As in `lang`. */
  readonly language: string;
  readonly #catalogue: Catalogue<Key>;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #times: Intl.DateTimeFormat;

  constructor(language: string, catalogue: Catalogue<Key>) {
    this.language = language;
    this.#catalogue = catalogue;
    this.#plurals = new Intl.PluralRules(language);
    this.#numbers = new Intl.NumberFormat(language, { useGrouping: false });
    this.#times = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  }

  /** The same language with the sentences of another catalogue beside these. */
  with<More extends string>(more: Readonly<Record<string, Catalogue<More>>>): Tongue<Key | More> {
    const added = more[this.language] ?? more.en;
    const both = { ...this.#catalogue, ...added } as Catalogue<Key | More>;
    return new Tongue(this.language, both);
  }

  /** A time of day as people write it here; `at` is in ms since 1970. */
  time(at: number): string {
    return this.#times.format(at);
  }

  /**
   * A sentence as plain text, for attributes and accessible names.
   *
   * An attribute has no room for `<bdi>`. So where some of the text from outside runs from right to
   * left, each piece of it is isolated by the characters that Unicode has for that: neither a name
   * nor the number beside it can turn the sentence, or be turned by it.
   */
  words(key: Key, params: Params = {}): string {
    return plain(this.#pieces(key, params));
  }

  /** The plain text of one value that fills a place in a sentence. */
  text(value: Param): string {
    return plain(this.#valuePieces(value));
  }

  /** A sentence as HTML, with each value from outside as text in a `<bdi>` of its own. */
  spoken({ key, params = {} }: Message<Key>): TemplateResult {
    return marked(this.#pieces(key, params));
  }

  /** What fills a place of a sentence, alone, as HTML. */
  marked(value: Param): TemplateResult {
    return marked(this.#valuePieces(value));
  }

  #pieces(key: Key, params: Params): Piece[] {
    const sentence = this.#catalogue[key];
    const found: Piece[] = [];
    let end = 0;
    for (const match of sentence.matchAll(place)) {
      const [whole, name = '', branches] = match;
      found.push({ ours: sentence.slice(end, match.index) });
      const value = params[name] ?? whole;
      if (branches === undefined) found.push(...this.#valuePieces(value));
      else found.push({ ours: this.#choose(branches, Number(value)) });
      end = match.index + whole.length;
    }
    found.push({ ours: sentence.slice(end) });
    return found;
  }

  #valuePieces(value: Param): Piece[] {
    if (typeof value === 'number') return [{ ours: this.#numbers.format(value) }];
    if (typeof value === 'string') return [{ theirs: unturned(value) }];
    if (!isList(value)) return withoutEnd(this.#pieces(value.key as Key, value.params ?? {}));
    return value.flatMap((item, at) => [
      ...(at === 0 ? [] : [{ ours: ', ' }]),
      ...this.#valuePieces(item),
    ]);
  }

  #choose(branches: string, n: number): string {
    const texts = new Map([...branches.matchAll(branch)].map(([, when, text]) => [when, text]));
    const text =
      texts.get(`=${n}`) ?? texts.get(this.#plurals.select(n)) ?? texts.get('other') ?? '';
    return text.replace('#', this.#numbers.format(n));
  }
}

function isList(value: Message | readonly Message[]): value is readonly Message[] {
  return Array.isArray(value);
}

/** The pieces of a sentence that goes on, without the space that an empty choice leaves at its end. */
function withoutEnd(pieces: Piece[]): Piece[] {
  const kept = [...pieces];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const rest = 'ours' in last ? { ours: last.ours.trimEnd() } : last;
    if (!('ours' in rest) || rest.ours !== '') return [...kept, rest];
  }
  return kept;
}

function plain(pieces: readonly Piece[]): string {
  const turns = pieces.some((piece) => 'theirs' in piece && rightToLeft.test(piece.theirs));
  const alone = (text: string): string => (turns ? `\u2068${text}\u2069` : text);
  return pieces
    .map((piece) => ('ours' in piece ? piece.ours : alone(piece.theirs)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function marked(pieces: readonly Piece[]): TemplateResult {
  return html`${pieces.map((piece) =>
    'ours' in piece ? piece.ours : html`<bdi>${piece.theirs}</bdi>`,
  )}`;
}

/** What is spoken where nothing else is asked for. */
export const english = new Tongue('en', en);

/** Every language there is, by its tag. A third one is one more catalogue, and one line here. */
const tongues: Readonly<Record<string, Tongue>> = { en: english, ru: new Tongue('ru', ru) };

/** The languages that can be chosen, each by its own name for itself. */
export const languages: readonly (readonly [tag: string, name: string])[] = Object.keys(
  tongues,
).map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag]);

/** The first of these languages that is spoken here, such as `ru-RU`; English if none is. */
export function tongueFor(...tags: readonly (string | null | undefined)[]): Tongue {
  const known = tags.map((tag) => tag && tongues[tag.toLowerCase().split('-')[0] ?? '']);
  return known.find((tongue) => tongue instanceof Tongue) ?? english;
}

/** The language of the nearest element that has one, out of shadow trees too; else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at !== null;) {
    const lang = at.getAttribute('lang');
    if (lang) return lang;
    const root = at.getRootNode();
    // Not by its class: in a frame the classes are other ones.
    at = at.parentElement ?? ('host' in root ? (root as ShadowRoot).host : null);
  }
  return navigator.language;
}
