import type { en } from './messages/en.ts';

/** Names one sentence of the element's catalogue. */
export type MessageKey = keyof typeof en;

/** What fills the places of a sentence. Text may be anybody's and is never trusted. */
export type Params = Readonly<Record<string, string | number>>;

/** A sentence with what fills it: words that are not spoken yet. */
export interface Message<Key extends string = MessageKey> {
  readonly key: Key;
  readonly params?: Params;
}

/** Every sentence of a catalogue in one language. A missing key does not compile. */
export type Catalogue<Key extends string = MessageKey> = Readonly<Record<Key, string>>;
