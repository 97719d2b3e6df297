import type { Message, Params } from './messages.ts';

/**
 * Formats a duration as `m:ss`, or as `h:mm:ss` from an hour on. All languages use this format.
 *
 * Seconds are rounded up: a running countdown shows 0:01 until its end and never 0:00.
 */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/**
 * Returns the placeholders `m` and `s` for a sentence that is read aloud, in steps of ten seconds.
 *
 * Some screen readers read an accessible name again each time it changes. A name that changed every
 * second would be read every second.
 */
export function minutesAndSeconds(ms: number, round = Math.ceil): Params {
  const seconds = Math.max(10, round(ms / 10_000) * 10);
  return { m: Math.floor(seconds / 60), s: seconds % 60 };
}

/** Below this time only the seconds are shown, in larger digits, in ms. */
const secondsOnlyMs = 30_000;

/** Formats the time until a return: as `m:ss`, and as seconds alone in the last 30 seconds. */
export function formatCountdown(ms: number): string {
  return ms > secondsOnlyMs ? formatClock(ms) : String(Math.max(0, Math.ceil(ms / 1000)));
}

/** How long a call has waited or may still wait, as a tile shows it. */
export interface WaitTime {
  /** The countdown, or a short text in its place. */
  readonly digits: string | Message;
  /** The same, to be read aloud. */
  readonly sentence: Message;
  /** The part of the waiting time that is left, from 1 to 0. Null without a deadline. */
  readonly fractionLeft: number | null;
}

/** The times of a waiting call. `remaining` is in ms, the others in ms since 1970. */
export interface WaitState {
  readonly remaining: number | null;
  readonly heldSince: number | null;
  readonly returnsAt: number | null;
  readonly exact: boolean;
  readonly returning: boolean;
}

/**
 * Describes how long a call waits. Returns null if no time is known.
 *
 * After its deadline a call is described as returning.
 */
export function waitTime(wait: WaitState, now: number): WaitTime | null {
  const { remaining, heldSince, returnsAt, exact, returning } = wait;
  if (returning || (remaining !== null && remaining <= 0)) {
    return {
      digits: { key: 'slot.returning' },
      sentence: { key: 'left.returning' },
      fractionLeft: null,
    };
  }
  if (remaining !== null) {
    const time = formatCountdown(remaining);
    const whole = returnsAt !== null && heldSince !== null ? returnsAt - heldSince : 0;
    return {
      digits: exact ? time : { key: 'slot.within', params: { time } },
      sentence: {
        key: exact ? 'left.exact' : 'left.within',
        params: minutesAndSeconds(remaining),
      },
      fractionLeft: whole > 0 ? Math.min(1, remaining / whole) : null,
    };
  }
  if (heldSince === null) return null;
  const waited = Math.max(0, now - heldSince);
  return {
    digits: { key: 'slot.waiting', params: { time: formatClock(waited) } },
    sentence: { key: 'left.waiting', params: minutesAndSeconds(waited, Math.floor) },
    fractionLeft: null,
  };
}
