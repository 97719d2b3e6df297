import { HTTPException } from 'hono/http-exception';
import { writeAnswer } from 'valet-park/lot';
import { SwitchError } from '../exchange/switch-error.ts';
import type { KeyRecord, KeyStore } from '../feed/log.ts';
import { keyHeader } from '../http/key.ts';
import type { Reply } from '../http/reply.ts';

/** A command with a key. */
export interface KeyedCommand {
  /** The name of the client, for example the id of its token. Each client has its own keys. */
  readonly owner: string;
  readonly key: string;
  readonly path: string;
  readonly body: string;
}

/** Returns a text that differs for different parts. */
export type Digest = (parts: readonly string[]) => string;

/** A command that runs. */
interface Running {
  readonly request: string;
  readonly reply: Promise<Reply>;
}

/**
 * Executes each command once. Commands with the same key get the same answer.
 *
 * Browsers and proxies repeat a request by themselves if a connection breaks. The key distinguishes a
 * repetition from a new command.
 *
 * The log stores that a command is sent before the command is executed. If the process dies before
 * the answer arrives, a repetition finds the key without an answer. It is not executed. It gets a 504
 * that clients read as an unclear answer, so they look at the slot.
 *
 * The log keeps a key for ten minutes after its answer, and the latest 10,000 answers. A key whose
 * command runs is never removed.
 */
export class Commands {
  readonly #keys: KeyStore;
  readonly #digest: Digest;
  readonly #running = new Map<string, Running>();

  /** `digest` makes the names of the keys, and the texts that tell requests apart, short. */
  constructor(keys: KeyStore, digest: Digest) {
    this.#keys = keys;
    this.#digest = digest;
  }

  /**
   * Calls `execute` if the key is new. For a known key, returns the answer of the first execution. If
   * that execution still runs, waits for its answer.
   *
   * If the first execution throws, its repetitions get a 504, because it may have had an effect.
   *
   * @throws HTTPException 422 if the key came with another request before; SwitchError `busy` if
   * 10,000 commands with keys run.
   */
  async once(command: KeyedCommand, execute: () => Promise<Reply>): Promise<Reply> {
    const name = this.#digest([command.owner, command.key]);
    const request = this.#digest([command.path, command.body]);
    const running = this.#running.get(name);
    if (running === undefined) return this.#start(name, request, execute);
    const known = await this.#keys.claim(name, request);
    if (known !== null) checkRequest(known, request);
    return known?.reply ?? (running.request === request ? running.reply : outcomeUnknown());
  }

  /** Forgets the commands that run, as a restart does. They still get their answers. */
  clear(): void {
    this.#running.clear();
  }

  #start(name: string, request: string, execute: () => Promise<Reply>): Promise<Reply> {
    if (this.#running.size >= MAX_RUNNING) throw new SwitchError('busy', BUSY);
    const isRunning = () => this.#running.get(name) === running;
    const replyTo = async () => {
      const known = await this.#keys.claim(name, request);
      if (known !== null) {
        checkRequest(known, request);
        return known.reply ?? outcomeUnknown();
      }
      const reply = await execute();
      if (isRunning()) void this.#keys.answer(name, reply);
      return reply;
    };
    const running: Running = { request, reply: replyTo() };
    this.#running.set(name, running);
    const finish = () => {
      if (isRunning()) this.#running.delete(name);
    };
    running.reply.then(finish, finish);
    return running.reply;
  }
}

/** @throws HTTPException 422 if the key belongs to another request. */
function checkRequest(known: KeyRecord, request: string): void {
  if (known.request !== request) throw new HTTPException(422, { message: ANOTHER_REQUEST });
}

/** The answer to a command that was sent before, and whose answer is lost. */
function outcomeUnknown(): Reply {
  const found = 'the command was sent before, and its answer is lost: look at the slot';
  return writeAnswer({ kind: 'unclear', status: 504, found, retryAfterMs: null });
}

const MAX_RUNNING = 10_000;

const ANOTHER_REQUEST =
  `this ${keyHeader} came with another request before: ` +
  'repeat that request unchanged, or send this one with a new key';
const BUSY = `${MAX_RUNNING} commands are at work, which is the most: send this one again later`;
