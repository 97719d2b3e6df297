import { uuidOf } from '../../call-uuid.ts';
import type { JournalRow } from '../../relay/journal-row.ts';
import type { JournalTable } from '../journal-table.ts';
import type { JournalChange } from '../log.ts';

/** A change of the journal as it counts, and the change that makes the stored rows equal to it. */
interface Merged {
  readonly change: JournalChange;
  readonly repair: JournalChange | null;
}

/**
 * Merges a change of the journal into what came before it in the log.
 *
 * Two relays may write about one stay at the same time, because each of them wrote before it read the
 * entry of the other. Then the first row of the stay is kept, and the better reason of the departure.
 */
export function mergeChange(
  { put = [], remove = [] }: JournalChange,
  table: Pick<JournalTable, 'waitingIn' | 'row'>,
): Merged {
  const rows: JournalRow[] = [];
  const repaired: JournalRow[] = [];
  const twins: string[] = [];
  for (const row of put) {
    const known = table.row(row.stay);
    const isWorse = known?.departure != null && row.departure?.reason === 'unknown';
    if (isWorse || (known?.departure != null && row.departure === null)) {
      repaired.push(known);
      continue;
    }
    const isNew = known === undefined && row.departure === null;
    const other = isNew ? table.waitingIn(row.slot) : undefined;
    const isTwin = other !== undefined && uuidOf(other.call) === uuidOf(row.call);
    if (isTwin && !remove.includes(other.stay)) {
      twins.push(row.stay);
      continue;
    }
    rows.push(row);
  }
  const change = { put: rows, remove: [...remove] };
  const isRight = repaired.length === 0 && twins.length === 0;
  return { change, repair: isRight ? null : { put: repaired, remove: twins } };
}

/** Reads the rows of a journal from the fields and values of a hash. */
export function readRows(fields: readonly string[]): JournalRow[] {
  const rows: JournalRow[] = [];
  for (let at = 1; at < fields.length; at += 2) {
    rows.push(JSON.parse(fields[at] ?? '') as JournalRow);
  }
  return rows.sort((one, other) => one.changed - other.changed);
}
