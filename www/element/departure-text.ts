import type { Departure } from 'valet-park';
import type { Locale } from './locale.ts';
import type { Message, Param } from './messages.ts';
import { partyText } from './party.ts';
import { sentOf } from './sent-calls.ts';

/** The names of the extensions, for people. */
export interface ExtensionNames {
  /** The name of our extension; empty if it has none, or if there are several. */
  readonly home: string;
  /** Returns the name of any extension. */
  readonly nameOf: (extension: string) => string;
}

/** How a call can leave the lot. The most urgent way for the person at the panel is first. */
const kinds = [
  'returnedYou',
  'returnedTo',
  'returned',
  'abandoned',
  'unknown',
  'taken',
  'by',
  'bridged',
] as const;

type Kind = (typeof kinds)[number];

/** Returns how a call left, and the name of the extension in the sentence about it. */
function kindOf(
  departure: Departure,
  { home, nameOf }: ExtensionNames,
): readonly [Kind, string | null] {
  const { reason, mine, parkedBy, takenBy } = departure;
  if (reason === 'bridged') {
    if (!takenBy) return ['bridged', null];
    // Another desk may have taken the call, or sent it to a third person.
    return [sentOf(departure)?.to === 'us' ? 'taken' : 'by', nameOf(takenBy)];
  }
  if (reason !== 'returned') return [reason, null];
  if (mine && home !== '') return ['returnedTo', home];
  if (parkedBy) return ['returnedTo', nameOf(parkedBy)];
  return [mine ? 'returnedYou' : 'returned', null];
}

/** Returns a sentence that says how a call left its slot. */
export function departureText(
  locale: Locale,
  departure: Departure,
  names: ExtensionNames,
): Message {
  const { slot, caller } = departure;
  const [kind, name] = kindOf(departure, names);
  const params = { n: slot, who: partyText(locale, caller).name };
  const sent = sentOf(departure);
  if (sent !== null && sent.to !== 'us') {
    const other = partyText(locale, sent.to).name;
    return { key: 'departure.sent', params: { ...params, name: names.nameOf(sent.by), other } };
  }
  return { key: `departure.${kind}`, params: name === null ? params : { ...params, name } };
}

/** True if the extension that parked the call is known but not named by `departureText`. */
export function omitsParker(departure: Departure, names: ExtensionNames): boolean {
  const [kind] = kindOf(departure, names);
  return !kind.startsWith('returned') && (departure.mine || Boolean(departure.parkedBy));
}

/** Returns a slot and its caller, as one item of a list. */
export function slotAndCaller(locale: Locale, slot: number, caller: Departure['caller']): Message {
  return { key: 'list.place', params: { n: slot, who: partyText(locale, caller).name } };
}

/**
 * Returns sentences that say how several calls left: one sentence for all calls that left in the
 * same way. Calls that return to us come first.
 */
export function departureTexts(
  locale: Locale,
  departures: readonly Departure[],
  names: ExtensionNames,
): Message[] {
  const groups = new Map<string, { all: Departure[]; order: number }>();
  for (const departure of [...departures].sort((a, b) => a.slot - b.slot)) {
    const [kind, name] = kindOf(departure, names);
    const isOurs = departure.reason === 'returned' && departure.mine;
    const key = JSON.stringify([isOurs, kind, name]);
    const order = isOurs ? -1 : kinds.indexOf(kind);
    const group = groups.get(key) ?? { all: [], order };
    group.all.push(departure);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ all }) => groupText(locale, all, names));
}

/** Returns one sentence for calls that left in the same way. */
function groupText(locale: Locale, all: readonly Departure[], names: ExtensionNames): Message {
  const [first] = all as readonly [Departure];
  if (all.length === 1) return departureText(locale, first, names);
  const [kind, name] = kindOf(first, names);
  const list: Param = all.map(({ slot, caller }) => slotAndCaller(locale, slot, caller));
  const params = { n: all.length, list };
  return { key: `departure.${kind}Many`, params: name === null ? params : { ...params, name } };
}
