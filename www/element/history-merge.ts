import type { Departure } from 'valet-park';

/** The number of departures that a history keeps. */
export const mostDepartures = 500;

/** Two times of one departure, from two clocks, differ by less than this, in ms. */
const clockDifferenceMs = 300_000;

/** Two tabs notice a departure within this time, in ms. */
const noticeMs = 1_000;

/**
 * Adds departures that clients of this browser noticed to those that are known. Returns the latest
 * ones, newest first. A departure that is already known completes the known one.
 */
export function addDepartures(
  known: readonly Departure[],
  more: readonly Departure[],
): readonly Departure[] {
  const merged = [...known];
  for (const departure of more) {
    const at = merged.findIndex((each) => isSameStay(each, departure));
    if (at < 0) merged.push(departure);
    else merged[at] = complete(merged[at] ?? departure, departure);
  }
  return latest(merged);
}

/**
 * Adds departures to those of a journal. The clock of the journal may be wrong, so two departures of
 * one call from one slot are the same one if no other pair is closer in time.
 */
export function addToJournal(
  journal: readonly Departure[],
  more: readonly Departure[],
): readonly Departure[] {
  const pairs = more
    .flatMap((own) =>
      journal
        .filter((row) => isSameCall(row, own))
        .map((row) => ({ row, own, apart: Math.abs(row.at - own.at) })),
    )
    .filter(({ apart }) => apart < clockDifferenceMs)
    .sort((a, b) => a.apart - b.apart);
  const ownOf = new Map<Departure, Departure>();
  const used = new Set<Departure>();
  for (const { row, own } of pairs) {
    if (ownOf.has(row) || used.has(own)) continue;
    ownOf.set(row, own);
    used.add(own);
  }
  const rows = journal.map((row) => {
    const own = ownOf.get(row);
    return own === undefined ? row : { ...complete(own, row), at: row.at, waitedMs: row.waitedMs };
  });
  return latest([...rows, ...more.filter((own) => !used.has(own))]);
}

/** Returns the latest departures, newest first. */
function latest(departures: readonly Departure[]): readonly Departure[] {
  return [...departures].sort((a, b) => b.at - a.at).slice(0, mostDepartures);
}

/** True if a call was in a slot at the same time in both departures. */
function isSameStay(one: Departure, other: Departure): boolean {
  if (!isSameCall(one, other)) return false;
  const start = Math.max(one.at - one.waitedMs, other.at - other.waitedMs);
  return Math.min(one.at, other.at) > start || Math.abs(one.at - other.at) <= noticeMs;
}

/** True if both departures name the same call and the same slot. */
function isSameCall(one: Departure, other: Departure): boolean {
  if (one.slot !== other.slot) return false;
  const [short, long] = [bareName(one.uuid), bareName(other.uuid)].sort(
    (a, b) => a.length - b.length,
  ) as [string, string];
  // A `call_api_id` is a number and the UUID.
  return short !== '' && long.endsWith(short);
}

function bareName(call: string): string {
  return call.replace(/-/g, '').toLowerCase();
}

/** Returns the older departure with all that the later one knows in addition. */
function complete(old: Departure, later: Departure): Departure {
  return {
    ...old,
    call: later.call ?? old.call,
    caller: later.caller ?? old.caller,
    reason: later.reason === 'unknown' ? old.reason : later.reason,
    mine: later.mine || old.mine,
    parkedBy: later.parkedBy ?? old.parkedBy,
    takenBy: later.takenBy ?? old.takenBy,
    note: later.note ?? old.note,
    forWhom: later.forWhom ?? old.forWhom,
    waitedMs: Math.max(later.waitedMs, old.waitedMs),
  };
}
