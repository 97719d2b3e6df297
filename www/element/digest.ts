import type { Departure, SlotView } from 'valet-park';
import { farewells, place, type Names } from './farewell.ts';
import type { Message } from './messages.ts';
import { who } from './party.ts';
import type { Tongue } from './tongue.ts';

/** A call that is about to return, in `leftMs`. */
export interface Due {
  readonly view: SlotView;
  readonly leftMs: number;
}

/** What happens to a waiting call by itself. */
export type Happening = Due | { readonly departure: Departure };

/** From when on a call of our own that is about to return is an alarm, in ms before that. */
const alarmMs = 10_000;

export function slotOf(happening: Happening): number {
  return 'view' in happening ? happening.view.slot : happening.departure.slot;
}

/** What tells one happening from another; a later word on the same one replaces it. */
export function keyOf(happening: Happening): string {
  if ('view' in happening) return `due ${happening.view.slot} ${happening.view.uuid}`;
  return `departed ${happening.departure.slot} ${happening.departure.uuid}`;
}

/** Whether it has to be told at once. */
export function isAlarm(happening: Happening): boolean {
  return 'view' in happening && happening.view.mine && happening.leftMs <= alarmMs;
}

/** Whether our own telephone rings because of it. */
export function ringsUs(happening: Happening): boolean {
  if ('view' in happening) return false;
  return happening.departure.reason === 'returned' && happening.departure.mine;
}

/** All of it in words, one sentence for what is alike, the most urgent first. */
export function digest(
  tongue: Tongue,
  happenings: readonly Happening[],
  names: Names,
): readonly Message[] {
  const departures = (isOurs: boolean): Message[] => {
    const some = happenings.filter((each) => ringsUs(each) === isOurs);
    const all = some.flatMap((each) => ('departure' in each ? [each.departure] : []));
    return farewells(tongue, all, names);
  };
  const dues = (isUrgent: boolean): Message[] => {
    const some = happenings.filter((each) => isAlarm(each) === isUrgent);
    return returns(
      tongue,
      some.flatMap((each) => ('view' in each ? [each] : [])),
    );
  };
  return [...dues(true), ...departures(true), ...dues(false), ...departures(false)];
}

/** One sentence for the calls that return after the same time, the next ones first. */
function returns(tongue: Tongue, dues: readonly Due[]): Message[] {
  const times = [...new Set(dues.map(({ leftMs }) => leftMs))].sort((a, b) => a - b);
  return times.map((time) => {
    const some = dues
      .filter(({ leftMs }) => leftMs === time)
      .map(({ view }) => view)
      .sort((a, b) => Number(b.mine) - Number(a.mine) || a.slot - b.slot);
    const s = time / 1000;
    const [first] = some as [SlotView];
    if (some.length === 1) {
      const params = { n: first.slot, who: who(tongue, first.caller).name, s };
      return { key: 'toast.due', params };
    }
    const list = some.map(({ slot, caller }) => place(tongue, slot, caller));
    return { key: 'toast.dueMany', params: { n: some.length, s, list } };
  });
}
