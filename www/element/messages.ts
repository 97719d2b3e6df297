import { html, type TemplateResult } from 'lit';
import { en } from './messages/en.ts';

/** Names one sentence of the catalogue. */
export type MessageKey = keyof typeof en;

/** What fills the places of a sentence. Text may be anybody's and is never trusted. */
export type Params = Readonly<Record<string, string | number>>;

/** A sentence with what fills it: words that are not spoken yet. */
export interface Message {
  readonly key: MessageKey;
  readonly params?: Params;
}

/** A catalogue and the language whose plural rules go with it. */
const language = 'en';
const catalogue: Readonly<Record<MessageKey, string>> = en;

const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language, { useGrouping: false });

/** Either `{name}`, or `{n, plural, one {…} other {…}}` with braces nested no deeper. */
const place = /\{(\w+)(?:, plural, ((?:=?\w+ \{[^{}]*\}\s*)+))?\}/g;
const branch = /(=?\w+) \{([^{}]*)\}/g;

/** A sentence in order: what the catalogue wrote, and what was put in from outside. */
type Piece = { readonly ours: string } | { readonly theirs: string };

function pieces({ key, params = {} }: Message): Piece[] {
  const sentence = catalogue[key];
  const found: Piece[] = [];
  let end = 0;
  for (const match of sentence.matchAll(place)) {
    const [whole, name = '', branches] = match;
    found.push({ ours: sentence.slice(end, match.index) });
    const value = params[name] ?? whole;
    if (branches !== undefined) found.push({ ours: choose(branches, Number(value)) });
    else if (typeof value === 'number') found.push({ ours: numbers.format(value) });
    else found.push({ theirs: value });
    end = match.index + whole.length;
  }
  found.push({ ours: sentence.slice(end) });
  return found;
}

function choose(branches: string, n: number): string {
  const texts = new Map([...branches.matchAll(branch)].map(([, when, text]) => [when, text]));
  const text = texts.get(`=${n}`) ?? texts.get(plurals.select(n)) ?? texts.get('other') ?? '';
  return text.replace('#', numbers.format(n));
}

const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A sentence as plain text, for attributes and accessible names.
 *
 * An attribute has no room for `<bdi>`, so text that runs from right to left is isolated by the
 * characters that Unicode has for it: a name cannot turn the sentence around it.
 */
export function words(key: MessageKey, params: Params = {}): string {
  return pieces({ key, params })
    .map((piece) => {
      if ('ours' in piece) return piece.ours;
      return rightToLeft.test(piece.theirs) ? `\u2068${piece.theirs}\u2069` : piece.theirs;
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A sentence as HTML, with each value from outside as text in a `<bdi>` of its own. */
export function spoken(message: Message): TemplateResult {
  return html`${pieces(message).map((piece) =>
    'ours' in piece ? piece.ours : html`<bdi>${piece.theirs}</bdi>`,
  )}`;
}
