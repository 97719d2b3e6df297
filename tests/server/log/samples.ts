import type { Log } from '../../../www/server/feed/log.ts';
import type { Reply } from '../../../www/server/http/reply.ts';
import type { JournalRow } from '../../../www/server/relay/journal-row.ts';

/** The time at which each test starts. */
export const START = Date.UTC(2026, 5, 15, 12, 30);

export function reply(body: string): Reply {
  return { status: 200, body, headers: { 'content-type': 'application/json' } };
}

export function row(stay: string, name = 'Ольга'): JournalRow {
  return {
    stay,
    changed: 1,
    slot: 6,
    call: '1-aa',
    extension: '34414',
    number: '+79161112233',
    name,
    parkedAt: START,
    note: null,
    forWhom: null,
    notedBy: null,
    departure: null,
  };
}

/** The texts of the entries after an id that subscribers get. */
export function textsOf(log: Log, after: number): string[] | 'gap' {
  const entries = log.read(after);
  if (entries === 'gap') return entries;
  return entries.filter(({ extension }) => extension !== '').map(({ text }) => text);
}
