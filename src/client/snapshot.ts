import { party, type Party } from './event.js';
import { list, type Next } from './row.js';

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

/** What the core does not know: who asks, and how that one stands, if it is another tab. */
export interface Outside {
  readonly role: SyncView['role'];
  readonly sync: SyncView | null;
}

/** Reads what may be shown now. Whatever is still the same is taken from `last`. */
export function snapshot(next: Next, last: Snapshot, { role, sync: theirs }: Outside): Snapshot {
  const slots = kept(last.slots, list(next, slotView));
  const calls = kept(last.calls, list(next, callView));
  const departures = kept(last.departures, list(next, departure));
  const own = syncView(next);
  const [sync] = kept([last.sync], [{ ...(theirs ?? own), role }]) as [SyncView];
  const changed = slots !== last.slots || calls !== last.calls || departures !== last.departures;
  if (!changed && sync === last.sync) return last;
  return Object.freeze({ revision: last.revision + 1, slots, calls, departures, sync });
}

function slotView(next: Next): SlotView {
  return {
    slot: next(),
    state: next(),
    pending: next(),
    confirmed: next(),
    checkedAt: next(),
    uuid: next(),
    call: next(),
    caller: party(next),
    parkedBy: next(),
    mine: next(),
    heldSince: next(),
    exact: next(),
    returnsAt: next(),
  };
}

function callView(next: Next): CallView {
  return {
    call: next(),
    callId: next(),
    uuid: next(),
    direction: next(),
    caller: party(next),
    called: party(next),
    state: next(),
    since: next(),
    slot: next(),
    pending: next(),
  };
}

/** Reads who left. */
export function departure(next: Next): Departure {
  return {
    slot: next(),
    uuid: next(),
    call: next(),
    caller: party(next),
    at: next(),
    reason: next(),
    mine: next(),
    parkedBy: next(),
    takenBy: next(),
  };
}

function syncView(next: Next): SyncView {
  return {
    state: next(),
    checkedAt: next(),
    nextAskAt: next(),
    role: 'solo',
    budget: { limit: next(), remaining: next(), resetsAt: next() },
    patience: { toldMs: next(), seenMs: next() },
  };
}

/** Reads where a call is. */
export function whereabouts(next: Next): Whereabouts {
  const state = next<Whereabouts['state']>();
  if (state === 'parked') return { state, slot: next(), confirmed: next() };
  return state === 'gone' ? { state, reason: next(), at: next() } : { state };
}

/** The new items, frozen; old ones in place of those that are the same, even if they moved. */
function kept<T>(olds: readonly T[], items: readonly T[]): readonly T[] {
  const all = items.map((item, place) => {
    if (isSame(olds[place], item)) return olds[place] as T;
    return olds.find((old) => isSame(old, item)) ?? frozen(item);
  });
  const isUnchanged = all.length === olds.length && all.every((item, at) => item === olds[at]);
  return isUnchanged ? olds : Object.freeze(all);
}

function isSame(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  return Object.keys(a).every((name) => isSame(a[name], b[name]));
}

function frozen<T>(value: T): T {
  if (isObject(value)) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What is known before anything was asked, and where nothing can be. */
export function emptySnapshot(slots: number): Snapshot {
  const none: Next = <T>() => null as T;
  const no = { confirmed: false, mine: false, exact: false };
  const unknown = { ...slotView(none), state: 'unknown' as const, ...no };
  return frozen({
    revision: 0,
    slots: Array.from({ length: slots }, (_, index) => ({ ...unknown, slot: index + 1 })),
    calls: [],
    departures: [],
    sync: { ...syncView(none), state: 'idle', patience: { toldMs: 180_000, seenMs: null } },
  });
}
