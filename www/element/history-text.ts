import type { Departure } from 'valet-park';
import type { ExtensionNames } from './departure-text.ts';
import { csvOf } from './history-csv.ts';
import { knownWait } from './known-wait.ts';
import { withoutDirection, type Locale } from './locale.ts';
import type { Message, MessageKey } from './messages.ts';
import { partyText } from './party.ts';
import { digitsOf, wordsOf } from './search-text.ts';
import { sentOf } from './sent-calls.ts';

/** Returns how a call left its slot. */
export function reasonText(locale: Locale, departure: Departure, names: ExtensionNames): Message {
  const { reason, takenBy, parkedBy } = departure;
  const sent = sentOf(departure);
  if (sent !== null && sent.to !== 'us') {
    const params = { name: names.nameOf(sent.by), other: partyText(locale, sent.to).name };
    return { key: 'history.sentTo', params };
  }
  if (reason === 'bridged' && takenBy) {
    return named(sent === null ? 'history.by' : 'history.takenBy', names.nameOf(takenBy));
  }
  if (reason === 'returned' && parkedBy) return named('history.returnedTo', names.nameOf(parkedBy));
  return { key: `history.${reason}` };
}

/** Returns who parked a call; null if that is not known. */
export function parkerText({ mine, parkedBy }: Departure, names: ExtensionNames): Message | null {
  if (parkedBy !== null) return named('slot.parkedBy', names.nameOf(parkedBy));
  return mine ? { key: 'slot.mine' } : null;
}

function named(key: MessageKey, name: string): Message {
  return { key, params: { name } };
}

/**
 * Returns the departures that contain every word of `query`, and that left for `reason`. An empty
 * query and a null reason find all. A number is found with and without its punctuation.
 */
export function findDepartures(
  departures: readonly Departure[],
  { query, reason }: { readonly query: string; readonly reason: Departure['reason'] | null },
  { nameOf }: ExtensionNames,
): readonly Departure[] {
  const words = wordsOf(query);
  return departures.filter((departure) => {
    if (reason !== null && departure.reason !== reason) return false;
    const { slot, caller, parkedBy, takenBy, forWhom, note } = departure;
    const numbers = [caller?.number, digitsOf(caller?.number)];
    const extensions = [parkedBy, takenBy].map((each) => each && `${each} ${nameOf(each)}`);
    const texts = [`#${slot}`, caller?.name, ...numbers, ...extensions, forWhom, note];
    const all = texts.filter(Boolean).join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

const columns = [
  'history.left',
  'history.slot',
  'details.name',
  'details.number',
  'history.reason',
  'history.waitedSeconds',
  'details.by',
  'history.taker',
  'details.for',
  'details.note',
] as const satisfies readonly MessageKey[];

/**
 * Returns departures as comma-separated values, with a row of headings. `longestMs` is the longest time that a
 * call can wait.
 */
export function historyCsv(
  locale: Locale,
  departures: readonly Departure[],
  names: ExtensionNames,
  longestMs: number,
): string {
  const name = (extension: string | null): string =>
    extension === null ? '' : line(names.nameOf(extension));
  const rows = departures.map((departure) => {
    const { at, slot, caller, reason, parkedBy, takenBy, forWhom, note } = departure;
    const waitedMs = knownWait(departure, longestMs);
    return [
      dateAndTime(at),
      slot,
      line(caller?.name ?? ''),
      line(caller?.number ?? ''),
      locale.text(`history.${reason}`),
      waitedMs === null ? '' : Math.round(waitedMs / 1000),
      name(parkedBy),
      name(takenBy),
      line(forWhom ?? ''),
      line(note ?? ''),
    ];
  });
  return csvOf([columns.map((key) => locale.text(key)), ...rows]);
}

/** Returns a text from outside on one line. */
function line(text: string): string {
  return withoutDirection(text).replace(/\s+/g, ' ').trim();
}

/** Returns a time in the time zone of the browser, in a form that spreadsheets know. */
function dateAndTime(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
