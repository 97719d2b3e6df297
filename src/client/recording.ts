/**
 * The latest inputs of the core, for a bug report: JSON that `npm run replay` plays again.
 *
 * It has no names, no numbers of telephones, no notes and no tokens. Stand-ins replace them, and
 * equal texts have equal stand-ins. It does say when something happened, and in which slot.
 */
export interface Recording {
  /** The version of the package. Only the same version can replay the recording. */
  readonly version: string;
  /** The content of an entry is not part of the API. */
  readonly entries: readonly unknown[];
}

/** The version of the package. The build defines it. */
declare const VERSION: string;

type Item = number | string;

/** Returns recordings of one client, in the order in which they were made, as one. */
export function recordingOf(recordings: readonly Uint8Array[]): Recording {
  return { version: VERSION, entries: readRecordings(recordings) };
}

/**
 * Reads the bytes of recordings and replaces every text by a stand-in.
 *
 * The core writes its own words, such as the state of a call, as numbers. So every text came from
 * outside.
 */
export function readRecordings(recordings: readonly Uint8Array[]): readonly (readonly Item[])[] {
  const entries = recordings.flatMap(readEntries);
  const texts = entries.flat().filter((item) => typeof item === 'string');
  const standIns = new StandIns(texts);
  return entries.map((entry) =>
    entry.map((item) => (typeof item === 'string' ? standIns.of(item) : item)),
  );
}

/** The kinds of items: the lowest two bits of the number that begins an item. */
const TEXT = 1;
const END = 2;

function readEntries(bytes: Uint8Array): Item[][] {
  const decoder = new TextDecoder();
  const entries: Item[][] = [];
  let entry: Item[] = [];
  for (let at = 0; at < bytes.length;) {
    let number = 0;
    let byte: number;
    // Groups of seven bits, the lowest first. Bit operations would cut the number to 32 bits.
    for (let scale = 1; ; scale *= 128) {
      byte = bytes[at++] ?? 0;
      number += (byte & 127) * scale;
      if (byte < 128) break;
    }
    const kind = number % 4;
    number = Math.floor(number / 4);
    if (entry.length === 0) entries.push(entry);
    if (kind === END) entry = [];
    else if (kind === TEXT) entry.push(decoder.decode(bytes.subarray(at, (at += number))));
    else entry.push(number);
  }
  return entries;
}

/** A UUID with or without hyphens, or a run of digits. */
const PIECE = /[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}|\d+/gi;
/** The characters of numbers and of names of calls apart from such pieces. */
const BETWEEN = /^[-+@*#(). ]*$/;

/**
 * The stand-ins of texts.
 *
 * In numbers, extensions and names of calls, each run of digits and each UUID has a stand-in of the
 * same form. All other texts are replaced as a whole. No stand-in is equal to a text or a piece of
 * a text that it could be mistaken for.
 */
export class StandIns {
  readonly #taken = new Set<string>();
  readonly #known = new Map<string, string>();
  #last = 0;

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      this.#taken.add(text);
      for (const [piece] of text.matchAll(PIECE)) this.#taken.add(plain(piece));
    }
  }

  /** Returns the stand-in of a text. Equal texts have equal stand-ins. */
  of(text: string): string {
    const isName = BETWEEN.test(text.replace(PIECE, ''));
    if (!isName) return this.#get(text, (number) => `text ${number}`);
    return text.replace(PIECE, (piece) => this.#ofPiece(piece));
  }

  #ofPiece(piece: string): string {
    const key = plain(piece);
    if (/^\d+$/.test(piece) && piece.length < 32) {
      const { length } = piece;
      // Five digits and more begin with 1: leading zeros would look odd.
      const first = length < 5 ? '' : '1';
      return this.#get(
        key,
        (number) => first + String(number).padStart(length - first.length, '0'),
      );
    }
    const hex = this.#get(key, (number) => `00000000000040008000${hexOf(number)}`);
    if (!piece.includes('-')) return hex;
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  #get(text: string, make: (number: number) => string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    let standIn: string;
    do standIn = make((this.#last += 1));
    while (this.#taken.has(standIn));
    this.#taken.add(standIn);
    this.#known.set(text, standIn);
    return standIn;
  }
}

function hexOf(number: number): string {
  return number.toString(16).padStart(12, '0');
}

/** A piece without its spelling: UUIDs are equal with and without hyphens, in any letter case. */
function plain(piece: string): string {
  return piece.toLowerCase().replaceAll('-', '');
}
