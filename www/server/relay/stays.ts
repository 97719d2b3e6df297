import { parseCallEvent, type Answer, type Question } from 'valet-park';
import type { LotReport } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import type { EventFields, Roster } from './roster.ts';

/** A call that waits in a slot. */
export interface Stay {
  readonly slot: number;
  /** The `call_api_id`. */
  readonly call: string;
  /** The extension that parked the call. */
  readonly extension: string;
  /** The caller. Both are empty if the caller is not known. */
  readonly number: string;
  readonly name: string;
  /** In ms since 1970. */
  readonly parkedAt: number;
}

/** A call that was parked or has left its extension. No answer has shown yet where it waits. */
type Candidate = Omit<Stay, 'slot' | 'number' | 'name'>;

/** Gets each change of the stays. */
export interface StayListener {
  /** A call waits. This is called again if the caller is found out later. */
  began(stay: Stay): void;
  /** A call has left. This is called again if the reason is found out later. */
  ended(stay: Stay, reason: LotReport['move'], takenBy: string | null): void;
}

/**
 * The calls that wait in the lot, as far as the relay knows who parked them and when.
 *
 * An answer of the switch contains only a UUID. The relay gets the events of all extensions, so it
 * knows the caller and the time, and tells the panels of the other extensions. A stay begins when a
 * look shows the call in its slot, because an answer to a `park` alone may be wrong.
 */
export class Stays {
  readonly #roster: Roster;
  readonly #now: () => number;
  readonly #listener: StayListener;
  readonly #stays = new Map<number, Stay>();
  /** The slot of each call that waits, by the UUID of the call. */
  readonly #slots = new Map<string, number>();
  /** The candidates by their UUID. The latest ones are last. */
  readonly #candidates = new Map<string, Candidate>();
  /** The latest stay of each slot that is empty, if the reason of its end is not known. */
  readonly #unexplained = new Map<number, { readonly stay: Stay; readonly endedBy: number }>();

  /** `now` returns the time in ms since 1970. */
  constructor(roster: Roster, now: () => number, listener: StayListener) {
    this.#roster = roster;
    this.#now = now;
    this.#listener = listener;
  }

  /** The calls that wait, in no particular order. */
  all(): Stay[] {
    return [...this.#stays.values()];
  }

  /** True if the relay knows which call waits in this slot. */
  has(slot: number): boolean {
    return this.#stays.has(slot);
  }

  /** The name or the number of the caller of a call that waits. Empty if it is not known. */
  callerOf(call: string): string {
    const stay = this.#stayOf(call);
    if (stay === undefined) return '';
    return stay.name === '' ? stay.number : stay.name;
  }

  /** Adds a call that waited before the relay was restarted. It counts when a look shows it. */
  restore({ call, extension, parkedAt }: Candidate): void {
    this.#addCandidate({ call, extension, parkedAt });
  }

  /**
   * Takes in an answer of the switch. `id` is the id of the message about the answer, and `since` the
   * newest id when the question was sent.
   */
  answered(
    { extension, call, slot }: Question,
    answer: Answer,
    { id, since }: { readonly id: number; readonly since: number },
  ): void {
    switch (answer.kind) {
      case 'parked':
        this.#addCandidate({ call, extension, parkedAt: this.#now() });
        if (slot !== undefined && !this.#isIn(slot, call)) this.#endUnexplained(slot, id);
        return;
      case 'bridged':
        if (answer.slot !== null) this.#endBridged(answer.slot, extension, since);
        return;
      case 'held':
        return this.#seen(answer.slot, answer.uuid, id);
      case 'vacant':
        return this.#endUnexplained(answer.slot, id);
      case 'free':
        for (const free of answer.slots) this.#endUnexplained(free, id);
        return;
      case 'refused':
      case 'unclear':
        return;
    }
  }

  /** Takes in a call event that the roster has applied. */
  event(fields: EventFields): void {
    const { type, call, extension } = parseCallEvent(fields);
    if (call === null || extension === null) return;
    // After a park, the extension gets a hang-up. It does so after the end of a call, too.
    if (type === 'hangup' && !this.#candidates.has(uuidOf(call))) {
      this.#addCandidate({ call, extension, parkedAt: this.#now() });
    }
    const stay = this.#stayOf(call);
    if (stay === undefined) {
      if (type.startsWith('dial-')) this.#removeCandidate(call);
      return;
    }
    if (type === 'dial-in' && stay.extension === extension) {
      return this.#end(stay.slot, 'returned', null);
    }
    this.#begin({ ...stay, ...this.#callerOf(stay.call) });
  }

  /** Takes in a call event that came late. It says nothing new, except who calls. */
  callerFound(fields: EventFields): void {
    const { call } = parseCallEvent(fields);
    const stay = call === null ? undefined : this.#stayOf(call);
    if (stay !== undefined) this.#begin({ ...stay, ...this.#callerOf(stay.call) });
  }

  #seen(slot: number, uuid: string, id: number): void {
    if (this.#isIn(slot, uuid)) return;
    this.#endUnexplained(slot, id);
    const candidate = this.#candidates.get(uuidOf(uuid));
    if (candidate === undefined) return;
    const elsewhere = this.#stayOf(uuid);
    if (elsewhere !== undefined) this.#delete(elsewhere);
    this.#begin({ ...candidate, slot, ...this.#callerOf(candidate.call) });
  }

  #begin(stay: Stay): void {
    const known = this.#stays.get(stay.slot);
    this.#unexplained.delete(stay.slot);
    this.#stays.set(stay.slot, stay);
    this.#slots.set(uuidOf(stay.call), stay.slot);
    if (known?.call === stay.call && known.number === stay.number && known.name === stay.name)
      return;
    this.#listener.began(stay);
  }

  #endUnexplained(slot: number, endedBy: number): void {
    const stay = this.#stays.get(slot);
    if (stay === undefined) return;
    this.#unexplained.set(slot, { stay, endedBy });
    this.#end(slot, 'unknown', null);
  }

  /** A list of free slots can arrive before the answer to the bridge that emptied a slot. */
  #endBridged(slot: number, takenBy: string, since: number): void {
    const unexplained = this.#unexplained.get(slot);
    this.#unexplained.delete(slot);
    if (this.#stays.has(slot)) this.#end(slot, 'bridged', takenBy);
    else if (unexplained !== undefined && unexplained.endedBy > since) {
      this.#listener.ended(unexplained.stay, 'bridged', takenBy);
    }
  }

  #end(slot: number, reason: LotReport['move'], takenBy: string | null): void {
    const stay = this.#stays.get(slot);
    if (stay === undefined) return;
    this.#delete(stay);
    this.#removeCandidate(stay.call);
    this.#listener.ended(stay, reason, takenBy);
  }

  #delete({ slot, call }: Stay): void {
    this.#stays.delete(slot);
    this.#slots.delete(uuidOf(call));
  }

  #stayOf(call: string): Stay | undefined {
    const slot = this.#slots.get(uuidOf(call));
    return slot === undefined ? undefined : this.#stays.get(slot);
  }

  #isIn(slot: number, call: string): boolean {
    return this.#slots.get(uuidOf(call)) === slot;
  }

  #addCandidate(candidate: Candidate): void {
    this.#removeCandidate(candidate.call);
    this.#candidates.set(uuidOf(candidate.call), candidate);
    const [oldest] = this.#candidates.keys();
    if (this.#candidates.size > MAX_CANDIDATES && oldest !== undefined) {
      this.#candidates.delete(oldest);
    }
  }

  #removeCandidate(call: string): void {
    this.#candidates.delete(uuidOf(call));
  }

  /** Returns the caller of a call, from the event that says most. */
  #callerOf(call: string): Pick<Stay, 'number' | 'name'> {
    let found = { number: '', name: '' };
    for (const fields of this.#roster.eventsOf(call)) {
      const { direction, caller, called } = parseCallEvent(fields);
      const { number, name } = (direction === 'out' ? called : caller) ?? {};
      if (number == null) continue;
      found = { number, name: name ?? '' };
      if (found.name !== '' && found.name !== number) return found;
    }
    return found;
  }
}

const MAX_CANDIDATES = 1_000;
