import type { SlotView } from 'valet-park';
import { words } from './messages.ts';
import { fullName } from './party.ts';
import type { Stay } from './stay.ts';

/**
 * The accessible name of a tile: all that is seen on it, in one sentence.
 *
 * `nameOf` is how an extension is called by people.
 */
export function label(
  view: SlotView,
  stay: Stay | null,
  nameOf: (extension: string) => string,
): string {
  const { slot: n, state, pending, mine, parkedBy, confirmed, caller } = view;
  const who = fullName(caller);
  if (pending !== null) return words(`label.${pending}`, { n, who });
  if (state === 'free' || state === 'unknown') return words(`label.${state}`, { n });
  const by =
    parkedBy === null
      ? words('label.foreign')
      : words('label.parkedBy', { name: nameOf(parkedBy) });
  const parked = mine ? words('label.mine') : by;
  const left =
    stay === null ? words('left.unknown') : words(stay.sentence.key, stay.sentence.params);
  return words(confirmed ? 'label.held' : 'label.unconfirmed', { n, who, parked, left });
}

/** The accessible name of a tile that asks whether to bridge with somebody else's call. */
export function question({ slot: n, caller }: SlotView): string {
  return words('label.confirm', { n, who: fullName(caller) });
}
