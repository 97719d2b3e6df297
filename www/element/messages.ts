import type { en } from './messages/en.ts';

/** Names one sentence of the element's catalogue. */
export type MessageKey = keyof typeof en;

/**
 * What fills one place of a sentence: text from outside, which is never trusted; a number; a
 * sentence of our own; or several of them, which become a list.
 */
export type Param = string | number | Message | readonly Message[];

/** What fills the places of a sentence, by their names. */
export type Params = Readonly<Record<string, Param>>;

/** A sentence with what fills it: words that are not spoken yet. */
export interface Message<Key extends string = MessageKey> {
  readonly key: Key;
  readonly params?: Params;
}

/** Every sentence of a catalogue in one language. A missing key does not compile. */
export type Catalogue<Key extends string = MessageKey> = Readonly<Record<Key, string>>;
