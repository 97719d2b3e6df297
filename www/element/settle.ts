import type { CallView, ValetPark } from 'valet-park';
import { doubtText, type Change } from './error-text.ts';
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
  const who = partyText(locale, attempt.caller ?? null).name;
  const doubt: Message = {
    key: 'checked.doubt',
    params: { what: doubtText(attempt, locale) },
  };
  try {
    if (attempt.what === 'park') return (await whereParked(park, attempt, call, who)) ?? doubt;
    if (attempt.what === 'note' || attempt.slot === null) return doubt;
    const { uuid } = await park.inspect(attempt.slot);
    const key = uuid !== null && uuid === attempt.uuid ? 'checked.waits' : 'checked.left';
    return { key, params: { who, n: attempt.slot } };
  } catch {
    return doubt;
  }
}

async function whereParked(
  park: ValetPark,
  { slot }: Change,
  call: CallView | null,
  who: string,
): Promise<Message | null> {
  if (call === null) return null;
  await (slot === null ? park.refresh() : park.inspect(slot));
  const where = park.whereIs(call.call);
  if (where.state === 'parked') return { key: 'checked.parked', params: { who, n: where.slot } };
  const isLive = where.state === 'talking' || where.state === 'ringing';
  return isLive ? { key: 'checked.notParked', params: { who } } : null;
}
