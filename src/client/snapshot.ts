import type { CallChanges, CallKey, Changes, OwnSync } from './effects.js';
import type { Party } from './event.js';

/** What may be shown of one slot. Index n-1 of `Snapshot.slots` is slot n, always. */
export interface SlotView {
  /** Its number, from 1. */
  readonly slot: number;
  /**
   * How it stands. `unknown` is not `free`: nobody has said. `returning`: its deadline has passed
   * and nothing was heard since.
   */
  readonly state: 'unknown' | 'free' | 'held' | 'returning';
  /** Our own unfinished business with this slot. */
  readonly pending: 'parking' | 'bridging' | null;
  /** False while the picture rests on our own request rather than on an answer. */
  readonly confirmed: boolean;
  /** When an answer or an event last spoke of this slot, in ms on the clock of the client. */
  readonly checkedAt: number | null;
  /** Who waits there, as the switch names it. Null where it only says that somebody does. */
  readonly uuid: string | null;
  /** The full name of the call, if we know the call that this uuid belongs to. */
  readonly call: string | null;
  /** Who is calling, if known. */
  readonly caller: Party | null;
  /** The extension that parked it, if known; never guessed. */
  readonly parkedBy: string | null;
  /** It was parked on behalf of this extension. */
  readonly mine: boolean;
  /** `exact`: we saw it arrive. Otherwise it has waited at least since `heldSince`. */
  readonly heldSince: number | null;
  readonly exact: boolean;
  /** `heldSince` and its patience: exact, or at the latest. An estimate in either case. */
  readonly returnsAt: number | null;
}

/** What may be shown of a live call of this extension. */
export interface CallView {
  /** Its `call_api_id`: what to park or bridge it by. */
  readonly call: string;
  /** Its thread, which stays the same when it is forwarded or returned. */
  readonly callId: string | null;
  readonly uuid: string;
  /** The extension whose call it is. */
  readonly extension: string;
  readonly direction: 'in' | 'out' | null;
  readonly caller: Party | null;
  readonly called: Party | null;
  readonly state: 'ringing' | 'talking' | 'parked';
  /** When it got into this state, in ms on the clock of the client. */
  readonly since: number;
  /** Where it waits. */
  readonly slot: number | null;
  /** What this client is doing with the call, until the command has ended. */
  readonly pending: 'parking' | 'bridging' | null;
}

/** Who was in a slot and is no longer. */
export interface Departure {
  readonly slot: number;
  readonly uuid: string;
  readonly call: string | null;
  readonly caller: Party | null;
  /** When it was noticed, in ms on the clock of the client. */
  readonly at: number;
  /** Why, by what there is evidence of. */
  readonly reason: 'bridged' | 'returned' | 'abandoned' | 'unknown';
  readonly mine: boolean;
  /** The extension that parked it, if known; never guessed. */
  readonly parkedBy: string | null;
  /** The extension whose call it was connected with, if known. */
  readonly takenBy: string | null;
}

/** How the client stands with the switch. */
export interface SyncView {
  /**
   * `idle`: nothing is under way. `live`: a feed tells of everything. `asking`: a question is under
   * way. `blind`: no live call to ask with. `limited`: the hourly budget is spent. `offline`: the
   * switch cannot be reached. `unauthorized`: it wants another token. `lost`: the core failed, and
   * not all was asked for again yet. `closed`: disposed of.
   */
  readonly state:
    | 'idle'
    | 'live'
    | 'asking'
    | 'blind'
    | 'limited'
    | 'offline'
    | 'unauthorized'
    | 'lost'
    | 'closed';
  /** When the switch last said anything, in ms on the clock of the client. */
  readonly checkedAt: number | null;
  /** When something will next be asked in the background. */
  readonly nextAskAt: number | null;
  /** Whether this tab asks for all tabs, leaves that to another one, or stands alone. */
  readonly role: 'leader' | 'follower' | 'solo';
  /** What is left of the requests that the customer's applications share. Null: not said. */
  readonly budget: {
    readonly limit: number | null;
    readonly remaining: number | null;
    readonly resetsAt: number | null;
  };
  /** How long a call may wait, in ms. */
  readonly patience: {
    /** As the options say; 0: for ever. */
    readonly toldMs: number;
    /** As it was seen when calls came back; null until two calls came back after the same time. */
    readonly seenMs: number | null;
  };
}

/**
 * All that may be shown, at one moment.
 *
 * Frozen, and sharing with the one before whatever did not change; the same object until something
 * did. It holds no running time: count down to `returnsAt` where it is shown.
 */
export interface Snapshot {
  /** Counts the changes. */
  readonly revision: number;
  readonly slots: readonly SlotView[];
  /** The live calls of this extension, the oldest first. */
  readonly calls: readonly CallView[];
  /** Newest first, at most 20. */
  readonly departures: readonly Departure[];
  readonly sync: SyncView;
}

/** Where a call is, as far as is known. */
export type Whereabouts =
  | { readonly state: 'parked'; readonly slot: number; readonly confirmed: boolean }
  | { readonly state: 'talking' | 'ringing' }
  | { readonly state: 'gone'; readonly reason: Departure['reason']; readonly at: number }
  | { readonly state: 'unknown' };

/** What the core does not know: the role of this tab, and the sync of the tab that leads. */
export interface Outside {
  readonly role: SyncView['role'];
  readonly sync: SyncView | null;
}

/**
 * Returns the snapshot after some changes; `last` itself if nothing changed.
 *
 * It shares with `last` everything that `changes` does not name.
 */
export function patched(last: Snapshot, changes: Changes, sync: SyncView): Snapshot {
  const slots = withSlots(last.slots, changes.slots);
  const calls = withCalls(last.calls, changes.calls);
  const departures = changes.departures
    ? withDepartures(last.departures, changes.departures)
    : last.departures;
  const isSame =
    slots === last.slots &&
    calls === last.calls &&
    departures === last.departures &&
    sync === last.sync;
  if (isSame) return last;
  return Object.freeze({ revision: last.revision + 1, slots, calls, departures, sync });
}

function withSlots(olds: readonly SlotView[], changed: readonly SlotView[]): readonly SlotView[] {
  if (changed.length === 0) return olds;
  const slots = [...olds];
  for (const view of changed) slots[view.slot - 1] = frozen(view);
  return Object.freeze(slots);
}

function withCalls(olds: readonly CallView[], { changed, gone }: CallChanges): readonly CallView[] {
  if (changed.length === 0 && gone.length === 0) return olds;
  const isOf =
    ({ extension, uuid }: CallView | CallKey) =>
    (call: CallView) =>
      call.uuid === uuid && call.extension === extension;
  const calls = olds.filter((call) => !gone.some((key) => isOf(key)(call)));
  for (const view of changed) {
    const at = calls.findIndex(isOf(view));
    calls[at < 0 ? calls.length : at] = frozen(view);
  }
  return Object.freeze(calls);
}

/** There are at most 20 departures. Those that are still the same keep their identity. */
function withDepartures(
  olds: readonly Departure[],
  all: readonly Departure[],
): readonly Departure[] {
  const known = new Map(olds.map((old) => [JSON.stringify(old), old]));
  return Object.freeze(all.map((one) => known.get(JSON.stringify(one)) ?? frozen(one)));
}

/** Returns the sync to be shown: that of the tab that leads, or our own; `last` if it is the same. */
export function shownSync(last: SyncView, own: OwnSync, { role, sync }: Outside): SyncView {
  const shown = frozen({ ...(sync ?? own), role });
  return JSON.stringify(shown) === JSON.stringify(last) ? last : shown;
}

/** Freezes a view and what it holds. */
function frozen<T extends object>(view: T): T {
  for (const part of Object.values(view)) {
    if (typeof part === 'object' && part !== null) Object.freeze(part);
  }
  return Object.freeze(view);
}

/** Returns what is known before anything was asked, and where nothing can be. */
export function emptySnapshot(slots: number): Snapshot {
  const unknown = {
    ...({ state: 'unknown', pending: null, confirmed: false, checkedAt: null } as const),
    ...{ uuid: null, call: null, caller: null, parkedBy: null, mine: false },
    ...{ heldSince: null, exact: false, returnsAt: null },
  };
  const views = Array.from({ length: slots }, (_, at) => frozen({ slot: at + 1, ...unknown }));
  return Object.freeze({
    revision: 0,
    slots: Object.freeze(views),
    calls: Object.freeze([]),
    departures: Object.freeze([]),
    sync: frozen({
      ...({ state: 'idle', checkedAt: null, nextAskAt: null, role: 'solo' } as const),
      budget: { limit: null, remaining: null, resetsAt: null },
      patience: { toldMs: 180_000, seenMs: null },
    }),
  });
}
