import { uuidOf } from '../call-uuid.ts';
import { isRecord } from '../http/body.ts';
import type { EventFields, Roster } from './roster.ts';
import { clientOf, parsed, textOf } from './subscriptions.ts';
import type { Upstream } from './upstream.ts';

/** The parts of a relay that `CurrentCalls` uses. */
export interface CurrentCallsParts {
  readonly upstream: Upstream;
  readonly roster: Roster;
  /** The ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** Takes in a call event that no web hook has delivered. */
  readonly tell: (fields: EventFields) => Promise<void>;
}

/**
 * Asks the switch for the list of live calls, and tells what the web hooks did not.
 *
 * One request serves all extensions, if the switch allows to ask for the whole customer.
 */
export class CurrentCalls {
  readonly #parts: CurrentCallsParts;
  /** The id of the client. Null if it is not known. */
  #client: string | null = null;
  #running: Promise<boolean> | null = null;
  #askedAt = -Infinity;
  /** How many lists panels may cause, at the time `#spentAt`. */
  #finds = MAX_FINDS;
  #spentAt = 0;

  constructor(parts: CurrentCallsParts) {
    this.#parts = parts;
  }

  /**
   * Compares the roster with the list. Resolves to false if the switch gave no list. Requests at the
   * same time share one list, and after a list there is a pause of five seconds.
   */
  reconcile(): Promise<boolean> {
    if (this.#running === null && this.#parts.now() - this.#askedAt < PAUSE_MS) {
      return Promise.resolve(true);
    }
    return this.#start();
  }

  /**
   * Compares the roster with the list, because a panel names a call that the relay does not know.
   * Panels may cause 20 lists in a row, and then one every 30 seconds, so that they cannot use up the
   * budget.
   */
  async find(): Promise<void> {
    const now = this.#parts.now();
    const earned = (now - this.#spentAt) / FIND_EVERY_MS;
    const left = Math.min(this.#finds + earned, MAX_FINDS);
    if (this.#running === null && left < 1) return;
    if (this.#running === null) {
      this.#finds = left - 1;
      this.#spentAt = now;
    }
    await this.#start();
  }

  #start(): Promise<boolean> {
    this.#askedAt = this.#parts.now();
    this.#running ??= this.#reconcile().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #reconcile(): Promise<boolean> {
    const { roster, extensions, now, tell } = this.#parts;
    const askedAt = now();
    const lists = await this.#lists();
    if (lists === null) return false;
    const listed = new Set<string>();
    for (const entry of lists) {
      const extension = textOf(entry.extension_id);
      const call = textOf(entry.call_api_id);
      if (call === '' || extension === '') continue;
      listed.add(`${extension} ${uuidOf(call)}`);
      if (roster.isLive(call, extension)) continue;
      for (const fields of eventsOf(entry, call, extension)) await tell(fields);
    }
    // A call of which an event arrived since the question may have begun after the list was made.
    for (const call of roster.liveCallsHeardBefore(askedAt)) {
      if (!extensions.includes(call.extension)) continue;
      if (listed.has(`${call.extension} ${uuidOf(call.call)}`)) continue;
      const [first] = call.events;
      const EventTime = String(askedAt * 1_000);
      await tell({ ...first, EventType: 'hangup', EventTime, CallStatus: 'ANSWER' });
    }
    return true;
  }

  /** Returns the entries for all extensions. Null if an extension is missing. */
  async #lists(): Promise<readonly Entry[] | null> {
    const { upstream, extensions } = this.#parts;
    this.#client ??= await clientOf(upstream);
    if (this.#client !== null) {
      const list = listIn(await upstream.send('GET', `/client/${this.#client}/current_calls/`));
      if (list !== null) return list;
    }
    const paths = extensions.map((id) => `/extension/${encodeURIComponent(id)}/current_calls/`);
    const lists = await Promise.all(
      paths.map(async (path) => listIn(await upstream.send('GET', path))),
    );
    const found = lists.filter((list) => list !== null);
    return found.length === lists.length ? found.flat() : null;
  }
}

type Entry = Readonly<Record<string, unknown>>;

function listIn({ status, body }: { readonly status: number; readonly body: string }) {
  const value = status === 200 ? parsed(body) : null;
  const list = isRecord(value) ? value.call_list : null;
  return Array.isArray(list) ? list.filter(isRecord) : null;
}

/** Returns the events that must have happened to a call that is in the list. */
export function eventsOf(entry: Entry, call: string, extension: string): EventFields[] {
  const isOut = textOf(entry.call_flow).toLowerCase() === 'out';
  const { caller_extension: other } = entry;
  const caller = isRecord(other) ? textOf(other.id) : '';
  const fields = {
    CallAPIID: call,
    CallFlow: isOut ? 'out' : 'in',
    CallerIDNum: textOf(entry.caller_id_number),
    CallerIDName: textOf(entry.caller_id_name),
    CalledNumber: textOf(entry.called_number),
    ...(isOut ? { CallerExtensionID: extension } : { CalledExtensionID: extension }),
    ...(isOut || caller === '' ? {} : { CallerExtensionID: caller }),
    ...(textOf(entry.called_did) === '' ? {} : { CalledDID: textOf(entry.called_did) }),
  };
  const dialled = {
    ...fields,
    EventType: isOut ? 'dial-out' : 'dial-in',
    EventTime: microseconds(textOf(entry.init_time_gmt)),
    CallStatus: 'CALLING',
  };
  const answeredAt = textOf(entry.answer_time_gmt);
  if (answeredAt === '') return [dialled];
  const answered = { EventType: 'answer', EventTime: microseconds(answeredAt) };
  return [dialled, { ...fields, ...answered, CallStatus: 'ANSWER' }];
}

/** Reads a time as the switch writes it: `2017-08-23 15:57:56,60`. */
function microseconds(gmt: string): string {
  const ms = Date.parse(`${gmt.replace(' ', 'T').replace(',', '.')}Z`);
  return Number.isNaN(ms) ? '0' : String(ms * 1_000);
}

const PAUSE_MS = 5_000;
const MAX_FINDS = 20;
const FIND_EVERY_MS = 30_000;
