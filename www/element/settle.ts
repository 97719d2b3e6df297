import type { CallView, ValetPark } from 'valet-park';
import type { Change } from './attempt.ts';
import { doubtText } from './error-text.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { partyText } from './party.ts';

/**
 * Asks the switch what became of a command whose result is not known. Returns a sentence that says it.
 *
 * `call` is our call in the command; null if there was none. If the switch does not answer, the sentence
 * says that the result is still not known.
 */
export async function settle(
  park: ValetPark,
  attempt: Change,
  call: CallView | null,
  locale: Locale,
): Promise<Message> {
  const { what, slot } = attempt;
  try {
    if (what !== 'note') await (slot === null ? park.refresh() : park.inspect(slot));
    const result = shownResult(park, attempt, call, locale);
    if (result !== null) return result;
  } catch {
    // The switch does not answer.
  }
  return { key: 'checked.doubt', params: { what: doubtText(attempt, locale) } };
}

/**
 * Returns what became of a command whose result was not known at the time `since`, if the panel has
 * learned of its slot later. Null if it has not. Asks nothing.
 */
export function settledSince(
  since: number,
  park: ValetPark,
  attempt: Change,
  call: CallView | null,
  locale: Locale,
): Message | null {
  const where = call === null ? null : park.whereIs(call.call);
  const slot = attempt.slot ?? (where?.state === 'parked' ? where.slot : 0);
  const view = park.getSnapshot().slots[slot - 1];
  if (!view?.confirmed || view.pending !== null || (view.checkedAt ?? 0) <= since) return null;
  return shownResult(park, attempt, call, locale);
}

/** Returns what the snapshot shows of a command; null if it does not show its result. */
function shownResult(
  park: ValetPark,
  { what, caller, slot, uuid }: Change,
  call: CallView | null,
  locale: Locale,
): Message | null {
  const who = partyText(locale, caller ?? null).name;
  if (what === 'park') {
    const where = call === null ? null : park.whereIs(call.call);
    if (where?.state === 'parked') return { key: 'checked.parked', params: { who, n: where.slot } };
    const isLive = where?.state === 'talking' || where?.state === 'ringing';
    return isLive ? { key: 'checked.notParked', params: { who } } : null;
  }
  if (what === 'note' || slot === null) return null;
  const now = park.getSnapshot().slots[slot - 1]?.uuid ?? null;
  const key = now !== null && now === uuid ? 'checked.waits' : 'checked.left';
  return { key, params: { who, n: slot } };
}
