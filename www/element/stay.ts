import type { Message, Params } from './messages.ts';

/**
 * `m:ss`, or `h:mm:ss` from an hour on; the same in every language.
 *
 * Rounded up, so that a countdown says 0:01 until the very end and never 0:00 while it runs.
 */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/**
 * Minutes and seconds for a sentence that is read aloud, in steps of ten seconds.
 *
 * A name that changed with every second would be read out with every second by some screen
 * readers, for as long as its tile has the focus.
 */
export function minutesAndSeconds(ms: number, round = Math.ceil): Params {
  const seconds = Math.max(10, round(ms / 10_000) * 10);
  return { m: Math.floor(seconds / 60), s: seconds % 60 };
}

/** A stay as a board shows it: the digits, the sentence, and how much of the patience is left. */
export interface Stay {
  readonly digits: string | Message;
  readonly sentence: Message;
  /** From 1, just parked, to 0, about to return; null where nothing runs out. */
  readonly share: number | null;
}

/** What to say of the time a call has waited and may still wait. */
export interface Waiting {
  readonly remaining: number | null;
  readonly heldSince: number | null;
  readonly returnsAt: number | null;
  readonly exact: boolean;
  readonly returning: boolean;
}

/** Puts a stay into words. Past its end it is returning, whatever the digits would say. */
export function stay(waiting: Waiting, now: number): Stay | null {
  const { remaining, heldSince, returnsAt, exact, returning } = waiting;
  if (returning || (remaining !== null && remaining <= 0)) {
    return { digits: { key: 'slot.returning' }, sentence: { key: 'left.returning' }, share: null };
  }
  if (remaining !== null) {
    const time = clockText(remaining);
    const whole = returnsAt !== null && heldSince !== null ? returnsAt - heldSince : 0;
    return {
      digits: exact ? time : { key: 'slot.within', params: { time } },
      sentence: {
        key: exact ? 'left.exact' : 'left.within',
        params: minutesAndSeconds(remaining),
      },
      share: whole > 0 ? Math.min(1, remaining / whole) : null,
    };
  }
  if (heldSince === null) return null;
  const waited = Math.max(0, now - heldSince);
  return {
    digits: { key: 'slot.waiting', params: { time: clockText(waited) } },
    sentence: { key: 'left.waiting', params: minutesAndSeconds(waited, Math.floor) },
    share: null,
  };
}
