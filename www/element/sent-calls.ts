import type { Departure, Party } from 'valet-park';

/** How this page has connected a waiting call, and by which extension. */
export interface Sent {
  /** To whom the call was sent. `us`: our telephone picked it up. */
  readonly to: Party | 'us' | null;
  readonly by: string;
  /** When, in ms since 1970. */
  readonly at: number;
}

/** A later departure of the same call has another cause, in ms. */
const longestMs = 60_000;

/** The most calls that are kept. */
const mostCalls = 500;

/** The calls that the panels of this page have connected, by uuid. A departure does not name the other party. */
const sentCalls = new Map<string, Sent>();

export function noteSent(uuid: string | null | undefined, sent: Sent): void {
  if (!uuid) return;
  sentCalls.set(uuid, sent);
  const [oldest = uuid] = sentCalls.keys();
  if (sentCalls.size > mostCalls) sentCalls.delete(oldest);
}

/** Forgets a call that was not connected after all. */
export function forgetSent(uuid: string | null): void {
  sentCalls.delete(uuid ?? '');
}

/** Returns how this page connected the call of a departure; null if this page did not connect the call. */
export function sentOf({ uuid, reason, at }: Departure): Sent | null {
  const sent = sentCalls.get(uuid);
  if (sent === undefined || reason !== 'bridged') return null;
  return Math.abs(at - sent.at) < longestMs ? sent : null;
}
