import type { SlotView } from 'valet-park';
import type { Message, Param } from './messages.ts';
import type { Tongue } from './tongue.ts';
import { fullName } from './party.ts';
import type { Stay } from './stay.ts';

/**
 * The accessible name of a tile: all that is seen on it, in one sentence.
 *
 * `nameOf` is how an extension is called by people.
 */
export function label(
  tongue: Tongue,
  view: SlotView,
  stay: Stay | null,
  nameOf: (extension: string) => string,
): string {
  const { slot: n, state, pending, mine, parkedBy, confirmed, caller } = view;
  const who = fullName(tongue, caller);
  if (pending !== null) return tongue.words(`label.${pending}`, { n, who });
  if (state === 'free' || state === 'unknown') return tongue.words(`label.${state}`, { n });
  const by: Param =
    parkedBy === null
      ? { key: 'label.foreign' }
      : { key: 'label.parkedBy', params: { name: nameOf(parkedBy) } };
  const parked: Param = mine ? { key: 'label.mine' } : by;
  const left = stay?.sentence ?? { key: 'left.unknown' as const };
  return tongue.words(confirmed ? 'label.held' : 'label.unconfirmed', { n, who, parked, left });
}

/** What a tile asks before it bridges: said aloud, and its accessible name meanwhile. */
export function question(tongue: Tongue, { slot: n, caller }: SlotView): Message {
  return { key: 'label.confirm', params: { n, who: fullName(tongue, caller) } };
}
