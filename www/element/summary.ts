import type { Departure, SlotView } from 'valet-park';
import { departureTexts, slotAndCaller, type ExtensionNames } from './departure-text.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { partyText } from './party.ts';

/** A call returns in `leftMs`. */
export interface DueEvent {
  readonly view: SlotView;
  readonly leftMs: number;
}

/** An event of a waiting call that the panel reports without having been asked. */
export type LotEvent = DueEvent | { readonly departure: Departure };

/** A call of ours that returns is an alert from this time before it on, in ms. */
const urgentMs = 10_000;

export function slotOf(event: LotEvent): number {
  return 'view' in event ? event.view.slot : event.departure.slot;
}

/** Returns a key for the call and the kind of event. A later event with the same key replaces it. */
export function keyOf(event: LotEvent): string {
  if ('view' in event) return `due ${event.view.slot} ${event.view.uuid}`;
  return `departed ${event.departure.slot} ${event.departure.uuid}`;
}

/** True if the event must be reported at once, as an alert. */
export function isUrgent(event: LotEvent): boolean {
  return 'view' in event && event.view.mine && event.leftMs <= urgentMs;
}

/** True if the call has returned to us, so that our phone rings. */
export function returnsToUs(event: LotEvent): boolean {
  if ('view' in event) return false;
  return event.departure.reason === 'returned' && event.departure.mine;
}

/** Returns sentences for the events: one for all of the same kind, the most urgent kind first. */
export function summarize(
  locale: Locale,
  events: readonly LotEvent[],
  names: ExtensionNames,
): readonly Message[] {
  const departures = (isOurs: boolean): Message[] => {
    const some = events.filter((each) => returnsToUs(each) === isOurs);
    const all = some.flatMap((each) => ('departure' in each ? [each.departure] : []));
    return departureTexts(locale, all, names);
  };
  const dues = (areUrgent: boolean): Message[] => {
    const some = events.filter((each) => isUrgent(each) === areUrgent);
    return dueTexts(
      locale,
      some.flatMap((each) => ('view' in each ? [each] : [])),
    );
  };
  return [...dues(true), ...departures(true), ...dues(false), ...departures(false)];
}

/** Returns one sentence for all calls that return after the same time, the shortest time first. */
function dueTexts(locale: Locale, dues: readonly DueEvent[]): Message[] {
  const times = [...new Set(dues.map(({ leftMs }) => leftMs))].sort((a, b) => a - b);
  return times.map((time) => {
    const some = dues
      .filter(({ leftMs }) => leftMs === time)
      .map(({ view }) => view)
      .sort((a, b) => Number(b.mine) - Number(a.mine) || a.slot - b.slot);
    const s = time / 1000;
    const [first] = some as [SlotView];
    if (some.length === 1) {
      const params = { n: first.slot, who: partyText(locale, first.caller).name, s };
      return { key: 'toast.due', params };
    }
    const list = some.map(({ slot, caller }) => slotAndCaller(locale, slot, caller));
    return { key: 'toast.dueMany', params: { n: some.length, s, list } };
  });
}
