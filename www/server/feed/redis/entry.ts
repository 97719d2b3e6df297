import type { JournalChange, StoredEntry } from '../log.ts';
import type { RawEntry } from './session.ts';

/** An entry of the stream of a lot. */
export interface SharedEntry {
  readonly entry: StoredEntry;
  /** The relay that wrote the entry. */
  readonly relay: string;
  readonly journal: JournalChange;
  /** True if all entries before this one were removed. */
  readonly isEmptying: boolean;
  /** True if the tokens have changed. */
  readonly isAccess: boolean;
}

/** The extension of an entry that no subscriber gets. It only changes the journal, or marks a place. */
export const NOBODY = '';

/** Writes an extension for the stream. Null, for all subscribers, is `*`. */
export function writeExtension(extension: string | null): string {
  return extension ?? '*';
}

export function readEntry([id, fields]: RawEntry, ownRelay: string): SharedEntry {
  const values: Record<string, string> = {};
  for (let at = 0; at + 1 < fields.length; at += 2) values[fields[at] ?? ''] = fields[at + 1] ?? '';
  const { p = '0', r: relay = '', x = '*', t: text = '', j, k } = values;
  return {
    entry: {
      id: Number.parseInt(id, 10),
      previous: Number(p),
      extension: x === '*' ? null : x,
      text,
      ...(relay === ownRelay ? {} : { isForeign: true }),
    },
    relay,
    journal: j === undefined ? {} : (JSON.parse(j) as JournalChange),
    isEmptying: k === 'empty',
    isAccess: k === 'access',
  };
}

/** Writes the changes of a journal as arguments of a script: three for each change. */
export function writeChange({ put = [], remove = [] }: JournalChange): (string | number)[] {
  return [
    put.length + remove.length,
    ...remove.flatMap((stay) => ['remove', stay, '']),
    ...put.flatMap((row) => ['put', row.stay, JSON.stringify(row)]),
  ];
}
