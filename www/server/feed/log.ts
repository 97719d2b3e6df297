import type { SharedAccess } from '../access/shared.ts';
import type { Reply } from '../http/reply.ts';
import type { JournalRow } from '../relay/journal-row.ts';
import type { JournalTable } from './journal-table.ts';
import type { Lease } from './lease.ts';

/** One entry of the log: a message of the feed. */
export interface LogEntry {
  /** The id of the extension whose subscribers get the entry. Null for all subscribers of the lot. */
  readonly extension: string | null;
  /** A server-sent event without its `id` line. */
  readonly text: string;
}

/** An entry with its place in the log. */
export interface StoredEntry extends LogEntry {
  readonly id: number;
  /** The id of the entry before. The ids in between do not exist. */
  readonly previous: number;
  /** True if another relay has appended the entry. */
  readonly isForeign?: boolean;
}

/** The fence of an entry. */
export interface Fence {
  /** The fence of the asker. A log that several relays share refuses an older fence. */
  readonly fence?: number;
}

/** The options of `append`. */
export interface AppendOptions extends Fence {
  /** A name of the entry. A second entry with the same name within ten minutes is not appended. */
  readonly dedupe?: string;
  /** A change of the journal, made in the same step. */
  readonly journal?: JournalChange;
}

/**
 * The log of one lot: the order of everything that the subscribers of the feed get.
 *
 * The log also holds what must survive with it: the keys of commands, and the journal.
 *
 * An id is the greatest of the id before plus one, and the time in ms. So ids increase for ever, also
 * over restarts, and have gaps.
 */
export interface Log {
  /**
   * Appends an entry. The order of the calls is the order of the ids.
   *
   * Resolves to the id when the driver has stored the entry, and the entry can be read. Resolves to
   * null if an entry with the same `dedupe` exists. In a log of one process, an entry can be read from
   * the call on. So `latest` is its id in the same turn.
   *
   * @throws StaleFenceError if another relay has a newer fence.
   */
  append(entry: LogEntry, options?: AppendOptions): Promise<number | null>;
  /**
   * Returns the entries after an id, oldest first.
   *
   * Returns `gap` if the log does not have the entry with this id, and the id is not `edge`. An id
   * that never existed is a gap, too.
   */
  read(after: number): readonly StoredEntry[] | 'gap';
  /** The id of the newest entry. Before the first entry: an id below all ids to come. */
  readonly latest: number;
  /** The id before the oldest entry that the log still has. `read(edge)` returns all entries. */
  readonly edge: number;
  /** Calls `listener` after entries were added. Returns a function that removes the listener. */
  watch(listener: () => void): () => void;
  /**
   * Calls `listener` for each new entry, in the order of the ids, before the watchers. The listener also
   * gets entries of other relays that came while this relay was alone. Returns a function that removes
   * the listener.
   */
  follow(listener: (entry: StoredEntry) => void): () => void;
  /** Which relay asks the switch. Undefined for a log of one process, whose relay always asks. */
  readonly lease?: Lease;
  /** The access that several relays share. Undefined for a log of one process. */
  readonly access?: SharedAccess;
  /** The commands of the last ten minutes. */
  readonly keys: KeyStore;
  /** The rows of the journal. */
  readonly journal: JournalRows;
  /** Whether the driver can store. A log that cannot store goes on in memory. */
  readonly health: LogHealth;
  /** Removes all entries, also from the storage. Every reader that is behind finds a gap. */
  removeEntries(): Promise<void>;
  /** Stores what is not stored yet, and closes the log. Idempotent. */
  close(): Promise<void>;
}

/** The health of a log. `problem` is a sentence for the administrator. Null if `ok` is true. */
export interface LogHealth {
  readonly ok: boolean;
  readonly problem: string | null;
}

/** A command with a key. */
export interface KeyRecord {
  /** A digest of the request. */
  readonly request: string;
  /** The answer. Null if the request was sent and its answer is not known. */
  readonly reply: Reply | null;
}

/** The commands that were sent, by name. A record is kept for ten minutes after its last change. */
export interface KeyStore {
  /**
   * Stores that a request is about to be sent. Resolves to null when the driver has stored it. If the
   * name is known, changes nothing and resolves to the known record.
   */
  claim(name: string, request: string): Promise<KeyRecord | null>;
  /** Stores the answer to a request. Does nothing if the name is not known. */
  answer(name: string, reply: Reply): Promise<void>;
}

/** A change of the journal. */
export interface JournalChange {
  /** Rows to add. A row with a known `stay` replaces that row. */
  readonly put?: readonly JournalRow[];
  /** The `stay` of each row to remove. */
  readonly remove?: readonly string[];
}

/** The stored rows of the journal. */
export interface JournalRows {
  /** The rows. Change them with `change` only. */
  readonly table: Omit<JournalTable, 'change' | 'clear'>;
  /** Changes rows. Resolves when the driver has stored the change. */
  change(change: JournalChange): Promise<void>;
}
