import type { WakeIn } from '../relay/timers.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { EngineError } from './engine-error.ts';
import type { EngineEvent } from './protocol.ts';

/** The parts of a link, and what it calls. */
export interface LinkOptions extends ConnectionOptions {
  /** The events to subscribe to. Subclasses of custom events come last, as `CUSTOM valet_parking::info`. */
  readonly events: readonly string[];
  readonly wakeIn: WakeIn;
  /** How often an idle connection is tried, in ms. Default 5,000. */
  readonly probeMs?: number;
  /** Returns a number from 0 to 1. Default `Math.random`. */
  readonly random?: () => number;
  /** An event came. Called only between `onUp` and `onDown`. */
  onEvent(event: EngineEvent): void;
  /** Both connections work. Events may have been missed before. */
  onUp(): void;
  /** A connection is lost, or could not be opened. Called once for each failure. */
  onDown(error: EngineError): void;
}

/**
 * The link to one FreeSWITCH: a connection for commands, and a connection for events.
 *
 * A command may take long, and events must not wait for its answer. If one of the two connections is
 * lost, the link closes the other one, and opens both again after a pause.
 */
export class Link {
  readonly #options: LinkOptions;
  #commands: Connection | null = null;
  #events: Connection | null = null;
  #failures = 0;
  #cancelTimer: () => void = () => {};
  #isClosed = false;
  #problem: EngineError = new EngineError('unreachable', 'FreeSWITCH is not connected yet');

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** True if commands can be sent, and events come. */
  get isUp(): boolean {
    return this.#commands?.isOpen === true && this.#events?.isOpen === true;
  }

  /** Why the link is not up, as a sentence. Null if it is up. */
  get problem(): string | null {
    return this.isUp ? null : this.#problem.message;
  }

  /** Opens the link, and keeps it open until `close`. */
  open(): void {
    void this.#open();
  }

  /**
   * Executes a command of the API. Resolves to its output.
   *
   * @throws EngineError `unreachable` at once if the link is not up; `no-answer` or `failed` as
   * `Connection.api` does.
   */
  async api(command: string): Promise<string> {
    const commands = this.#commands;
    if (commands === null || !this.isUp)
      throw new EngineError('unreachable', this.#problem.message);
    return commands.api(command);
  }

  /**
   * Starts a command of the API, and does not wait for its end. The event `BACKGROUND_JOB` tells its
   * output.
   *
   * @throws EngineError as `api`.
   */
  async start(command: string): Promise<void> {
    const commands = this.#commands;
    if (commands === null || !this.isUp)
      throw new EngineError('unreachable', this.#problem.message);
    await commands.send(`bgapi ${command}`);
  }

  /** Closes the link. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#closeBoth();
  }

  async #open(): Promise<void> {
    const { events } = this.#options;
    const closed = (error: EngineError) => this.#lost(error);
    const event = (one: EngineEvent) => {
      if (this.isUp) this.#options.onEvent(one);
    };
    const opened: Connection[] = [];
    try {
      for (const listener of [{ closed }, { closed, event }]) {
        opened.push(await Connection.open(this.#options, listener));
      }
      const [commands = null, listening = null] = opened;
      await listening?.send(`event plain ${events.join(' ')}`);
      if (this.#isClosed || opened.some(({ isOpen }) => !isOpen)) throw this.#problem;
      this.#commands = commands;
      this.#events = listening;
      this.#failures = 0;
      this.#options.onUp();
      this.#probeLater();
    } catch (error) {
      for (const connection of opened) connection.close();
      this.#retry(error instanceof EngineError ? error : unexpected(error));
    }
  }

  /** A connection closed by itself. */
  #lost(error: EngineError): void {
    this.#problem = error;
    if (this.#commands === null) return; // `#open` notices.
    this.#closeBoth();
    this.#retry(error);
  }

  #closeBoth(): void {
    const both = [this.#commands, this.#events];
    this.#commands = null;
    this.#events = null;
    for (const connection of both) connection?.close();
  }

  #retry(error: EngineError): void {
    if (this.#isClosed) return;
    this.#problem = error;
    const { wakeIn, random = Math.random } = this.#options;
    const longestMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    this.#cancelTimer();
    this.#cancelTimer = wakeIn(longestMs * (0.5 + random() / 2), () => void this.#open());
    this.#options.onDown(error);
  }

  /** Tries the two connections. A missing answer closes them. */
  #probeLater(): void {
    const { wakeIn, probeMs = PROBE_MS } = this.#options;
    this.#cancelTimer();
    this.#cancelTimer = wakeIn(probeMs, () => {
      const both = [this.#commands, this.#events];
      const answers = both.map(async (connection) => connection?.api('echo valet-park'));
      const next = () => {
        if (this.isUp) this.#probeLater();
      };
      Promise.all(answers).then(next, next);
    });
  }
}

function unexpected(error: unknown): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError('unreachable', reason, error);
}

const FIRST_PAUSE_MS = 250;
/** People wait for the telephones after the engine was started again. */
const LONGEST_PAUSE_MS = 2_000;
const PROBE_MS = 5_000;
