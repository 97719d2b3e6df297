import type { ValetError } from './error.js';
import type { Departure, SlotView, Snapshot } from './views.js';

/** The events of a `ValetPark`, for `on`. */
export interface ValetParkEvents {
  /** The snapshot changed. A burst of changes causes one event. */
  change: Snapshot;
  /** A call waits in this slot, and the client did not know it there before. */
  parked: SlotView;
  /** A call left its slot. A second event follows if the client learns the reason later. */
  departed: Departure;
  /** The waiting call returns to its extension in `leftMs`: 60, 30 and 10 seconds before. */
  due: { readonly view: SlotView; readonly leftMs: 60_000 | 30_000 | 10_000 };
  /** An error in the background. The error of a command rejects its promise instead. */
  trouble: ValetError;
}
