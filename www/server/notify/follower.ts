import type { JournalRow } from '../relay/journal-row.ts';
import type { Journal } from '../relay/journal.ts';
import type { WakeIn } from '../relay/timers.ts';
import { eventOf, type NotifyEvent, type NotifyType } from './event.ts';

/** A lot whose journal is followed. */
export interface FollowedLot {
  /** The name of the lot. */
  readonly lot: string;
  readonly journal: Journal;
  /** How long a call may wait, in ms. 0 means for ever. */
  readonly patienceMs: number;
  /** Returns the time of the lot, in ms since 1970. */
  readonly now: () => number;
  /** Timers on the clock of the lot. */
  readonly wakeIn: WakeIn;
  readonly nameOf: (extension: string) => string;
}

/** The parts that `Follower` uses. */
export interface FollowerParts extends FollowedLot {
  /**
   * True if this process sends the notifications of the lot. If several relays share a lot, all of
   * them follow the journal, and only the relay that asks the switch sends. An id depends on the event
   * only, so a receiver knows a notification that two relays send while the asker changes.
   */
  readonly isSender: () => boolean;
  readonly emit: (event: NotifyEvent) => void;
}

/** A call that waits in a slot. */
interface Stay {
  row: JournalRow;
  /** True if `parked` was sent. */
  isTold: boolean;
  /** Cancels the timers. */
  readonly cancels: (() => void)[];
}

/** Turns the changes of a journal into the events of the notifications. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #stays = new Map<number, Stay>();
  readonly #stop: () => void;

  /** Calls that wait already are not told as `parked`. */
  constructor(parts: FollowerParts) {
    this.#parts = parts;
    for (const row of parts.journal.waiting()) this.#start(row, true);
    this.#stop = parts.journal.watch((row) => {
      if (row.departure === null) this.#waits(row);
      else this.#left(row);
    });
  }

  close(): void {
    this.#stop();
    for (const stay of this.#stays.values()) cancelTimers(stay);
    this.#stays.clear();
  }

  #waits(row: JournalRow): void {
    const known = this.#stays.get(row.slot);
    const isNew = known?.row.stay !== row.stay;
    if (isNew && known !== undefined) cancelTimers(known);
    const stay = isNew ? this.#start(row, false) : known;
    stay.row = row;
    if (stay.isTold) return;
    if (row.number !== '') this.#tellParked(stay);
    // A call event may tell the caller within a moment.
    else if (isNew) stay.cancels.push(this.#parts.wakeIn(SETTLE_MS, () => this.#tellParked(stay)));
  }

  #left(row: JournalRow): void {
    const known = this.#stays.get(row.slot);
    // A log that reads its rows again repeats departures that were told.
    if (known?.row.stay !== row.stay) return;
    cancelTimers(known);
    this.#stays.delete(row.slot);
    this.#tellParked(known);
    const { at, reason } = row.departure ?? { at: this.#parts.now(), reason: 'unknown' };
    this.#tell(reason === 'unknown' ? 'left' : reason, row, at);
  }

  #start(row: JournalRow, isTold: boolean): Stay {
    const { patienceMs, now, wakeIn } = this.#parts;
    const stay: Stay = { row, isTold, cancels: [] };
    this.#stays.set(row.slot, stay);
    const beforeMs = Math.min(DUE_BEFORE_MS, patienceMs / 2);
    const dueInMs = row.parkedAt + patienceMs - beforeMs - now();
    // After a restart, a call that was due already was told as `due` before.
    if (patienceMs > 0 && dueInMs > 0) {
      stay.cancels.push(wakeIn(dueInMs, () => this.#tellDue(stay, beforeMs)));
    }
    return stay;
  }

  #tellParked(stay: Stay): void {
    if (stay.isTold) return;
    stay.isTold = true;
    this.#tell('parked', stay.row, stay.row.parkedAt);
  }

  #tellDue(stay: Stay, returnsInMs: number): void {
    const { journal, now } = this.#parts;
    // A switch that restarts forgets its calls without a message.
    if (journal.waitingIn(stay.row.slot)?.stay !== stay.row.stay) return;
    this.#tell('due', stay.row, now(), returnsInMs);
  }

  #tell(type: NotifyType, row: JournalRow, at: number, returnsInMs?: number): void {
    const { lot, nameOf, isSender, emit } = this.#parts;
    if (!isSender()) return;
    const more = returnsInMs === undefined ? {} : { returnsInMs };
    emit(eventOf(type, row, { lot, nameOf, at, ...more }));
  }
}

function cancelTimers({ cancels }: Stay): void {
  for (const cancel of cancels.splice(0)) cancel();
}

/** How long before the return of a call `due` is sent. */
const DUE_BEFORE_MS = 60_000;
/** How long `parked` waits for the number of the caller. */
const SETTLE_MS = 2_000;
