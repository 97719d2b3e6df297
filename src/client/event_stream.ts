import { error } from './error.js';

/** One message of a stream of server-sent events. */
export interface Message {
  /** The field `event`. The default is `message`. */
  readonly kind: string;
  /** The lines of `data`, as one text. */
  readonly data: string;
  /** The `id` of this message. Null if it has none, or one that cannot be sent in a header. */
  readonly id: string | null;
}

/** The largest number of characters of a message. */
export const MESSAGE_LIMIT = 2 ** 20;
/** The largest number of characters of an id, and the characters that a header can carry. */
const ID_LIMIT = 1_000;
const idCharacters = /^[\t\x20-\x7e\xa1-\xff]*$/;
/** The longest pause that a server can set, in ms. */
const LONGEST_RETRY_MS = 30_000;

/**
 * Reads a stream of server-sent events, as the HTML standard says.
 *
 * The cost grows with the number of characters, however small the pieces are in which they arrive. A
 * message with more than `MESSAGE_LIMIT` characters throws `unreachable`.
 */
export class EventStream {
  /** The id after which the stream continues. Empty for the beginning. */
  lastId: string;
  /** The pause before the stream is opened again, in ms, if the server sent one. */
  retryMs: number | null = null;
  /** It removes a byte order mark at the beginning. */
  readonly #decoder = new TextDecoder();
  /** The beginning of a line. Its end has not arrived yet. */
  #line = '';
  /** True if the last character was CR. An LF after a CR belongs to the same end of line. */
  #endedWithCr = false;
  #kind = '';
  #id: string | null = null;
  #data: string[] = [];
  /** The number of characters in `#data`. */
  #length = 0;

  constructor(lastId: string) {
    this.lastId = lastId;
  }

  /** Takes the next bytes. Returns the messages that are complete now. */
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

  /** Ends a message after an empty line. Without `data` there is no message, but the id counts. */
  #finish(messages: Message[]): void {
    const [kind, id, data] = [this.#kind || 'message', this.#id, this.#data];
    if (id !== null) this.lastId = id;
    if (data.length > 0) messages.push({ kind, data: data.join('\n'), id });
    [this.#kind, this.#id, this.#data, this.#length] = ['', null, [], 0];
  }
}

/** True if a header carries this id unchanged. HTTP removes spaces at the ends. */
function isCarried(id: string): boolean {
  return id.length <= ID_LIMIT && idCharacters.test(id) && id === id.trim();
}
