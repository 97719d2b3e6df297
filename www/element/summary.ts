import type { CallView, Departure, SlotView } from 'valet-park';
import { departureTexts, slotAndCaller } from './departure-text.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { partyText } from './party.ts';
import { backText, type SummaryContext } from './returned.ts';
import { stageOf } from './stage.ts';

/** A call returns in `leftMs`; with 0 its time is over, and it returns now. */
export interface DueEvent {
  readonly view: SlotView;
  readonly leftMs: number;
}

/** A call of ours has come back from a slot and rings. */
export interface BackEvent {
  readonly call: CallView;
}

/** An event of a waiting call that the panel reports without having been asked. */
export type LotEvent = DueEvent | BackEvent | { readonly departure: Departure };

/** A call of ours that returns is an alert from this time before it on, in ms. */
const urgentMs = 10_000;

export function slotOf(event: LotEvent): number {
  if ('view' in event) return event.view.slot;
  return 'call' in event ? (event.call.returnedFrom?.slot ?? 0) : event.departure.slot;
}

/** Returns a key for the call and the kind of event. A later event with the same key replaces it. */
export function keyOf(event: LotEvent): string {
  if ('view' in event) return `due ${event.view.slot} ${event.view.uuid}`;
  if ('call' in event) return `back ${event.call.call}`;
  return `departed ${event.departure.slot} ${event.departure.uuid}`;
}

/** True if the event must be reported at once, as an alert. */
export function isUrgent(event: LotEvent): boolean {
  if ('view' in event) return event.view.mine && event.leftMs <= urgentMs;
  return 'call' in event || returnsToUs(event);
}

/** True if the call has returned to us, so that our phone rings. */
export function returnsToUs(event: LotEvent): boolean {
  if (!('departure' in event)) return false;
  return event.departure.reason === 'returned' && event.departure.mine;
}

/**
 * Returns sentences for the events: one for all of the same kind, the most urgent kind first. A sentence
 * that stays in sight has a word for the time until a return: a number would soon differ from the tile.
 */
export function summarize(
  events: readonly LotEvent[],
  context: SummaryContext,
  staysInSight = false,
): readonly Message[] {
  const { locale, names } = context;
  const left = (isOurs: boolean): Message[] => {
    const some = events.filter((each) => returnsToUs(each) === isOurs);
    const all = some.flatMap((each) => ('departure' in each ? [each.departure] : []));
    return departureTexts(locale, all, names);
  };
  const dues = (areUrgent: boolean): Message[] => {
    const some = events.filter((each) => isUrgent(each) === areUrgent);
    return dueTexts(
      locale,
      some.flatMap((each) => ('view' in each ? [each] : [])),
      staysInSight,
    );
  };
  const calls = events.flatMap((each) => ('call' in each ? [each.call] : []));
  const back = backText(calls, context);
  return [
    ...(back === null ? [] : [back]),
    ...left(true),
    ...dues(true),
    ...dues(false),
    ...left(false),
  ];
}

/** Returns one sentence for all calls that return after the same time, the shortest time first. */
function dueTexts(locale: Locale, dues: readonly DueEvent[], staysInSight: boolean): Message[] {
  const times = [...new Set(dues.map(({ leftMs }) => leftMs))].sort((a, b) => a - b);
  return times.map((time) => {
    const some = dues
      .filter(({ leftMs }) => leftMs === time)
      .map(({ view }) => view)
      .sort((a, b) => Number(b.mine) - Number(a.mine) || a.slot - b.slot);
    const [first] = some as [SlotView];
    const s = time / 1000;
    const list = some.map(({ slot, caller }) => slotAndCaller(locale, slot, caller));
    const stage = stageOf(time);
    if (staysInSight && stage !== 'over' && stage !== 'calm') {
      return { key: 'toast.stage', params: { stage: { key: `stage.${stage}` }, list } };
    }
    if (some.length === 1) {
      const params = { n: first.slot, who: partyText(locale, first.caller).name, s };
      return { key: time > 0 ? 'toast.due' : 'toast.returning', params };
    }
    const params = { n: some.length, s, list };
    return { key: time > 0 ? 'toast.dueMany' : 'toast.returningMany', params };
  });
}
