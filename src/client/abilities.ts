import { tried } from './host.js';

/** The response header in which a server says what it can do, as words between commas. */
const HEADER = 'x-valet-park';

/** The words of the header, in lower case. `headers`: names and values in turn. */
export function announced(headers: readonly string[]): readonly string[] {
  const at = headers.findIndex((name, place) => place % 2 === 0 && name.toLowerCase() === HEADER);
  const words = at < 0 ? '' : (headers[at + 1] ?? '');
  return words.split(',').map((word) => word.trim().toLowerCase());
}

/** The headers of an answer, names and values in turn. */
export function headersOf(reply: { readonly headers: Iterable<unknown> }): string[] {
  return [...reply.headers].flat().map(String);
}

/**
 * What the server at the base URL can do, by its latest answer.
 *
 * The answers of the API count, and those of a feed on the same origin. An answer from 500 on
 * changes nothing: it may come from something in front of the server.
 */
export class Abilities {
  readonly #baseUrl: string;
  #takesKeys = false;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** True if the server honours `Idempotency-Key`. To any other server that header may be a reason
   *  to refuse the request: it is not among those that a bare switch allows across origins. */
  get takesKeys(): boolean {
    return this.#takesKeys;
  }

  /** Takes note of an answer that came from `url`. */
  answered(url: string, status: number, headers: readonly string[]): void {
    if (status < 500 && isSameOrigin(url, this.#baseUrl)) {
      this.#takesKeys = announced(headers).includes('idempotency-key');
    }
  }

  /** Takes note that a request with a key got no answer. The server may be another one by now. */
  unanswered(): void {
    this.#takesKeys = false;
  }
}

function isSameOrigin(one: string, other: string): boolean {
  const origin = originOf(one);
  return origin !== null && origin === originOf(other);
}

/** The origin of a URL, which may be relative; null where it has none. */
function originOf(url: string): string | null {
  const page = tried(() => document.baseURI) ?? tried(() => location.href);
  const origin = tried(() => new URL(url, page ?? 'http://relative.invalid').origin);
  return origin === undefined || origin === 'null' ? null : origin;
}

/**
 * A random UUID (version 4), by which a server recognises one command that arrives twice.
 *
 * Undefined where the host has no random numbers. `crypto.randomUUID` is not used: pages at an
 * address that is not secure lack it.
 */
export function idempotencyKey(): string | undefined {
  const bytes = tried(() => crypto.getRandomValues(new Uint8Array(16)));
  if (!bytes) return undefined;
  const [version, variant] = [bytes[6] ?? 0, bytes[8] ?? 0];
  bytes.set([(version & 0x0f) | 0x40], 6);
  bytes.set([(variant & 0x3f) | 0x80], 8);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
