import {
  buildRequest,
  parseCallEvent,
  ValetPark,
  type Dialect,
  type Snapshot,
  type ValetParkOptions,
} from 'valet-park';
import type { Fetch } from '../exchange/faults/request.ts';
import type { EventFields } from './roster.ts';

/** The options of the asker. */
export interface AskerOptions {
  /** Answers a request to the relay itself, without a network. */
  readonly fetch: Fetch;
  /** The header with which the relay knows its asker. */
  readonly authorization: string;
  readonly extensions: readonly string[];
  readonly dialect: Dialect;
  readonly patienceMs: number | undefined;
  readonly clock: ValetParkOptions['clock'];
  /** False in a test that must see what a bridge without a look does. */
  readonly looks: boolean;
}

/**
 * The one client of the lot that asks for all panels, in the background.
 *
 * It is the client of this package, over the routes of the relay itself. So its answers reach the
 * panels through the log, as the answers to panels do.
 */
export interface Asker {
  readonly snapshot: Snapshot;
  /** True if what the asker knows of a slot is confirmed. Without a slot: that of every slot. */
  isCurrent(slot: number | undefined): boolean;
  /** Asks which slots are free. Does nothing if the switch has no such list. */
  look(): void;
  /** Asks which call waits in a slot. */
  inspect(slot: number): void;
  /**
   * Asks which call waits in a slot. Resolves to its UUID, or to null if no call waits. Rejects if
   * the switch cannot be asked, or does not say it.
   */
  whoWaits(slot: number): Promise<string | null>;
  /**
   * Bridges a live call with the call in a slot, and checks the slot before and after. `events` are
   * the events of the live call. `expect` is the call that must wait there. Null: any call. Resolves
   * to the UUID of the call that waited. Rejects as `bridge` of the client does.
   */
  bridge(
    events: readonly EventFields[],
    to: { readonly slot: number; readonly expect: string | null },
  ): Promise<string | null>;
  dispose(): void;
  /** Disposes of the asker when no pick-up uses it any more. */
  retire(): void;
}

export async function openAsker(options: AskerOptions): Promise<Asker> {
  const { fetch, authorization, extensions, dialect, patienceMs, clock, looks } = options;
  const feed = new URL('/feed', ORIGIN);
  for (const extension of extensions) feed.searchParams.append('extension', extension);
  const park = await ValetPark.open({
    baseUrl: `${ORIGIN}/api/ver1.0`,
    extension: extensions,
    feed: feed.href,
    headers: () => ({ Authorization: authorization }),
    dialect,
    ...(patienceMs === undefined ? {} : { patienceMs }),
    ...(clock === undefined ? {} : { clock }),
    tabs: 'solo',
    fetch: async (input, init) => fetch(new Request(input, init)),
  });
  park.subscribe(() => {}); // The client asks only while it has a subscriber.
  let isRetired = false;
  let uses = 0;
  /** Keeps the client open during an operation of a pick-up. */
  async function use<T>(operation: () => Promise<T>): Promise<T> {
    uses += 1;
    try {
      return await operation();
    } finally {
      uses -= 1;
      if (isRetired && uses === 0) park.dispose();
    }
  }
  return {
    get snapshot() {
      return park.getSnapshot();
    },
    isCurrent(slot) {
      const { slots } = park.getSnapshot();
      return slots.every((view) => view.confirmed || (slot !== undefined && view.slot !== slot));
    },
    look() {
      // The next round asks again, so a failure does no harm.
      if (!dialect.slotRequired) park.freeSlots().catch(() => {});
    },
    inspect(slot) {
      park.inspect(slot).catch(() => {});
    },
    whoWaits: (slot) =>
      use(async () => {
        const { state, uuid } = await park.inspect(slot);
        if (state !== 'free' && uuid === null) throw new Error(`slot ${slot} is ${state}`);
        return uuid;
      }),
    bridge: (events, to) => use(() => bridge(events, to)),
    dispose: () => park.dispose(),
    retire() {
      isRetired = true;
      if (uses === 0) park.dispose();
    },
  };

  async function bridge(
    ...[events, { slot, expect }]: Parameters<Asker['bridge']>
  ): Promise<string | null> {
    // The feed of the asker may be behind.
    for (const fields of events) park.track(fields);
    const { call, extension } = parseCallEvent(events[0] ?? {});
    if (looks) {
      const expected = expect === null ? {} : { expect };
      return (await park.bridge(call ?? '', { slot, ...expected })).uuid;
    }
    const action = 'bridge' as const;
    const question = { extension: extension ?? '', call: call ?? '', action, slot };
    const { method, path, body } = buildRequest(question, dialect);
    const headers = { Authorization: authorization };
    await fetch(new Request(`${ORIGIN}/api/ver1.0${path}`, { method, headers, body }));
    return expect;
  }
}

/** The origin of these requests, because a URL needs one. No request leaves the process. */
const ORIGIN = 'http://relay.invalid';
