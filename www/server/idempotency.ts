import { createHash } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import { SwitchError } from './switch-error.ts';

/** The request header that names a command. */
export const keyHeader = 'Idempotency-Key';

/** An answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A command that was sent with a key. */
export interface KeyedCommand {
  /** The token it was sent with. Each token has its own keys. */
  readonly token: string;
  readonly key: string;
  readonly path: string;
  readonly body: string;
}

/** One key that is known. */
interface Entry {
  /** The digest of the path and the body. */
  readonly request: string;
  /** The answer; pending while the command is at work. */
  readonly reply: Promise<Reply>;
}

/**
 * The idempotency keys of one switch: a key is executed once and answered alike.
 *
 * Browsers and proxies repeat a request by themselves when a connection breaks. The key tells a
 * repetition from a new command.
 *
 * A key is kept for ten minutes after its answer. At most 10,000 keys are kept: the one that was
 * answered first goes first, one at work never goes. They live in memory, so a restart of the
 * switch forgets them.
 */
export class IdempotencyKeys {
  readonly #now: () => number;
  readonly #working = new Map<string, Entry>();
  /** In the order in which they were answered; `at` is the time of the answer. */
  readonly #answered = new Map<string, Entry & { readonly at: number }>();

  /** `now` is the time in ms. It must not throw, and must not run backwards. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Calls `execute` for a key that is not known. Returns the answer of the first execution to every
   * repetition, also while that execution is at work.
   *
   * An execution that fails is repeated as the same failure, because it may have had an effect.
   *
   * @throws HTTPException 422 for a key that came with another request; SwitchError `busy` if 10,000
   * commands with keys are at work.
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

  /** Forgets all keys, as a restart does. Commands at work still get their answers. */
  clear(): void {
    this.#working.clear();
    this.#answered.clear();
  }

  #finish(name: string, entry: Entry): void {
    if (this.#working.get(name) !== entry) return; // Forgotten meanwhile.
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
 * The key in the header `Idempotency-Key`; null if there is no such header.
 *
 * @throws HTTPException 400 for anything but 1 to 255 visible ASCII characters.
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

/** Keeps an entry small, whatever was sent. */
function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

const KEPT_MS = 600_000;
const MAX_KEYS = 10_000;

const ANOTHER_REQUEST =
  `this ${keyHeader} came with another request before: ` +
  'repeat that request unchanged, or send this one with a new key';
const BUSY = `${MAX_KEYS} commands are at work, which is the most: send this one again later`;
