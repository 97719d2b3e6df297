import type { SlotView } from 'valet-park';
import type { Locale } from './locale.ts';
import { partyText } from './party.ts';

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
  const digits = (caller?.number ?? '').replace(/\D/g, '');
  const text = `${slot} ${known} ${by} ${digits} ${forWhom ?? ''} ${note ?? ''}`;
  return text.toLowerCase().includes(sought);
}
