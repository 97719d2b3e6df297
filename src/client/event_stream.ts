import { error } from './error.js';

/** One message of a stream of server-sent events. */
export interface Message {
  /** Its `event`, or `message`. */
  readonly kind: string;
  /** Its lines of `data`, as one text. */
  readonly data: string;
  /** Its own `id`; null where it has none that can be used. */
  readonly id: string | null;
}

/** How many characters a message may have. */
export const MESSAGE_LIMIT = 2 ** 20;
/** How many characters an id may have, and which: it goes back in a header. */
const ID_LIMIT = 1_000;
const idCharacters = /^[\t\x20-\x7e\xa1-\xff]*$/;
/** The longest pause that a server may ask for, in ms. */
const LONGEST_RETRY_MS = 30_000;

/**
 * Reads a stream of server-sent events, as the HTML standard says.
 *
 * Its cost grows with what arrives, however that is cut. A message beyond `MESSAGE_LIMIT` is refused
 * with `unreachable`.
 */
export class EventStream {
  /** The id after which the stream is to be resumed; empty: from the beginning. */
  lastId: string;
  /** The first pause that the server asks for before the stream is opened again, in ms. */
  retryMs: number | null = null;
  /** It takes a mark of byte order at the beginning away. */
  readonly #decoder = new TextDecoder();
  /** The beginning of a line whose end has not arrived yet. */
  #line = '';
  /** The last character was CR: an LF after it belongs to the same end of line. */
  #endedWithCr = false;
  #kind = '';
  #id: string | null = null;
  #data: string[] = [];
  /** How many characters `#data` has. */
  #length = 0;

  constructor(lastId: string) {
    this.lastId = lastId;
  }

  /** Takes what arrived, and returns the messages that are complete by now. */
  read(bytes: Uint8Array): Message[] {
    const text = this.#decoder.decode(bytes, { stream: true });
    const messages: Message[] = [];
    if (text === '') return messages;
    let from = this.#endedWithCr && text.startsWith('\n') ? 1 : 0;
    this.#endedWithCr = text.endsWith('\r');
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
      if (index < from) continue;
      this.#keep(text.slice(from, index));
      from = index + end.length;
      const line = this.#line;
      this.#line = '';
      if (line !== '') this.#field(line);
      else this.#finish(messages);
    }
    this.#keep(text.slice(from));
    return messages;
  }

  #keep(part: string): void {
    this.#line += part;
    if (this.#line.length + this.#length <= MESSAGE_LIMIT) return;
    const expected = `expected a message of at most ${MESSAGE_LIMIT} characters from the feed`;
    throw error('failure', 'unreachable', `${expected}, found a longer one`, { retryable: true });
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      this.#data.push(value);
      this.#length += value.length + 1;
    } else if (name === 'event') this.#kind = value;
    else if (name === 'id' && isCarried(value)) this.#id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) {
      this.retryMs = Math.min(Number(value), LONGEST_RETRY_MS);
    }
  }

  /** An empty line ends a message. One without `data` is none, but its id counts. */
  #finish(messages: Message[]): void {
    const [kind, id, data] = [this.#kind || 'message', this.#id, this.#data];
    if (id !== null) this.lastId = id;
    if (data.length > 0) messages.push({ kind, data: data.join('\n'), id });
    [this.#kind, this.#id, this.#data, this.#length] = ['', null, [], 0];
  }
}

/** Whether a header carries this id as it is: HTTP takes spaces at the ends away. */
function isCarried(id: string): boolean {
  return id.length <= ID_LIMIT && idCharacters.test(id) && id === id.trim();
}
