import type { Panel } from './panel.ts';

/** Saves a report. The dialog closes, so that the confirmation in the panel can be seen. */
export function saveReport(lot: Panel): void {
  lot.dialog = null;
  void lot.controller.saveReport();
}
