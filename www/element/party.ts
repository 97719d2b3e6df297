import type { CallView, Party } from 'valet-park';
import { tryOr } from './browser-features.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';

/** A longer name is cut to this number of UTF-16 units. */
const longestName = 80;

const graphemes = tryOr(() => new Intl.Segmenter(), null);

/** White space, and invisible characters that change how the text around them is shown. */
const invisible = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\s]+/gu;

/**
 * Prepares a text from outside for display: one line, no invisible characters, at most `longest`
 * UTF-16 units.
 *
 * The text is cut between graphemes, never inside an emoji or before an accent.
 */
export function cleanText(text: string | null, longest = longestName): string {
  const line = (text ?? '').replace(invisible, ' ').trim();
  if (line.length <= longest) return line;
  let kept = '';
  for (const grapheme of graphemesOf(line)) {
    if (kept.length + grapheme.length > longest) break;
    kept += grapheme;
  }
  // A letter with hundreds of accents is one grapheme, and may be longer than the limit.
  return `${kept || line.slice(0, longest)}…`;
}

/** Yields the graphemes of a line; its characters if the browser has no `Intl.Segmenter`. */
function* graphemesOf(line: string): Iterable<string> {
  if (graphemes === null) yield* line;
  else for (const { segment } of graphemes.segment(line)) yield segment;
}

/** The two lines that show a party. */
export interface PartyText {
  /** The name, or the number in its place. */
  readonly name: string;
  /** The number; null if it is already in `name`. */
  readonly number: string | null;
}

const withheld = /^(anonymous|restricted|withheld|unavailable|unknown|private)?$/i;

/**
 * Returns the texts that show a party.
 *
 * Without a name, the number takes its place. A name that is equal to the number is ignored.
 */
export function partyText(locale: Locale, party: Party | null): PartyText {
  if (party === null) return { name: locale.text('caller.unknown'), number: null };
  const number = cleanText(party.number);
  const name = cleanText(party.name);
  const shown = withheld.test(number) ? locale.text('caller.withheld') : number;
  if (name === '' || name === number) return { name: shown, number: null };
  return { name, number: shown };
}

/** Returns the name and the number of a party as one value for a sentence. */
export function fullName(locale: Locale, party: Party | null): string | Message {
  const { name, number } = partyText(locale, party);
  return number === null ? name : { key: 'label.named', params: { name, number } };
}

/** Returns the party at the other end of a call. */
export function otherParty({ direction, caller, called }: CallView): Party | null {
  return direction === 'out' ? called : caller;
}
