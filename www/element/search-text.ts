import type { SlotView } from 'valet-park';
import type { Locale } from './locale.ts';
import { partyText } from './party.ts';

/** Returns the words of a query in small letters. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Returns the digits of a telephone number. Returns an empty text without a number. */
export function digitsOf(number: string | null | undefined): string {
  return (number ?? '').replace(/\D/g, '');
}

/** True if the slot number, the caller, or the extension that parked the call contains the query. */
export function matchesSearch(
  locale: Locale,
  { slot, caller, parkedBy, note, forWhom }: SlotView,
  query: string,
  nameOf: (extension: string) => string,
): boolean {
  const sought = query.toLowerCase().trim();
  if (sought === '') return true;
  const { name, number } = partyText(locale, caller);
  const known = caller === null ? '' : `${name} ${number ?? ''}`;
  const by = parkedBy === null ? '' : nameOf(parkedBy);
  const text = `${slot} ${known} ${by} ${digitsOf(caller?.number)} ${forWhom ?? ''} ${note ?? ''}`;
  return text.toLowerCase().includes(sought);
}
