import { closeSync, fchownSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { PERMISSIONS } from './access.ts';

/** A token as it is stored. The secret part is stored as its SHA-256 only. */
export type StoredToken = v.InferOutput<typeof TOKEN>;

/** The place where tokens are kept. */
export interface TokenStore {
  /** @throws Error if the tokens cannot be read. The message says what to do. */
  read(): readonly StoredToken[];
  /** Replaces all tokens. @throws Error if the tokens cannot be written. */
  write(tokens: readonly StoredToken[]): void;
}

/** Keeps the tokens in memory, for tests and for programs that store them elsewhere. */
export class MemoryTokenStore implements TokenStore {
  #tokens: readonly StoredToken[] = [];

  read(): readonly StoredToken[] {
    return this.#tokens;
  }

  write(tokens: readonly StoredToken[]): void {
    this.#tokens = structuredClone(tokens);
  }
}

/** Keeps the tokens in a JSON file that only its owner can read. */
export class FileTokenStore implements TokenStore {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): readonly StoredToken[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      return v.parse(FILE, JSON.parse(text)).tokens;
    } catch (error) {
      throw new Error(
        `${this.#file} is not a list of tokens: restore it from a copy, or remove the file and pair ` +
          'all panels again',
        { cause: error },
      );
    }
  }

  write(tokens: readonly StoredToken[]): void {
    writePrivateFile(this.#file, `${JSON.stringify({ version: 1, tokens }, null, 2)}\n`);
  }
}

/**
 * Replaces a file in one step: a reader sees the old text or the new text. Only the owner of the file
 * can read it. Creates the folder if it is missing. A file that root writes belongs to the owner of the
 * folder, so that a service of another user can read it.
 */
export function writePrivateFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  try {
    rmSync(temporary, { force: true }); // An old file could have another mode.
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      if (process.getuid?.() === 0) {
        const { uid, gid } = statSync(dirname(file));
        fchownSync(handle, uid, gid);
      }
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The form of a stored token. */
export const TOKEN = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  name: v.string(),
  /** The SHA-256 of the secret part, in base64url. */
  hash: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  extensions: v.union([v.array(v.string()), v.literal('all')]),
  may: v.array(v.picklist(PERMISSIONS)),
  /** These are times in ms since 1970. */
  createdAt: v.number(),
  expiresAt: v.nullable(v.number()),
  usedAt: v.nullable(v.number()),
});

const FILE = v.object({ version: v.literal(1), tokens: v.array(TOKEN) });
