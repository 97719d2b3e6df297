import type { Departure } from 'valet-park';

/** The departures of one day, newest first, and what they add up to. */
export interface HistoryDay {
  /** The beginning of the day in the time zone of the browser, in ms since 1970. */
  readonly start: number;
  readonly departures: readonly Departure[];
  /** The average waiting time, in ms. */
  readonly averageWaitMs: number;
  /** The share of the calls that returned to the extension that parked them, from 0 to 1. */
  readonly returnedShare: number;
}

/** Groups departures by the day on which the calls left. The newest day is first. */
export function daysOf(departures: readonly Departure[]): readonly HistoryDay[] {
  const days = new Map<number, Departure[]>();
  for (const departure of departures) {
    const start = new Date(departure.at).setHours(0, 0, 0, 0);
    const day = days.get(start) ?? [];
    day.push(departure);
    days.set(start, day);
  }
  return [...days].sort(([a], [b]) => b - a).map(([start, all]) => dayOf(start, all));
}

function dayOf(start: number, departures: readonly Departure[]): HistoryDay {
  const waited = departures.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  const returned = departures.filter(({ reason }) => reason === 'returned').length;
  return {
    ...{ start, departures },
    averageWaitMs: waited / departures.length,
    returnedShare: returned / departures.length,
  };
}
