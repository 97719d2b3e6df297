import type { CallView, SlotView } from 'valet-park';
import { ageOf } from './age.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { ringText, type Ring } from './own-rings.ts';
import { fullName, otherParty, partyText } from './party.ts';
import type { TileAction } from './tile-actions.ts';
import { isTouch } from './touch.ts';
import type { WaitTime } from './wait-time.ts';

/** How the extension that parked a call is named. */
export interface OwnerNames {
  /** Returns the name of an extension, for people. */
  readonly nameOf: (extension: string) => string;
  /** True if we have several extensions. Then our own are named, too. */
  readonly namesOwn: boolean;
}

/** The values in the accessible name of a tile that are not in the view of its slot. */
export interface LabelContext {
  readonly names: OwnerNames;
  readonly waitTime: WaitTime | null;
  /** The time, in ms since 1970. */
  readonly now: number;
  /** True if the call returns before all others, and others wait. */
  readonly isNext?: boolean;
  /** How far the pick-up of the call is. Null without a pick-up. */
  readonly ring?: Ring | null;
}

/** Returns the accessible name of a tile: one sentence with all that the tile shows. */
export function label(locale: Locale, view: SlotView, context: LabelContext): string {
  const what = labelWithoutAge(locale, view, context);
  const age = ageOf(view, context.now);
  return locale.format(
    age === null ? what : { key: 'label.aged', params: { what, age: age.spoken } },
  );
}

function labelWithoutAge(locale: Locale, view: SlotView, context: LabelContext): Message {
  const { names, waitTime, now } = context;
  const { slot: n, state, pending, caller } = view;
  const who = fullName(locale, caller);
  if (pending !== null) {
    // An empty slot has no caller to name.
    const isNamed = caller !== null || state === 'held' || state === 'returning';
    return isNamed
      ? { key: `label.${pending}`, params: { n, who } }
      : { key: `label.${pending}Slot`, params: { n } };
  }
  if (state === 'free') {
    return { key: wasFree(view, now) ? 'label.wasFree' : 'label.free', params: { n } };
  }
  if (state === 'unknown') return { key: 'label.unknown', params: { n } };
  const left = waitTime?.sentence ?? { key: 'left.unknown' as const };
  const parked = ownerText('label', view, names);
  const { forWhom, note } = view;
  const ring = ringText(context.ring ?? null);
  const more: Message[] = [
    ...(context.isNext === true ? [{ key: 'label.next' } as const] : []),
    ...(forWhom === null ? [] : [{ key: 'slot.for', params: { name: forWhom } } as const]),
    ...(note === null ? [] : [{ key: 'label.note', params: { text: note } } as const]),
    ...(ring === null ? [] : [{ key: ring } as const]),
  ];
  const what: Message = { key: 'label.held', params: { n, who, parked, left } };
  return more.length === 0 ? what : { key: 'label.aged', params: { what, age: more } };
}

/** Returns who parked the call of a slot: as the tile shows it (`slot`), or read aloud (`label`). */
export function ownerText(
  place: 'slot' | 'label',
  { mine, parkedBy }: SlotView,
  { nameOf, namesOwn }: OwnerNames,
): Message {
  if (parkedBy === null) return { key: mine ? `${place}.mine` : `${place}.foreign` };
  const params = { name: nameOf(parkedBy) };
  if (mine) return namesOwn ? { key: `${place}.mineOf`, params } : { key: `${place}.mine` };
  return { key: `${place}.parkedBy`, params };
}

/** True if a free slot was checked so long ago that it may be taken now. */
export function wasFree(view: SlotView, now: number): boolean {
  return view.state === 'free' && ageOf(view, now)?.shown.key === 'slot.asOf';
}

/** The question before a call is taken. While it is open, it is also the accessible name of the tile. */
export function question(
  locale: Locale,
  { slot: n, caller }: SlotView,
  action: TileAction,
  call: CallView | null,
): Message {
  const who = fullName(locale, caller);
  if (action !== 'bridge' || call === null) {
    return { key: isTouch() ? 'label.askPickUpTouch' : 'label.askPickUp', params: { n, who } };
  }
  const name = partyText(locale, otherParty(call)).name;
  return { key: isTouch() ? 'label.confirmTouch' : 'label.confirm', params: { n, who, name } };
}
