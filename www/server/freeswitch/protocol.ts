import { unescape } from 'node:querystring';

/** The headers of a message or of an event. */
export type EngineHeaders = Readonly<Record<string, string>>;

/** A message that FreeSWITCH sends over its event socket. */
export interface SocketMessage {
  readonly headers: EngineHeaders;
  readonly body: string;
}

/** An event of FreeSWITCH. The values of its headers are decoded. */
export interface EngineEvent {
  /** The `Event-Name`. For a custom event: `CUSTOM` and its subclass, as `CUSTOM valet_parking::info`. */
  readonly name: string;
  readonly headers: EngineHeaders;
  readonly body: string;
}

/** The bytes are no messages of an event socket, or a message is too long. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolError';
  }
}

/**
 * Splits the bytes of an event socket into messages. A message has header lines, an empty line, and a
 * body of `Content-Length` bytes.
 */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);

  /**
   * Takes in bytes. Returns the messages that are complete now.
   *
   * @throws ProtocolError if the bytes cannot be messages.
   */
  push(bytes: Buffer): SocketMessage[] {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    const messages: SocketMessage[] = [];
    let from = 0;
    for (;;) {
      const found = messageAt(this.#bytes, from);
      if (found === null) break;
      messages.push(found.message);
      from = found.end;
    }
    this.#bytes = this.#bytes.subarray(from);
    return messages;
  }
}

/** Reads the event in the body of a `text/event-plain` message. */
export function readEvent(text: string): EngineEvent {
  const end = text.indexOf('\n\n');
  const headers = readHeaders(end < 0 ? text : text.slice(0, end), unescape);
  const body = end < 0 ? '' : text.slice(end + 2);
  const { 'Event-Name': name = '', 'Event-Subclass': subclass } = headers;
  return { name: subclass === undefined ? name : `${name} ${subclass}`, headers, body };
}

function messageAt(bytes: Buffer, from: number): { message: SocketMessage; end: number } | null {
  let start = from;
  while (bytes[start] === LINE_FEED) start += 1; // Some replies end with one empty line too many.
  const headerEnd = bytes.indexOf('\n\n', start);
  if (headerEnd < 0) {
    if (bytes.length - start > MAX_HEADER_BYTES) throw new ProtocolError('a header is too long');
    return null;
  }
  const headers = readHeaders(bytes.toString('utf8', start, headerEnd));
  const length = Number(headers['Content-Length'] ?? '0');
  if (!Number.isInteger(length) || length < 0 || length > MAX_BODY_BYTES) {
    throw new ProtocolError('a message has an impossible length');
  }
  const bodyStart = headerEnd + 2;
  const end = bodyStart + length;
  if (bytes.length < end) return null;
  return { message: { headers, body: bytes.toString('utf8', bodyStart, end) }, end };
}

function readHeaders(text: string, decode = (value: string) => value): EngineHeaders {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    headers[line.slice(0, colon)] = decode(line.slice(colon + 1).trim());
  }
  return headers;
}

const LINE_FEED = 10;
const MAX_HEADER_BYTES = 262_144;
/** A list of several thousand channels has some MB. */
const MAX_BODY_BYTES = 67_108_864;
