import type { CallView, Party } from 'valet-park';
import type { Message } from './messages.ts';
import { attempt } from './refusals.ts';
import type { Tongue } from './tongue.ts';

/** As much of a name as anybody reads; the rest is somebody's joke. */
const longest = 80;

const graphemes = attempt(() => new Intl.Segmenter(), null);

/** Characters that are not shown but change what is shown around them, and all white space. */
const unseen = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\s]+/gu;

/**
 * What somebody else wrote, made fit to stand in a line: on one line, without the characters that
 * turn the text around them, and cut between letters, never inside an emoji or an accent.
 */
export function tidy(text: string | null): string {
  const line = (text ?? '').replace(unseen, ' ').trim();
  if (line.length <= longest) return line;
  let kept = '';
  for (const segment of lettersOf(line)) {
    if (kept.length + segment.length > longest) break;
    kept += segment;
  }
  // One letter may be longer than the line, where accents are piled on it without end.
  return `${kept || line.slice(0, longest)}…`;
}

/** The letters of a line; where a browser cannot tell them apart, its characters. */
function* lettersOf(line: string): Iterable<string> {
  if (graphemes === null) yield* line;
  else for (const { segment } of graphemes.segment(line)) yield segment;
}

/** How a caller is shown: the name, or what stands in for it, and the number under it. */
export interface Who {
  readonly name: string;
  readonly number: string | null;
}

const withheld = /^(anonymous|restricted|withheld|unavailable|unknown|private)?$/i;

/**
 * Whom to show for a party, if anything at all is known of it.
 *
 * Without a name the number takes its place. A name that only repeats the number is no name.
 */
export function who(tongue: Tongue, party: Party | null): Who {
  if (party === null) return { name: tongue.words('caller.unknown'), number: null };
  const number = tidy(party.number);
  const name = tidy(party.name);
  const shown = withheld.test(number) ? tongue.words('caller.withheld') : number;
  if (name === '' || name === number) return { name: shown, number: null };
  return { name, number: shown };
}

/** The name and the number of a party, to fill a place of a sentence: each is text of its own. */
export function fullName(tongue: Tongue, party: Party | null): string | Message {
  const { name, number } = who(tongue, party);
  return number === null ? name : { key: 'label.named', params: { name, number } };
}

/** The one at the other end of a call. */
export function farParty({ direction, caller, called }: CallView): Party | null {
  return direction === 'out' ? called : caller;
}
