import type { SlotView } from 'valet-park';
import type { Message } from './messages.ts';
import { clockText, minutesAndSeconds } from './stay.ts';

/** Below this age the word "not confirmed yet" says more than a time, in ms. */
const youngMs = 5_000;

/** From when on a tile says how long ago it was looked at, in ms. */
const checkedMs = 15_000;

/** The age of what is shown of a slot, for the eye and for the ear. */
export interface Age {
  readonly shown: Message;
  readonly spoken: Message;
}

/**
 * How old a slot is that is not confirmed: null for a confirmed one, and for one of which there is
 * nothing to be old. Whatever is under way is about to bring something new.
 */
export function ageOf(view: SlotView, now: number): Age | null {
  const { state, confirmed, pending, checkedAt } = view;
  if (confirmed || pending !== null || state === 'unknown') return null;
  const age = checkedAt === null ? 0 : now - checkedAt;
  if (age < youngMs) {
    return { shown: { key: 'slot.unconfirmed' }, spoken: { key: 'label.notConfirmed' } };
  }
  return {
    // An age is rounded down: it is not older than it says.
    shown: { key: 'slot.asOf', params: { time: clockText(Math.floor(age / 1000) * 1000) } },
    spoken: { key: 'label.asOf', params: minutesAndSeconds(age, Math.floor) },
  };
}

/**
 * How long ago a confirmed slot was heard of, in steps of ten seconds, where that matters: where no
 * feed tells of every change.
 */
export function checkedOf(view: SlotView, isLive: boolean, now: number): Message | null {
  const { state, confirmed, checkedAt } = view;
  if (checkedAt === null || isLive || !confirmed || state === 'unknown') return null;
  const age = now - checkedAt;
  if (age < checkedMs) return null;
  return { key: 'slot.checked', params: { s: Math.floor(age / 10_000) * 10 } };
}

/** Whether a tile has to say an age now or later, so that it has to follow the clock. */
export function ages(view: SlotView, isLive: boolean): boolean {
  return view.state !== 'unknown' && view.checkedAt !== null && (!view.confirmed || !isLive);
}
