import * as core from '../../build/glue/valet_park.js';
import { headerOf } from './abilities.js';
import { error, isValetError } from './error.js';
import { expectAnswer, type Line, send } from './http.js';
import type { NoteTexts, Parked } from './results.js';
import type { SlotView } from './views.js';
import { type Told, orderOf } from './tab_words.js';
import { unexpected } from './validate.js';
import { wasm } from './wasm.js';

/** The largest number of characters of a text. */
const LONGEST = 200;

/** Throws `invalid-options` if a text of a note is wrong. */
export function checkTexts(texts: NoteTexts): void {
  for (const name of ['note', 'for'] as const) {
    const text: unknown = texts[name] ?? '';
    if (typeof text !== 'string' || text.length > LONGEST) {
      const expected = `\`${name}\` to be a text of at most ${LONGEST} characters`;
      throw unexpected('invalid-options', expected, text);
    }
  }
}

/**
 * Stores what is noted of the call in a slot at the server. Resolves with the message that reports
 * the note.
 *
 * `extension` notes it, unless another one of this client parked the call. `uuid` is the call that
 * must wait in the slot, if it matters which one.
 */
export async function storeNote(
  line: Line,
  view: SlotView,
  extension: string,
  texts: NoteTexts,
  uuid: string | null = view.uuid,
  signal: AbortSignal,
): Promise<Told> {
  checkTexts(texts);
  const { slot } = view;
  const call = view.call ?? view.uuid;
  if (call === null || view.uuid !== uuid) {
    const code = call === null ? 'vacant' : 'different-call';
    throw error('refusal', code, 'the call is not known to wait in this slot', { slot });
  }
  if (!line.abilities.has('notes')) {
    const expected =
      'expected a server that announces `notes` in `X-Valet-Park`, found another one';
    throw error('invalid', 'no-notes', expected, { slot });
  }
  const by = (view.mine ? view.parkedBy : null) ?? extension;
  const { note = view.note, for: whom = view.forWhom } = texts;
  const { request, message } = wasm.run(() =>
    core.writeNote(by, call, slot, known(note), known(whom)),
  );
  const answer = expectAnswer(await send(line, request, 'command', signal), 'a note', slot);
  return { ...message, order: orderOf(headerOf(answer.headers, 'x-feed-id')) };
}

/**
 * Returns the result of a `park` after `store` has stored the texts of its note, if there are any.
 * If `store` fails, `noteError` in the result says why.
 */
export async function withNote(
  parked: Parked,
  texts: NoteTexts,
  store: () => Promise<void>,
): Promise<Parked> {
  if (texts.note == null && texts.for == null) return parked;
  try {
    await store();
    return parked;
  } catch (noteError) {
    if (!isValetError(noteError)) throw noteError;
    return { ...parked, noteError };
  }
}

/** Returns a text, or undefined if it is blank. */
function known(text: string | null): string | undefined {
  return text?.trim() ? text : undefined;
}
