import type { dialogs } from './messages/dialogs/en.ts';
import type { en } from './messages/en.ts';

/** The key of a sentence in the element's catalogue. */
export type MessageKey = keyof typeof en;

/** The key of a sentence in a dialog. */
export type DialogKey = keyof typeof dialogs;

/**
 * The value of one placeholder: untrusted text from outside, a number, a message, or several
 * messages. Several messages become a list with commas.
 */
export type Param = string | number | Message | readonly Message[];

/** The values of the placeholders, by name. */
export type Params = Readonly<Record<string, Param>>;

/** A sentence that is not tied to a language: its key, and the values of its placeholders. */
export interface Message<Key extends string = MessageKey> {
  readonly key: Key;
  readonly params?: Params;
}

/** All sentences in one language. TypeScript reports a missing key. */
export type Catalogue<Key extends string = MessageKey> = Readonly<Record<Key, string>>;

/** Sentences in one language. The English sentence is used for each missing one. */
export type PartialCatalogue<Key extends string = MessageKey> = Readonly<
  Partial<Record<Key, string>>
>;
