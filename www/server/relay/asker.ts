import { ValetPark, type Dialect, type Snapshot, type ValetParkOptions } from 'valet-park';
import type { Fetch } from '../exchange/faults/request.ts';

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
  dispose(): void;
}

export async function openAsker(options: AskerOptions): Promise<Asker> {
  const { fetch, authorization, extensions, dialect, patienceMs, clock } = options;
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
    dispose: () => park.dispose(),
  };
}

/** A name for `URL`. No request leaves the process. */
const ORIGIN = 'http://relay.invalid';
