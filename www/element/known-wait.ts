import type { SyncView } from 'valet-park';

/** A call may wait longer than the patience by this time, in ms. */
const slackMs = 5_000;

/** Returns the longest time that a call can have waited, in ms. Infinity if that is not known. */
export function longestWait({ patience }: Pick<SyncView, 'patience'>): number {
  const patienceMs = patience.seenMs ?? patience.toldMs;
  return patienceMs === 0 ? Infinity : patienceMs + slackMs;
}

/**
 * Returns how long a call waited, in ms. Null if the time is longer than a call can wait: then the panel
 * was not connected when the call left, and noticed that later.
 */
export function knownWait(
  { waitedMs }: { readonly waitedMs: number },
  longestMs: number,
): number | null {
  return waitedMs > longestMs ? null : waitedMs;
}
