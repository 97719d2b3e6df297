import type { Departure } from 'valet-park';
import { knownWait } from './known-wait.ts';

/** The departures of one day, newest first, and what they add up to. */
export interface HistoryDay {
  /** The beginning of the day in the time zone of the browser, in ms since 1970. */
  readonly start: number;
  readonly departures: readonly Departure[];
  /** The average of the known waiting times, in ms. */
  readonly averageWaitMs: number;
  /** The share of the calls that returned to the extension that parked them, from 0 to 1. */
  readonly returnedShare: number;
}

/**
 * Groups departures by the day on which the calls left. The newest day is first. `longestMs` is the longest
 * time that a call can wait.
 */
export function daysOf(departures: readonly Departure[], longestMs: number): readonly HistoryDay[] {
  const days = new Map<number, Departure[]>();
  for (const departure of departures) {
    const start = new Date(departure.at).setHours(0, 0, 0, 0);
    const day = days.get(start) ?? [];
    day.push(departure);
    days.set(start, day);
  }
  return [...days].sort(([a], [b]) => b - a).map(([start, all]) => dayOf(start, all, longestMs));
}

function dayOf(start: number, departures: readonly Departure[], longestMs: number): HistoryDay {
  const waits = departures.map((each) => knownWait(each, longestMs)).filter((ms) => ms !== null);
  const returned = departures.filter(({ reason }) => reason === 'returned').length;
  return {
    ...{ start, departures },
    averageWaitMs: waits.reduce((sum, ms) => sum + ms, 0) / Math.max(1, waits.length),
    returnedShare: returned / departures.length,
  };
}
