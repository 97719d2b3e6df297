import { createHash } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import { SwitchError } from '../exchange/switch-error.ts';

/** The request header with the key of a command. */
export const keyHeader = 'Idempotency-Key';

/** An HTTP answer. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A command with a key. */
export interface KeyedCommand {
  /** The token of the client. Each token has its own keys. */
  readonly token: string;
  readonly key: string;
  readonly path: string;
  readonly body: string;
}

/** A known key. */
interface Entry {
  /** The digest of the path and the body. */
  readonly request: string;
  /** The answer. The promise is pending while the command runs. */
  readonly reply: Promise<Reply>;
}

/**
 * The idempotency keys of one switch. Commands with the same key are executed once and get the same
 * answer.
 *
 * Browsers and proxies repeat a request by themselves if a connection breaks. The key distinguishes a
 * repetition from a new command.
 *
 * A key is kept for ten minutes after its answer. At most 10,000 keys are kept. If there are more, the
 * key that was answered first is removed; a key whose command runs is never removed. The keys are in
 * memory, so a restart of the switch removes them.
 */
export class IdempotencyKeys {
  readonly #now: () => number;
  readonly #working = new Map<string, Entry>();
  /** The answered keys, in the order of their answers. `at` is the time of the answer. */
  readonly #answered = new Map<string, Entry & { readonly at: number }>();

  /** `now` returns the time in ms. It must not throw, and must not run backwards. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Calls `execute` if the key is new. For a known key, returns the answer of the first execution. If
   * that execution still runs, waits for its answer.
   *
   * If the first execution fails, repetitions fail in the same way, because the execution may have had
   * an effect.
   *
   * @throws HTTPException 422 if the key came with another request before; SwitchError `busy` if
   * 10,000 commands with keys run.
   */
  async once(command: KeyedCommand, execute: () => Promise<Reply>): Promise<Reply> {
    const name = digest(command.token, command.key);
    const request = digest(command.path, command.body);
    this.#forgetExpired();
    const known = this.#working.get(name) ?? this.#answered.get(name);
    if (known !== undefined) {
      if (known.request !== request) throw new HTTPException(422, { message: ANOTHER_REQUEST });
      return known.reply;
    }
    if (this.#working.size >= MAX_KEYS) throw new SwitchError('busy', BUSY);
    const entry = { request, reply: execute() };
    this.#working.set(name, entry);
    this.#forgetBeyondLimit();
    const finish = () => this.#finish(name, entry);
    entry.reply.then(finish, finish);
    return entry.reply;
  }

  /** Removes all keys, as a restart does. Commands that run still get their answers. */
  clear(): void {
    this.#working.clear();
    this.#answered.clear();
  }

  #finish(name: string, entry: Entry): void {
    if (this.#working.get(name) !== entry) return; // `clear` has removed the key.
    this.#working.delete(name);
    this.#answered.set(name, { ...entry, at: this.#now() });
  }

  #forgetExpired(): void {
    const now = this.#now();
    for (const [name, { at }] of this.#answered) {
      if (now - at < KEPT_MS) return;
      this.#answered.delete(name);
    }
  }

  #forgetBeyondLimit(): void {
    for (const name of this.#answered.keys()) {
      if (this.#working.size + this.#answered.size <= MAX_KEYS) return;
      this.#answered.delete(name);
    }
  }
}

/**
 * Returns the key in the header `Idempotency-Key`. Null if the header is missing.
 *
 * @throws HTTPException 400 unless the key is 1 to 255 visible ASCII characters.
 */
export function readKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (/^[!-~]{1,255}$/.test(header)) return header;
  const found = JSON.stringify(header.length > 40 ? `${header.slice(0, 39)}…` : header);
  throw new HTTPException(400, {
    message:
      `${keyHeader} must be 1 to 255 visible ASCII characters, such as a new UUID; ` +
      `found ${header.length} characters: ${found}`,
  });
}

/** Returns a short text for parts of any length. */
function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

const KEPT_MS = 600_000;
const MAX_KEYS = 10_000;

const ANOTHER_REQUEST =
  `this ${keyHeader} came with another request before: ` +
  'repeat that request unchanged, or send this one with a new key';
const BUSY = `${MAX_KEYS} commands are at work, which is the most: send this one again later`;
