import type { Departure } from 'valet-park';

/** The longest text of a departure that is kept, in UTF-16 units. A note has at most 200. */
const longestText = 200;

const reasons: readonly string[] = ['bridged', 'returned', 'abandoned', 'unknown'];

/**
 * Returns a departure that was stored as JSON. Returns null if it is not valid: another version of
 * this page may have stored it.
 */
export function readDeparture(value: unknown): Departure | null {
  const given = fieldsOf(value);
  const { slot, at, reason } = given;
  const uuid = textOf(given['uuid']);
  if (!isSlot(slot) || !isTime(at) || uuid === null || !isReason(reason)) return null;
  return {
    ...{ slot, at, reason, uuid },
    call: textOf(given['call']),
    caller: callerOf(given['caller']),
    mine: given['mine'] === true,
    parkedBy: textOf(given['parkedBy']),
    takenBy: textOf(given['takenBy']),
    note: textOf(given['note']),
    forWhom: textOf(given['forWhom']),
    waitedMs: durationOf(given['waitedMs']),
  };
}

/**
 * Returns the departure in a row of the journal of a server. Returns null if the row is not valid, or
 * if the call still waits. `isOwn` returns true for an extension of this panel.
 */
export function readJournalRow(
  value: unknown,
  isOwn: (extension: string) => boolean,
): Departure | null {
  const row = fieldsOf(value);
  const departure = fieldsOf(row['departure']);
  const parkedBy = textOf(row['extension']);
  const [at, parkedAt] = [departure['at'], row['parkedAt']];
  const read = readDeparture({
    ...{ slot: row['slot'], uuid: row['call'], call: row['call'] },
    ...{ note: row['note'], forWhom: row['forWhom'], parkedBy },
    caller: { name: row['name'], number: row['number'], extension: null },
    ...{ at, reason: departure['reason'], takenBy: departure['takenBy'] },
    waitedMs: isTime(at) && isTime(parkedAt) ? at - parkedAt : 0,
  });
  return read && { ...read, mine: parkedBy !== null && isOwn(parkedBy) };
}

function callerOf(value: unknown): Departure['caller'] {
  const { name, number, extension } = fieldsOf(value);
  const caller = { name: textOf(name), number: textOf(number), extension: textOf(extension) };
  return caller.name === null && caller.number === null ? null : caller;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, longestText) : null;
}

function isSlot(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}

/** True for a time that a `Date` can hold. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function durationOf(value: unknown): number {
  return isTime(value) ? Math.max(0, value) : 0;
}

function isReason(value: unknown): value is Departure['reason'] {
  return typeof value === 'string' && reasons.includes(value);
}
