import type { SlotView } from 'valet-park';
import type { Message } from './messages.ts';
import { formatClock, minutesAndSeconds } from './wait-time.ts';

/** A younger slot is called "not confirmed yet" instead of showing its age, in ms. */
const youngMs = 5_000;

/** A confirmed slot shows the time since its last check from this age on, in ms. */
const checkedMs = 15_000;

/** The age of a slot. */
export interface Age {
  /** As the tile shows it. */
  readonly shown: Message;
  /** As the accessible name says it. */
  readonly spoken: Message;
}

/**
 * Returns the age of a slot that is not confirmed.
 *
 * Returns null for a confirmed slot, for an unknown slot, and while a command for the slot is
 * pending: the result of the command replaces the old state soon.
 */
export function ageOf(view: SlotView, now: number): Age | null {
  const { state, confirmed, pending, checkedAt } = view;
  if (confirmed || pending !== null || state === 'unknown') return null;
  const age = checkedAt === null ? 0 : now - checkedAt;
  if (age < youngMs) {
    return { shown: { key: 'slot.unconfirmed' }, spoken: { key: 'label.notConfirmed' } };
  }
  return {
    // An age is rounded down.
    shown: { key: 'slot.asOf', params: { time: formatClock(Math.floor(age / 1000) * 1000) } },
    spoken: { key: 'label.asOf', params: minutesAndSeconds(age, Math.floor) },
  };
}

/**
 * Returns how long ago a confirmed slot was checked, in steps of ten seconds.
 *
 * Returns null while a feed reports every change, and within the first seconds after a check.
 */
export function checkedAgo(view: SlotView, isLive: boolean, now: number): Message | null {
  const { state, confirmed, checkedAt } = view;
  if (checkedAt === null || isLive || !confirmed || state === 'unknown') return null;
  const age = now - checkedAt;
  if (age < checkedMs) return null;
  return { key: 'slot.checked', params: { s: Math.floor(age / 10_000) * 10 } };
}

/** Returns the shortest text of an age that a tile shows, such as "0:42 ago". */
export function shortAge(shown: Message): Message {
  const { time, s } = shown.params ?? {};
  if (time !== undefined) return { key: 'slot.ago', params: { time } };
  return typeof s === 'number'
    ? { key: 'slot.ago', params: { time: formatClock(s * 1000) } }
    : shown;
}

/** True if a tile shows an age, or will show one as time passes. */
export function showsAge(view: SlotView, isLive: boolean): boolean {
  return view.state !== 'unknown' && view.checkedAt !== null && (!view.confirmed || !isLive);
}
