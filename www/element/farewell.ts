import type { Departure } from 'valet-park';
import type { Message, Param } from './messages.ts';
import { who } from './party.ts';
import type { Tongue } from './tongue.ts';

/** How people call the extensions. */
export interface Names {
  /** How our own extension is called; empty if that was not said. */
  readonly home: string;
  /** How any extension is called. */
  readonly nameOf: (extension: string) => string;
}

/** The ways to leave a lot, the most urgent for the person at the panel first. */
const ways = [
  'returnedYou',
  'returnedTo',
  'returned',
  'abandoned',
  'unknown',
  'taken',
  'bridged',
] as const;

type Way = (typeof ways)[number];

/** How a call left, and which extension that is about. */
function wayOf(departure: Departure, { home, nameOf }: Names): readonly [Way, string | null] {
  const { reason, mine, parkedBy, takenBy } = departure;
  if (reason === 'bridged') return takenBy ? ['taken', nameOf(takenBy)] : ['bridged', null];
  if (reason !== 'returned') return [reason, null];
  if (mine && home !== '') return ['returnedTo', home];
  if (parkedBy) return ['returnedTo', nameOf(parkedBy)];
  return [mine ? 'returnedYou' : 'returned', null];
}

/** Where a call went, in words. */
export function farewell(tongue: Tongue, departure: Departure, names: Names): Message {
  const { slot, caller } = departure;
  const [way, name] = wayOf(departure, names);
  const params = { n: slot, who: who(tongue, caller).name };
  return { key: `departure.${way}`, params: name === null ? params : { ...params, name } };
}

/** Whether the words of `farewell` leave out who had parked the call, though that is known. */
export function hidesParker(departure: Departure, names: Names): boolean {
  const [way] = wayOf(departure, names);
  return !way.startsWith('returned') && (departure.mine || Boolean(departure.parkedBy));
}

/** One slot with its caller, in a list of several. */
export function place(tongue: Tongue, slot: number, caller: Departure['caller']): Message {
  return { key: 'list.place', params: { n: slot, who: who(tongue, caller).name } };
}

/** Where several calls went: one sentence for those that went the same way, our own first. */
export function farewells(
  tongue: Tongue,
  departures: readonly Departure[],
  names: Names,
): Message[] {
  const groups = new Map<string, { all: Departure[]; urgency: number }>();
  for (const departure of [...departures].sort((a, b) => a.slot - b.slot)) {
    const [way, name] = wayOf(departure, names);
    const isOurs = departure.reason === 'returned' && departure.mine;
    const key = JSON.stringify([isOurs, way, name]);
    const urgency = isOurs ? -1 : ways.indexOf(way);
    const group = groups.get(key) ?? { all: [], urgency };
    group.all.push(departure);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => a.urgency - b.urgency)
    .map(({ all }) => together(tongue, all, names));
}

/** One sentence for calls that all went the same way. */
function together(tongue: Tongue, all: readonly Departure[], names: Names): Message {
  const [first] = all as readonly [Departure];
  if (all.length === 1) return farewell(tongue, first, names);
  const [way, name] = wayOf(first, names);
  const list: Param = all.map(({ slot, caller }) => place(tongue, slot, caller));
  const params = { n: all.length, list };
  return { key: `departure.${way}Many`, params: name === null ? params : { ...params, name } };
}
