import { sameCall, type Answer, type Question } from 'valet-park';
import type { JournalChange, Log } from '../feed/log.ts';
import { noteMessage } from '../feed/message.ts';
import type { Departure, JournalRow } from './journal-row.ts';

/** How much of the past a journal keeps. */
export interface JournalOptions {
  /** The number of departures that are kept. 0 keeps none. Default 500. */
  readonly departures?: number;
  /** How long a departure is kept, in ms. 0 keeps none. Default 24 hours. */
  readonly keptMs?: number;
  /** Returns the time in ms since 1970. Default: the clock of the machine. */
  readonly now?: () => number;
}

/** A call that entered a slot. */
export interface Arrival extends Partial<CallerName> {
  readonly slot: number;
  /** The `call_api_id` or the UUID. */
  readonly call: string;
  /** The extension that parked the call. */
  readonly extension?: string | null;
  /** When the call was parked, in ms since 1970. Default: now. */
  readonly at?: number;
}

/** The number and the name of a caller. */
export interface CallerName {
  readonly number: string;
  readonly name: string;
}

/** A new note. A field that is missing stays as it is. */
export interface Note {
  readonly slot: number;
  readonly call: string;
  readonly note?: string | null | undefined;
  readonly forWhom?: string | null | undefined;
  /** The extension that writes the note. */
  readonly by: string;
}

/**
 * The journal of one lot: who parked which call when, the notes, and how the calls left.
 *
 * The methods `parked`, `left`, `named` and `answered` return a change for `log.append`, so that an
 * entry and its change are stored in one step. Without an entry, pass the change to `change`.
 */
export class Journal {
  readonly #log: Log;
  readonly #departures: number;
  readonly #keptMs: number;
  readonly #now: () => number;
  /** The rows that have left and are not kept, by the name of their stay. */
  readonly #unkept = new Map<string, JournalRow>();

  constructor(log: Log, options: JournalOptions = {}) {
    const { departures = 500, keptMs = 86_400_000, now = Date.now } = options;
    this.#log = log;
    this.#departures = departures;
    this.#keptMs = keptMs;
    this.#now = now;
  }

  /** A call entered a slot. A call that was in this slot, or this call in another slot, left. */
  parked(arrival: Arrival): JournalChange {
    const { slot, call, at = this.#now() } = arrival;
    const { extension = null, number = '', name = '' } = arrival;
    const inSlot = this.#rows.waitingIn(slot);
    const ofCall = this.#rows.waitingFor(call);
    const known = inSlot === ofCall ? inSlot : undefined;
    const others = known === undefined ? [inSlot, ofCall].filter((row) => row !== undefined) : [];
    const gone = others.map((row) => departed(row, { at, reason: 'unknown', takenBy: null }));
    if (known === undefined) {
      const caller = { extension, number, name };
      const notes = { note: null, forWhom: null, notedBy: null, departure: null };
      const stay = `${at}-${slot}-${call}`;
      return this.#put([
        ...gone,
        { stay, changed: 0, slot, call, parkedAt: at, ...caller, ...notes },
      ]);
    }
    const better = {
      ...known,
      call: call.length > known.call.length ? call : known.call, // A `call_api_id` contains the UUID.
      extension: known.extension ?? extension,
      number: known.number || number,
      name: known.name || name,
    };
    return this.#put(isEqual(better, known) ? [] : [better]);
  }

  /** A call entered a slot, or left it at the time and to the extension in `how`. */
  moved(
    arrival: Arrival,
    move: 'parked' | Departure['reason'],
    how: Omit<Departure, 'reason'>,
  ): JournalChange {
    if (move === 'parked') return this.parked(arrival);
    const { slot, call } = arrival;
    return this.left({ slot, call }, { ...how, reason: move });
  }

  /**
   * The call in a slot left. With `call`, only if it is this call. If the call has left for an unknown
   * reason before, the reason becomes known.
   */
  left(from: { readonly slot?: number; readonly call?: string }, how: Departure): JournalChange {
    const { slot, call } = from;
    const inSlot = slot === undefined ? undefined : this.#rows.waitingIn(slot);
    const row = call === undefined ? inSlot : this.#rows.waitingFor(call);
    if (row !== undefined && (slot === undefined || row.slot === slot)) {
      return this.#put([departed(row, how)]);
    }
    const isOfCall = (one: JournalRow) => call !== undefined && sameCall(one.call, call);
    return this.#put(row === undefined ? this.#explained(slot, isOfCall, how) : []);
  }

  /** The caller of a parked call became known. */
  named(call: string, { number, name }: CallerName): JournalChange {
    const row = this.#rows.waitingFor(call);
    if (row === undefined || (row.number !== '' && row.name !== '')) return this.#put([]);
    return this.#put([{ ...row, number: row.number || number, name: row.name || name }]);
  }

  /**
   * The switch answered a question that was asked at `askedAt`, in ms. The answer says nothing about
   * calls that were parked later.
   */
  answered(
    question: Question,
    answer: Answer,
    askedAt: number,
    caller?: CallerName,
  ): JournalChange {
    const { call, extension } = question;
    const leave = (slots: readonly number[], how: Departure) => {
      const gone = slots.flatMap((slot) => {
        const row = this.#rows.waitingIn(slot);
        const isLate = (one: JournalRow) => departedAt(one) >= askedAt;
        if (row === undefined) return this.#explained(slot, isLate, how);
        return row.parkedAt < askedAt ? [departed(row, how)] : [];
      });
      return this.#put(gone);
    };
    const unknown = { at: this.#now(), reason: 'unknown', takenBy: null } as const;
    switch (answer.kind) {
      case 'parked':
        if (answer.slot === null) return {};
        return this.parked({ slot: answer.slot, call, extension, ...caller });
      case 'bridged':
        return leave(answer.slot === null ? [] : [answer.slot], {
          ...unknown,
          reason: 'bridged',
          takenBy: extension,
        });
      case 'held': {
        const { slot, uuid } = answer;
        const present = this.#rows.waitingIn(slot);
        if (present !== undefined && present.parkedAt >= askedAt) return {};
        return this.parked({ slot, call: uuid });
      }
      case 'vacant':
        return leave([answer.slot], unknown);
      case 'free':
        return leave(answer.slots, unknown);
      case 'refused':
      case 'unclear':
        return {};
    }
  }

  /** Stores a change that belongs to no entry. */
  async change(change: JournalChange): Promise<void> {
    if (isEmpty(change)) return;
    await this.#log.journal.change(change);
  }

  /**
   * Writes a note, and tells it to all subscribers. Returns the id of the message. Returns null, and
   * does nothing, if the journal does not know that the call waits in the slot.
   */
  async annotate({ slot, call, note, forWhom, by }: Note): Promise<number | null> {
    const row = this.#rows.waitingIn(slot);
    if (row === undefined || !sameCall(row.call, call)) return null;
    const noted = {
      ...row,
      note: note === undefined ? row.note : note,
      forWhom: forWhom === undefined ? row.forWhom : forWhom,
      notedBy: by,
    };
    const entry = { extension: null, text: noteMessage(noted) };
    return this.#log.append(entry, { journal: this.#put([noted]) });
  }

  /** The rows that changed after the change with the number `after`, in the order of the changes. */
  rows(after = 0): JournalRow[] {
    const { remove = [] } = this.#put([]);
    return this.#rows
      .all()
      .filter(({ stay, changed }) => changed > after && !remove.includes(stay))
      .sort((one, other) => one.changed - other.changed);
  }

  /** The rows of the calls that wait. */
  waiting(): readonly JournalRow[] {
    return this.#rows.waiting();
  }

  /** The row of the call that waits in a slot. */
  waitingIn(slot: number): JournalRow | undefined {
    return this.#rows.waitingIn(slot);
  }

  /**
   * Calls `listener` with each row that changes: of a call that waits, or that has left. `listener`
   * also gets the rows that the journal does not keep. Returns a function that removes the listener.
   */
  watch(listener: (row: JournalRow) => void): () => void {
    return this.#rows.watch((row, isRemoved) => {
      const left = this.#unkept.get(row.stay);
      this.#unkept.delete(row.stay);
      if (!isRemoved) listener(row);
      else if (left !== undefined) listener(left);
    });
  }

  /** The messages about all notes of calls that wait, for the beginning of a feed. */
  notes(): string[] {
    return this.#rows.waiting().filter(hasNote).map(noteMessage);
  }

  /** Removes the departures that are too old. Call it from time to time. */
  async prune(): Promise<void> {
    await this.change(this.#put([]));
  }

  /**
   * Removes the rows with a number, also of calls that wait, and all kept messages of the feed, which
   * may contain the number. Subscribers that are behind get a `reset`. Returns the number of rows.
   */
  async forget(number: string): Promise<number> {
    const digits = digitsOf(number);
    const found = this.#rows.all().filter((row) => digitsOf(row.number) === digits);
    if (digits === '' || found.length === 0) return 0;
    await this.#log.journal.change({ remove: found.map(({ stay }) => stay) });
    await this.#log.removeEntries();
    return found.length;
  }

  get #rows() {
    return this.#log.journal.table;
  }

  /** Returns the latest departure from a slot with its reason, if `how` tells the reason now. */
  #explained(
    slot: number | undefined,
    isMeant: (row: JournalRow) => boolean,
    how: Departure,
  ): JournalRow[] {
    if (how.reason === 'unknown') return [];
    let latest: JournalRow | undefined;
    for (const row of this.#rows.departed()) if (row.slot === slot) latest = row;
    if (latest?.departure?.reason !== 'unknown' || !isMeant(latest)) return [];
    return [departed(latest, { ...how, at: latest.departure.at })];
  }

  /** Returns the change that puts rows, and removes the departures that are too old or too many. */
  #put(rows: readonly JournalRow[]): JournalChange {
    const now = this.#now();
    let changed = Math.max(this.#rows.latestChange, now - 1);
    const put = rows.map((row) => ({ ...row, changed: (changed += 1) }));
    const left = put.filter(({ departure }) => departure !== null);
    const known = this.#rows.departures;
    let excess = known + left.length - this.#departures;
    const remove: string[] = [];
    // The earliest departures come first.
    for (const row of chain(this.#rows.departed(), left)) {
      if (excess <= 0 && now - departedAt(row) < this.#keptMs) break;
      remove.push(row.stay);
      excess -= 1;
    }
    for (const row of left) if (remove.includes(row.stay)) this.#unkept.set(row.stay, row);
    const [oldest] = this.#unkept.keys();
    if (oldest !== undefined && this.#unkept.size > MAX_UNKEPT) this.#unkept.delete(oldest);
    return { put: put.filter(({ stay }) => !remove.includes(stay)), remove };
  }
}

/** Enough for the rows between a change and the message that the log has stored it. */
const MAX_UNKEPT = 1_000;

function* chain<T>(...lists: readonly Iterable<T>[]): Iterable<T> {
  for (const list of lists) yield* list;
}

function departed(row: JournalRow, departure: Departure): JournalRow {
  return { ...row, departure };
}

function departedAt({ departure }: JournalRow): number {
  return departure?.at ?? Infinity;
}

function hasNote({ note, forWhom }: JournalRow): boolean {
  return note !== null || forWhom !== null;
}

function isEqual(one: JournalRow, other: JournalRow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isEmpty({ put = [], remove = [] }: JournalChange): boolean {
  return put.length === 0 && remove.length === 0;
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}
