import { parseCallEvent } from 'valet-park';
import { uuidOf } from '../call-uuid.ts';

/** The fields of a call event. All values are text. */
export type EventFields = Readonly<Record<string, string>>;

/** A call at one extension. */
export interface RosterCall {
  /** The `call_api_id`. */
  readonly call: string;
  readonly uuid: string;
  readonly extension: string;
  /** The events so far, oldest first. The list starts again when the call rings again. */
  readonly events: readonly EventFields[];
  /** False after a `hangup`. A parked call is not live either. */
  readonly isLive: boolean;
}

interface Entry extends RosterCall {
  events: readonly EventFields[];
  isLive: boolean;
  /** The time of the latest event on the clock of the switch, in µs. 0 if it is not known. */
  latestUs: number;
  /** When the latest event arrived, in ms. */
  heardAt: number;
}

/**
 * The effect of an event on its call. `late`: the state of the call stays, because later events are known. `none`:
 * the event is a repetition, or names no call.
 */
export type RosterChange = 'changed' | 'late' | 'none';

/**
 * The calls of the whole company, as call events and lists of calls tell of them: which extension has
 * which call.
 *
 * A call that has ended is kept for half an hour, because an extension may ask with a call that it
 * has parked.
 */
export class Roster {
  readonly #now: () => number;
  /** The calls by their UUID, and then by their extension. The latest calls are last. */
  readonly #calls = new Map<string, Map<string, Entry>>();

  /** `now` returns the time in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes in a call event. */
  apply(fields: EventFields): RosterChange {
    const { call, extension, type } = parseCallEvent(fields);
    if (extension === null || call === null) return 'none';
    const entry = this.#entryOf(call, extension);
    const atUs = timeOf(fields);
    if (entry.events.some((one) => isRepetition(one, fields))) return 'none';
    if (atUs !== 0 && atUs < entry.latestUs) {
      entry.events = inOrder([...entry.events, fields]).slice(-MAX_EVENTS);
      return 'late';
    }
    entry.latestUs = atUs;
    entry.heardAt = this.#now();
    if (type === 'dial-in' || type === 'dial-out') entry.events = [];
    entry.isLive = type !== 'hangup';
    entry.events = [...entry.events, fields].slice(-MAX_EVENTS);
    this.#forgetOld();
    return 'changed';
  }

  /** The live calls of an extension, oldest first. */
  liveCalls(extension: string): RosterCall[] {
    return this.#all().filter((call) => call.isLive && call.extension === extension);
  }

  /** The live calls of which the latest event arrived before `at`. */
  liveCallsHeardBefore(at: number): RosterCall[] {
    return this.#all().filter((call) => call.isLive && call.heardAt < at);
  }

  /** True if the call is live at the extension. */
  isLive(call: string, extension: string): boolean {
    return this.#calls.get(uuidOf(call))?.get(extension)?.isLive ?? false;
  }

  /** The `call_api_id` of a call at an extension. Null if the extension has no such call. */
  nameOf(call: string, extension: string): string | null {
    return this.#calls.get(uuidOf(call))?.get(extension)?.call ?? null;
  }

  /** The events of a call at all its extensions, oldest first at each extension. */
  eventsOf(call: string): readonly EventFields[] {
    const entries = this.#calls.get(uuidOf(call))?.values() ?? [];
    return [...entries].flatMap(({ events }) => events);
  }

  /** The extensions that have or had this call. Empty for an unknown call. */
  ownersOf(call: string): readonly string[] {
    return [...(this.#calls.get(uuidOf(call))?.keys() ?? [])];
  }

  #all(): Entry[] {
    return [...this.#calls.values()].flatMap((records) => [...records.values()]);
  }

  #entryOf(call: string, extension: string): Entry {
    const uuid = uuidOf(call);
    const records = this.#calls.get(uuid) ?? new Map<string, Entry>();
    this.#calls.delete(uuid); // The latest calls are last.
    this.#calls.set(uuid, records);
    let entry = records.get(extension);
    if (entry === undefined) {
      entry = { call, uuid, extension, events: [], isLive: false, latestUs: 0, heardAt: 0 };
      records.set(extension, entry);
    }
    return entry;
  }

  #forgetOld(): void {
    const before = this.#now() - KEPT_MS;
    for (const [uuid, records] of this.#calls) {
      const isOld = [...records.values()].every((one) => !one.isLive && one.heardAt < before);
      if (!isOld && this.#calls.size <= MAX_CALLS) return;
      this.#calls.delete(uuid);
    }
  }
}

function isRepetition(one: EventFields, other: EventFields): boolean {
  return timeOf(other) !== 0 && timeOf(one) === timeOf(other) && one.EventType === other.EventType;
}

/** Sorts events by their time. */
function inOrder(events: EventFields[]): EventFields[] {
  return events.sort((one, other) => timeOf(one) - timeOf(other));
}

function timeOf({ EventTime: text = '' }: EventFields): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : 0;
}

const KEPT_MS = 1_800_000;
const MAX_CALLS = 20_000;
const MAX_EVENTS = 20;
