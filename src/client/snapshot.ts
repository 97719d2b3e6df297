import { PATIENCE_MS, SLOTS } from './defaults.js';
import type { CallChanges, CallKey, Changes, OwnSync } from './effects.js';
import { error } from './error.js';
import type { CallView, Departure, SlotView, Snapshot, SyncView } from './views.js';

/** The part of a sync that the core does not know. */
export interface Outside {
  /** The role of this tab. */
  readonly role: SyncView['role'];
  /** The sync of the leading tab. Null if this tab leads or is alone. */
  readonly sync: SyncView | null;
}

/**
 * Returns the snapshot after some changes, or `last` itself if nothing changed.
 *
 * The new snapshot shares with `last` everything that `changes` does not name.
 */
export function patched(last: Snapshot, changes: Changes, outside: Outside): Snapshot {
  const slots = withSlots(last.slots, changes.slots);
  const calls = withCalls(last.calls, changes.calls);
  const departures = withDepartures(last.departures, changes.departures);
  const sync = changes.sync ? syncShown(last.sync, changes.sync, outside) : last.sync;
  const isSame =
    slots === last.slots &&
    calls === last.calls &&
    departures === last.departures &&
    sync === last.sync;
  if (isSame) return last;
  return Object.freeze({ revision: last.revision + 1, slots, calls, departures, sync });
}

/** Returns the snapshot after `outside` changed; `last` itself if that makes no difference. */
export function withSync(last: Snapshot, own: OwnSync, outside: Outside): Snapshot {
  const sync = syncShown(last.sync, own, outside);
  if (sync === last.sync) return last;
  return Object.freeze({ ...last, revision: last.revision + 1, sync });
}

/** Returns the sync of the leading tab, or that of this tab if none leads. `last` if equal. */
function syncShown(last: SyncView, own: OwnSync, { role, sync }: Outside): SyncView {
  const shown = { ...(sync ?? own), role };
  if (JSON.stringify(shown) === JSON.stringify(last)) return last;
  return frozen(shown, shown.budget, shown.patience);
}

function withSlots(olds: readonly SlotView[], changed: readonly SlotView[]): readonly SlotView[] {
  if (changed.length === 0) return olds;
  const slots = [...olds];
  for (const view of changed) slots[view.slot - 1] = frozen(view, view.caller);
  return Object.freeze(slots);
}

function withCalls(olds: readonly CallView[], { changed, gone }: CallChanges): readonly CallView[] {
  if (changed.length === 0 && gone.length === 0) return olds;
  const calls = [...olds];
  const placeOf = ({ extension, uuid }: CallKey): number =>
    calls.findIndex((call) => call.uuid === uuid && call.extension === extension);
  for (const key of gone) {
    const place = placeOf(key);
    if (place >= 0) calls.splice(place, 1);
  }
  for (const view of changed) {
    const place = placeOf(view);
    calls[place < 0 ? calls.length : place] = frozen(
      view,
      view.caller,
      view.called,
      view.returnedFrom,
    );
  }
  return Object.freeze(calls);
}

/** Returns the departures. Each unchanged one is the same object as before. */
function withDepartures(
  olds: readonly Departure[],
  all: readonly Departure[] | null,
): readonly Departure[] {
  if (!all) return olds;
  const known = new Map(olds.map((old) => [JSON.stringify(old), old]));
  return Object.freeze(all.map((one) => known.get(JSON.stringify(one)) ?? frozen(one, one.caller)));
}

/** Freezes a view and the objects in its fields. */
function frozen<T>(view: T, ...parts: readonly unknown[]): T {
  parts.forEach(Object.freeze);
  return Object.freeze(view);
}

/** Returns the view of a slot. Throws `invalid-slot` if the lot does not have the slot. */
export function viewOf({ slots }: Snapshot, slot: number): SlotView {
  const view = slots[slot - 1];
  if (!view) throw error('invalid', 'invalid-slot', `expected a slot of this lot, found ${slot}`);
  return view;
}

/**
 * Returns the time in ms until the call in a slot returns to its extension. Null if no call is known
 * to wait there, or if it may wait for ever.
 */
export function remainingIn({ slots }: Snapshot, slot: number, now: number): number | null {
  const returnsAt = slots.find((view) => view.slot === slot)?.returnsAt ?? null;
  return returnsAt === null ? null : returnsAt - now;
}

/** Returns the last snapshot of a client that is disposed. */
export function closedSnapshot(last: Snapshot): Snapshot {
  const sync = Object.freeze({ ...last.sync, state: 'closed' as const, nextAskAt: null });
  return Object.freeze({ ...last, revision: last.revision + 1, sync });
}

/** Returns a snapshot in which no slot is known, for a new client and for servers. */
export function emptySnapshot(slots = SLOTS): Snapshot {
  const unknown = {
    ...({ state: 'unknown', pending: null, confirmed: false, checkedAt: null } as const),
    ...{ uuid: null, call: null, caller: null, parkedBy: null, mine: false },
    ...{ heldSince: null, exact: false, returnsAt: null, note: null, forWhom: null },
  };
  const views = Array.from({ length: slots }, (_, at) => frozen({ slot: at + 1, ...unknown }));
  return Object.freeze({
    revision: 0,
    slots: Object.freeze(views),
    calls: Object.freeze([]),
    departures: Object.freeze([]),
    sync: Object.freeze({
      ...({ state: 'idle', checkedAt: null, nextAskAt: null, role: 'solo' } as const),
      budget: Object.freeze({ limit: null, remaining: null, resetsAt: null }),
      patience: Object.freeze({ toldMs: PATIENCE_MS, seenMs: null }),
    }),
  });
}

/** The snapshot for server-side rendering. */
export const serverSnapshot = emptySnapshot();
