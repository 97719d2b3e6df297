import type { CallView, Departure } from 'valet-park';
import type { ExtensionNames } from './departure-text.ts';
import { knownWait } from './known-wait.ts';
import type { Locale } from './locale.ts';
import type { Message, Param } from './messages.ts';
import { cleanText, otherParty, partyText } from './party.ts';
import { formatClock } from './wait-time.ts';

/** The facts that the sentences about events need. */
export interface SummaryContext {
  readonly locale: Locale;
  readonly names: ExtensionNames;
  /** The latest departures. They say who parked a call that has come back. */
  readonly departures: readonly Departure[];
  /** The longest time that a call can wait, in ms. */
  readonly longestMs: number;
}

/** True if a call has come back from a slot and rings at one of our extensions. */
export function isBack({ state, returnedFrom }: CallView): boolean {
  return state === 'ringing' && returnedFrom !== null;
}

/**
 * Returns the departure of a call that has come back. It says who parked the call, and for whom.
 *
 * Returns null if no departure fits. A call that comes back may have a new UUID. Then its slot and its
 * number count.
 */
export function departureOf(call: CallView, departures: readonly Departure[]): Departure | null {
  const { returnedFrom, uuid } = call;
  if (returnedFrom === null) return null;
  const inSlot = departures.filter(
    ({ slot, reason }) =>
      slot === returnedFrom.slot && (reason === 'returned' || reason === 'unknown'),
  );
  const same = inSlot.find((each) => each.uuid === uuid);
  if (same !== undefined) return same;
  const number = otherParty(call)?.number;
  return inSlot.find(({ caller }) => Boolean(number) && caller?.number === number) ?? null;
}

/**
 * Returns where a call came back from, how long it waited, who parked it, for whom, and its note: one
 * message for each of these that is known. Returns an empty list for a call that did not come back.
 * `longestMs` is the longest time that a call can wait.
 */
export function returnedTexts(
  call: CallView,
  departures: readonly Departure[],
  nameOf: (extension: string) => string,
  longestMs: number,
): readonly Message[] {
  const { returnedFrom } = call;
  if (returnedFrom === null) return [];
  const waited = knownWait(returnedFrom, longestMs);
  const departure = departureOf(call, departures);
  return [
    { key: 'back.from', params: { n: returnedFrom.slot } },
    ...(waited === null ? [] : [waitedText(waited)]),
    ...(departure === null ? [] : [...parkerTexts(departure, nameOf), ...noteTexts(departure)]),
  ];
}

function waitedText(waitedMs: number): Message {
  return { key: 'back.waited', params: { time: formatClock(Math.round(waitedMs / 1000) * 1000) } };
}

function parkerTexts({ mine, parkedBy }: Departure, nameOf: (id: string) => string): Message[] {
  if (mine) return [{ key: 'label.mine' }];
  return parkedBy === null ? [] : [{ key: 'label.parkedBy', params: { name: nameOf(parkedBy) } }];
}

/** Returns for whom a call waits and what is noted of it: no message for a text that is missing. */
export function noteTexts({ forWhom, note }: Pick<Departure, 'forWhom' | 'note'>): Message[] {
  const name = cleanText(forWhom);
  const text = cleanText(note);
  return [
    ...(name === '' ? [] : [{ key: 'note.for', params: { name } } as const]),
    ...(text === '' ? [] : [{ key: 'note.text', params: { text } } as const]),
  ];
}

/** Returns one sentence for the calls that have come back: who they are and what is known of them. */
export function backText(
  calls: readonly CallView[],
  { locale, names, departures, longestMs }: SummaryContext,
): Message | null {
  const [first] = calls;
  if (first === undefined) return null;
  const who = (call: CallView): string => partyText(locale, otherParty(call)).name;
  if (calls.length === 1) {
    const about: Param = returnedTexts(first, departures, names.nameOf, longestMs);
    return { key: 'back.one', params: { who: who(first), about } };
  }
  const list = calls.map((call) => {
    return {
      key: 'list.place',
      params: { n: call.returnedFrom?.slot ?? 0, who: who(call) },
    } as const;
  });
  return { key: 'back.many', params: { n: calls.length, list } };
}
