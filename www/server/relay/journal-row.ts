/** One stay of a call in a slot, as the journal keeps it. */
export interface JournalRow {
  /** The name of the stay. No two stays have the same name. */
  readonly stay: string;
  /** The number of the last change of this row. A later change of any row has a greater number. */
  readonly changed: number;
  readonly slot: number;
  /** The `call_api_id` of the call, or its UUID if only the UUID is known. */
  readonly call: string;
  /** The extension that parked the call. Null if it is not known. */
  readonly extension: string | null;
  /** The caller. Both are empty if the caller is not known. */
  readonly number: string;
  readonly name: string;
  /** When the call was parked, in ms since 1970. */
  readonly parkedAt: number;
  readonly note: string | null;
  /** For whom the call waits. */
  readonly forWhom: string | null;
  /** The extension that wrote the note. Null without a note. */
  readonly notedBy: string | null;
  /** How the call left. Null while the call waits. */
  readonly departure: Departure | null;
}

/** How a call left its slot. */
export interface Departure {
  /** In ms since 1970. */
  readonly at: number;
  readonly reason: 'bridged' | 'returned' | 'abandoned' | 'unknown';
  /** The extension that took the call. Null if it is not known, or if no extension did. */
  readonly takenBy: string | null;
}
