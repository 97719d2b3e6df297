import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Hono } from 'hono/tiny';
import type { Journal } from '../relay/journal.ts';
import { readObject } from './body.ts';
import { onlyBy } from './refuse.ts';
import { orderHeader } from './place.ts';

/** The parts of the note route. */
export interface NoteParts {
  readonly journal: Journal;
  /**
   * Returns the id of an extension that the client may use.
   *
   * @throws SwitchError or HTTPException if it does not exist, or the client may not use it.
   */
  readonly extension: (name: string, c: Context) => string;
}

/** The parts of the journal route. */
export interface JournalParts {
  readonly journal: Journal;
  /** @throws HTTPException unless the client may read rows (`look`) or delete rows (`admin`). */
  readonly checkMay?: (what: 'look' | 'admin', c: Context) => void;
}

/**
 * `PUT /extension/{extension}/valet_park/{call}/note` with
 * `{"slot": "6", "note": "asks for Anna", "for": "Anna"}`. `null` removes a text, and a missing field
 * keeps it. Each text has at most 200 characters.
 */
export function noteRoute({ journal, extension }: NoteParts): Hono {
  return new Hono()
    .put('/extension/:extension/valet_park/:call/note', async (c) => {
      const by = extension(c.req.param('extension'), c);
      const call = c.req.param('call');
      const body = await readObject(c.req.raw);
      const slot = readSlot(body['slot']);
      const [note, forWhom] = [readNote('note', body['note']), readNote('for', body['for'])];
      const id = await journal.annotate({ slot, call, by, note, forWhom });
      if (id !== null) return c.json({}, 200, { [orderHeader]: String(id) });
      return c.json({ message: `this call is not known to wait in slot ${slot}` }, 409);
    })
    .all('/extension/:extension/valet_park/:call/note', onlyBy('PUT'));
}

/**
 * `GET /journal?after=0` returns the rows that changed after the change with this number.
 * `DELETE /journal?number=%2B79161112233` removes the rows with a number.
 */
export function journalRoute({ journal, checkMay }: JournalParts): Hono {
  return new Hono()
    .get('/', (c) => {
      checkMay?.('look', c);
      const after = c.req.query('after') ?? '0';
      if (/^\d{1,15}$/.test(after)) return c.json({ rows: journal.rows(Number(after)) });
      const message = '`after` must be the number `changed` of a row, or 0';
      return c.json({ message }, 400);
    })
    .delete('/', async (c) => {
      checkMay?.('admin', c);
      const number = c.req.query('number') ?? '';
      if (/\d/.test(number)) return c.json({ removed: await journal.forget(number) });
      const message = '`number` must be a telephone number, as in /journal?number=79161112233';
      return c.json({ message }, 400);
    })
    .all('/', onlyBy('GET', 'DELETE'));
}

/** @throws HTTPException 400 unless the value is a slot number, as text or as number. */
function readSlot(value: unknown): number {
  const slot = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof slot === 'number' && Number.isInteger(slot) && slot >= 1 && slot <= 65_535)
    return slot;
  throw new HTTPException(400, { message: '`slot` must be the number of a slot, such as "6"' });
}

/** @throws HTTPException 400 unless the value is missing, null, or a text that is not too long. */
function readNote(field: string, value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' && Array.from(value).length <= MAX_NOTE)
    return value.trim() || null;
  const message = `\`${field}\` must be a text of at most ${MAX_NOTE} characters, or null`;
  throw new HTTPException(400, { message });
}

const MAX_NOTE = 200;
