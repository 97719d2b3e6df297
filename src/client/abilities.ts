import { tried } from './host.js';

/** The response header in which a server says what it can do, as words between commas. */
const HEADER = 'x-valet-park';

/** The words with which a server announces its abilities. */
export type Ability = 'lot' | 'idempotency-key' | 'notes' | 'relay' | 'pick-up';

/**
 * Returns the value of a header, or undefined. `headers` holds names and values in turn. `name` is in
 * lower case.
 */
export function headerOf(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((found, place) => place % 2 === 0 && found.toLowerCase() === name);
  return at < 0 ? undefined : headers[at + 1];
}

/** Returns the words of `X-Valet-Park`, in lower case. */
export function announced(headers: readonly string[]): readonly string[] {
  const words = headerOf(headers, HEADER) ?? '';
  return words.split(',').map((word) => word.trim().toLowerCase());
}

/** Returns the headers of an answer, names and values in turn. */
export function headersOf(reply: { readonly headers: Iterable<unknown> }): string[] {
  return [...reply.headers].flat().map(String);
}

/**
 * Remembers what the server at the base URL can do, as its latest answer says.
 *
 * Answers of the API count, and answers of a feed on the same origin. An answer with a status of
 * 500 or more changes nothing, because a proxy in front of the server may have sent it.
 */
export class Abilities {
  readonly #baseUrl: string;
  #words: readonly string[] = [];
  #isKnown = false;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** True as soon as the server has answered once. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /**
   * Returns true if the server has announced an ability.
   *
   * A request header of an ability must not be sent to any other server: a bare switch does not
   * allow it across origins, so the browser would refuse the whole request.
   */
  has(ability: Ability): boolean {
    return this.#words.includes(ability);
  }

  /** Records an answer that came from `url`. */
  answered(url: string, status: number, headers: readonly string[]): void {
    if (status < 500 && isSameOrigin(url, this.#baseUrl)) {
      this.#words = announced(headers);
      this.#isKnown = true;
    }
  }

  /**
   * Records that a request with a header of an ability got no answer. Another server may have taken
   * over since, and a browser refuses the header if that server has another origin than the page.
   *
   * After a request without a key, a server of the same origin keeps its abilities. So the panels of
   * a relay that restarts still say that their questions can wait.
   */
  unanswered(hasKey: boolean): void {
    if (!hasKey && !isOfAnotherOrigin(this.#baseUrl)) return;
    this.#words = [];
    this.#isKnown = false;
  }
}

/** Returns true if the page has another origin than `url`. Without a page, returns false. */
function isOfAnotherOrigin(url: string): boolean {
  return pageUrl() !== undefined && !isSameOrigin(url, '');
}

function isSameOrigin(one: string, other: string): boolean {
  const origin = originOf(one);
  return origin !== null && origin === originOf(other);
}

/** Returns the origin of a URL, which may be relative, or null if the URL has no origin. */
function originOf(url: string): string | null {
  const page = pageUrl() ?? 'http://relative.invalid';
  const origin = tried(() => new URL(url, page).origin);
  return origin === undefined || origin === 'null' ? null : origin;
}

/** Returns the URL of the page, or undefined outside of a browser. */
function pageUrl(): string | undefined {
  return tried(() => document.baseURI) ?? tried(() => location.href);
}

/**
 * Returns a random UUID (version 4). With it a server recognises one command that arrives twice.
 *
 * Returns undefined if the host has no random numbers. `crypto.randomUUID` is not used, because
 * pages that are served over plain HTTP lack it.
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
