import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { FileTokenStore, MemoryTokenStore, writePrivateFile } from '../access/store.ts';
import type { TokenStore } from '../access/store.ts';
import { FileLog } from '../feed/file.ts';
import type { Log } from '../feed/log.ts';
import { MemoryLog } from '../feed/memory.ts';

/** Everything of a relay that should survive a restart. */
export interface RelayState {
  readonly store: TokenStore;
  readonly log: Log;
  /** The secret in the URL of the web hooks, and the word by which the relay knows its web hooks. */
  readonly hooks: { readonly secret: string; readonly installation: string };
}

/** The options of `openState`. */
export interface StateOptions {
  /** The folder of the files. Null: the state is in memory. */
  readonly folder: string | null;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** A log to use in place of the log in the folder. */
  readonly log: Log | 'memory' | undefined;
  /** Gets a sentence for the administrator when the log is damaged or cannot be stored. */
  readonly report: (sentence: string) => void;
}

/**
 * Opens the state of a relay. Creates what is missing.
 *
 * @throws Error if a file cannot be read. The message says what to do.
 */
export function openState({ folder, now, log, report }: StateOptions): RelayState {
  const isInMemory = folder === null || log === 'memory';
  const openLog = () =>
    isInMemory
      ? new MemoryLog({ now })
      : FileLog.open({ path: join(folder, 'log.jsonl'), now, report });
  return {
    store: folder === null ? new MemoryTokenStore() : new FileTokenStore(tokenFile(folder)),
    hooks: folder === null ? newHooks() : openHooks(folder),
    log: typeof log === 'object' ? log : openLog(),
  };
}

/** Returns the file of the tokens in a folder. */
export function tokenFile(folder: string): string {
  return join(folder, 'tokens.json');
}

/** Returns the file of what a relay knows of the tokens that several relays share. */
export function sharingFile(folder: string): string {
  return join(folder, 'token-sharing.json');
}

/** Reads the secret of the web hooks in a folder, or creates it. @throws Error as `openState` does. */
export function openHooks(folder: string): RelayState['hooks'] {
  const file = join(folder, 'hooks.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const hooks = newHooks();
    writePrivateFile(file, `${JSON.stringify(hooks, null, 2)}\n`);
    return hooks;
  }
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), HOOKS), text);
  if (success) return output;
  throw new Error(
    `${file} has no secret for web hooks: restore it from a copy, or remove the file and start the ` +
      'relay with --subscribe',
  );
}

function newHooks(): RelayState['hooks'] {
  return {
    secret: randomBytes(24).toString('base64url'),
    installation: randomBytes(6).toString('hex'),
  };
}

const HOOKS = v.object({
  secret: v.pipe(v.string(), v.regex(/^[\w-]{22,}$/)),
  installation: v.pipe(v.string(), v.regex(/^\w+$/)),
});
