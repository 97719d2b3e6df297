import { createHash } from 'node:crypto';
import type { JournalRow } from '../relay/journal-row.ts';

/**
 * The kinds of events of a call in a slot. `due`: the call returns soon. `left`: the call is gone, and
 * the cause is not known.
 */
export type NotifyType = 'parked' | 'due' | 'returned' | 'bridged' | 'abandoned' | 'left';

/** An extension and its name. The name is the id if no other name is known. */
export interface NamedExtension {
  readonly id: string;
  readonly name: string;
}

/** The body of a notification in the format `json`. */
export interface Notification {
  readonly type: NotifyType;
  /** When it happened, in ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    /** The name of the lot. */
    readonly lot: string;
    /** The same for all notifications about one stay of a call in a slot. */
    readonly stay: string;
    readonly slot: number;
    /** Both are empty if the caller is not known. */
    readonly caller: { readonly number: string; readonly name: string };
    /** Null if it is not known. */
    readonly parkedBy: NamedExtension | null;
    readonly parkedAt: string;
    /** How long the call has waited, in whole seconds. */
    readonly waited: number;
    /** For whom the call waits, as a person wrote it. */
    readonly forWhom: string | null;
    readonly note: string | null;
    /** The extension that took the call. Null unless `type` is `bridged`, or if it is not known. */
    readonly takenBy: NamedExtension | null;
    /** In how many seconds the call returns. Null unless `type` is `due`. */
    readonly returnsIn: number | null;
  };
}

/** A notification with its id. Each event of each stay has its own id, also over restarts. */
export interface NotifyEvent {
  readonly id: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly notification: Notification;
}

/** The content of a notification beside the row of the journal. */
export interface EventContext {
  readonly lot: string;
  readonly nameOf: (extension: string) => string;
  /** In ms since 1970. */
  readonly at: number;
  readonly returnsInMs?: number;
}

/** Creates the notification about a row of the journal. */
export function eventOf(type: NotifyType, row: JournalRow, context: EventContext): NotifyEvent {
  const { lot, nameOf, at, returnsInMs } = context;
  const stay = shortDigest(`${lot} ${row.stay}`);
  const named = (id: string | null) => (id === null ? null : { id, name: nameOf(id) });
  return {
    id: `${type}_${stay}`,
    at,
    notification: {
      type,
      timestamp: new Date(at).toISOString(),
      data: {
        lot,
        stay,
        slot: row.slot,
        caller: { number: row.number, name: row.name },
        parkedBy: named(row.extension),
        parkedAt: new Date(row.parkedAt).toISOString(),
        waited: Math.max(Math.round((at - row.parkedAt) / 1_000), 0),
        forWhom: row.forWhom,
        note: row.note,
        takenBy: type === 'bridged' ? named(row.departure?.takenBy ?? null) : null,
        returnsIn: returnsInMs === undefined ? null : Math.round(returnsInMs / 1_000),
      },
    },
  };
}

/** The name of a stay contains the id of the call, with which the call could be controlled. */
function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 24);
}
