import { type ListedCall, readCallList } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import { StaleFenceError } from '../feed/lease.ts';
import type { Fence } from '../feed/log.ts';
import type { EventFields, Roster } from './roster.ts';
import { clientOf } from './subscriptions.ts';
import type { Upstream, UpstreamReply } from './upstream.ts';

/** The parts of a relay that `CurrentCalls` uses. */
export interface CurrentCallsParts {
  readonly upstream: Upstream;
  readonly roster: Roster;
  /** The ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** Returns the fence of the entries that say what a list shows. */
  readonly fence: () => Fence;
  /** Tells of a call event that no web hook has delivered. */
  readonly tell: (fields: EventFields, fence: Fence) => Promise<void>;
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
    const reconciled = () =>
      this.#reconcile().catch((error: unknown) => {
        if (error instanceof StaleFenceError) return true; // Another relay compares.
        throw error;
      });
    this.#running ??= reconciled().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #reconcile(): Promise<boolean> {
    const { roster, extensions, now, tell } = this.#parts;
    const askedAt = now();
    const fence = this.#parts.fence();
    const lists = await this.#lists();
    if (lists === null) return false;
    const listed = new Set<string>();
    for (const { call, extension, events } of lists) {
      listed.add(`${extension} ${uuidOf(call)}`);
      if (roster.isLive(call, extension)) continue;
      for (const fields of events) await tell(fields, fence);
    }
    // A call of which an event arrived since the question may have begun after the list was made.
    for (const call of roster.liveCallsHeardBefore(askedAt)) {
      if (!extensions.includes(call.extension)) continue;
      if (listed.has(`${call.extension} ${uuidOf(call.call)}`)) continue;
      const [first] = call.events;
      const EventTime = String(askedAt * 1_000);
      await tell({ ...first, EventType: 'hangup', EventTime, CallStatus: 'ANSWER' }, fence);
    }
    return true;
  }

  /** Returns the live calls of all extensions. Null if the list of an extension is missing. */
  async #lists(): Promise<readonly ListedCall[] | null> {
    const { upstream, extensions } = this.#parts;
    this.#client ??= await clientOf(upstream);
    if (this.#client !== null) {
      const path = `/client/${this.#client}/current_calls/`;
      const list = listIn(await upstream.send('GET', path));
      if (list !== null) return list;
    }
    const lists = await Promise.all(extensions.map((id) => callsAt(upstream, id)));
    const found = lists.filter((list) => list !== null);
    return found.length === lists.length ? found.flat() : null;
  }
}

/** Asks for the live calls of an extension. Resolves to null if the switch gives no list. */
export async function callsAt(
  upstream: Pick<Upstream, 'send'>,
  extension: string,
): Promise<readonly ListedCall[] | null> {
  return listIn(await upstream.send('GET', currentCallsPath(extension)), extension);
}

/** Returns the path of the list of current calls of an extension. */
export function currentCallsPath(extension: string): string {
  return `/extension/${encodeURIComponent(extension)}/current_calls/`;
}

function listIn({ status, body }: UpstreamReply, extension?: string) {
  return status === 200 ? readCallList(body, extension) : null;
}

const PAUSE_MS = 5_000;
const MAX_FINDS = 20;
const FIND_EVERY_MS = 30_000;
