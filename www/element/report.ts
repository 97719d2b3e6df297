import type { ValetPark } from 'valet-park';

/**
 * Returns the text of a report for the developers: the recording of the client as JSON.
 *
 * The recording contains no names, numbers, notes or tokens: the client replaces them.
 */
export function reportOf(park: ValetPark): string {
  return JSON.stringify(park.recording());
}

/** Returns the name of a report file, such as `valet-park-report-2026-11-27.json`. */
export function reportName(date: Date): string {
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  return `valet-park-report-${day}.json`;
}
