import type { ValetLot } from './lot.ts';

/** Saves a report. The dialog closes, so that the confirmation in the panel can be seen. */
export function saveReport(lot: ValetLot): void {
  lot.dialog = null;
  void lot.controller.saveReport();
}
