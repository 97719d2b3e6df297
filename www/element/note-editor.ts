import type { SlotView, ValetPark } from 'valet-park';
import { isValetError } from '../../src/client/error.ts';
import type { Message } from './messages.ts';
import { cleanText } from './party.ts';
import { noteTexts } from './returned.ts';

/** The call whose note is being written. */
export interface NoteTarget {
  readonly slot: number;
  readonly uuid: string;
}

/** The two texts of a note, as a person has typed them. */
export interface NoteInput {
  readonly for: string;
  readonly note: string;
}

/** A note to store: the call, and what was typed. */
export interface NoteRequest {
  readonly target: NoteTarget;
  readonly input: NoteInput;
}

/** Returns the call in a slot to write a note for; null if the slot holds no call that is known. */
export function noteTarget(view: SlotView | undefined): NoteTarget | null {
  if (view?.uuid == null) return null;
  return { slot: view.slot, uuid: view.uuid };
}

/** Returns the note of a call, to be changed; empty texts if another call waits in the slot. */
export function noteOf(view: SlotView | undefined, { uuid }: NoteTarget): NoteInput {
  if (view?.uuid !== uuid) return { for: '', note: '' };
  return { for: view.forWhom ?? '', note: view.note ?? '' };
}

/**
 * Stores a note. Resolves with the message that says so, or that another call waits in the slot. Rejects
 * if the server does not store it.
 */
export async function storeNote(
  park: ValetPark,
  { slot, uuid }: NoteTarget,
  input: NoteInput,
): Promise<Message> {
  const params = { n: slot };
  if (park.getSnapshot().slots[slot - 1]?.uuid !== uuid) return { key: 'note.changed', params };
  const note = cleanText(input.note, longest);
  const forWhom = cleanText(input.for, longest);
  await park.annotate(slot, { note: note || null, for: forWhom || null });
  const about = noteTexts({ forWhom, note });
  if (about.length === 0) return { key: 'note.removed', params };
  return { key: 'note.saved', params: { n: slot, about } };
}

/** The longest text that a server takes. */
export const longest = 200;

/** True if the error says that the server keeps no notes at all. */
export function keepsNoNotes(error: unknown): boolean {
  return isValetError(error) && error.code === 'no-notes';
}
