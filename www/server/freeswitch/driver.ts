import type { Answer, Question } from 'valet-park';
import type { PickUp } from 'valet-park/lot';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { WakeIn } from '../relay/timers.ts';
import { CHANNEL_EVENTS } from './channels.ts';
import type { ConnectionOptions } from './connection.ts';
import { readInventory } from './inventory.ts';
import { Link } from './link.ts';
import { EngineLot } from './lot.ts';
import { EnginePickUps } from './pick-up.ts';
import type { EngineEvent } from './protocol.ts';
import { Rescue } from './rescue.ts';
import { EngineState, type StateListener } from './state.ts';

/** The options of a lot on FreeSWITCH. */
export interface DriverOptions extends ConnectionOptions {
  /** The name of the lot, as in the dialplan: `valet_park NAME 5`. */
  readonly lot: string;
  /** The context in which the extensions are dialled. */
  readonly context: string;
  readonly slots: number;
  /** The pattern of the names of the slots, see `SlotNames`. */
  readonly slotNames?: string | undefined;
  /** How long a call waits, in ms. 0 is for ever. */
  readonly patienceMs: number;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  readonly wakeIn: WakeIn;
  readonly listener: DriverListener;
  /** The domain of the extensions, as in `user/1001@DOMAIN`. Default: the variable `domain` of FreeSWITCH. */
  readonly domain?: string | undefined;
  /** How long a telephone rings for a pick-up, in ms. Default 15,000. */
  readonly ringMs?: number | undefined;
  /** How often an idle connection is tried, in ms. */
  readonly probeMs?: number;
}

/** Gets the news of the engine, in order. */
export interface DriverListener extends StateListener {
  /** The lot is known, and commands can be given. Null: the problem is over. */
  changed(problem: string | null): void;
  /** Something that the administrator must know, without personal data. */
  warn(sentence: string): void;
}

/**
 * One lot on one FreeSWITCH: the connections, what is known of the lot, and the commands.
 *
 * After a connection was opened, and then from time to time, the lists of the engine correct what the
 * events did not tell.
 */
export class FreeswitchDriver {
  readonly state: EngineState;
  readonly lot: EngineLot;
  readonly pickUps: EnginePickUps;
  readonly #options: DriverOptions;
  readonly #link: Link;
  readonly #rescue: Rescue;
  /** The events that came while the lists are read. Null: no list is read. */
  #waiting: EngineEvent[] | null = null;
  #isReady = false;
  /** Why the lot was not ready for the first time. Null: it was always ready. */
  #firstProblem: string | null = null;
  #domain: string;
  /** The calls on hold that were in no list when the lists were read last. */
  #lost: ReadonlySet<string> = new Set();
  #cancelTimer: () => void = () => {};
  #isClosed = false;

  constructor(options: DriverOptions) {
    const { lot, now, wakeIn, listener } = options;
    this.#options = options;
    this.#link = new Link({
      ...options,
      events: [...CHANNEL_EVENTS, JOB_EVENT, 'CUSTOM', 'valet_parking::info'],
      onEvent: (event) => this.#heard(event),
      onUp: () => void this.#begin(),
      onDown: (error) => this.#down(error.message),
    });
    const api = (command: string) => this.#link.api(command);
    this.state = new EngineState({ ...options, node: nodeOf(options.host) });
    this.lot = new EngineLot({ ...options, state: this.state, api });
    this.pickUps = new EnginePickUps({
      ...{ state: this.state, lot: this.lot, api, ringMs: options.ringMs ?? RING_MS },
      start: (command) => this.#link.start(command),
      domain: () => this.#domain,
    });
    this.#domain = options.domain ?? '';
    this.#rescue = new Rescue({
      ...{ lot, now, wakeIn, api },
      state: this.state,
      commands: this.lot,
      warn: (sentence) => listener.warn(sentence),
    });
  }

  /** True if the lot is known, and commands can be given. */
  get isReady(): boolean {
    return this.#isReady && this.#link.isUp;
  }

  /** Why the lot is not ready, as a sentence. Null if it is. */
  get problem(): string | null {
    if (this.isReady) return null;
    return this.#link.problem ?? 'the lists of FreeSWITCH are not read yet';
  }

  /** Answers a question. While the lot is not ready, the answer is unclear. Never rejects. */
  async ask(question: Question): Promise<Answer> {
    return this.#unready() ?? this.lot.ask(question);
  }

  /** Makes a telephone ring, see `EnginePickUps`. While the lot is not ready, the answer is unclear. */
  async pickUp(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer> {
    return this.#unready() ?? this.pickUps.start(wanted, signal);
  }

  start(): void {
    this.#link.open();
    this.#rescue.start();
  }

  /** Closes the connections. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#isReady = false;
    this.#cancelTimer();
    this.#rescue.close();
    this.#link.close();
  }

  /** The answer to a command while the lot is not ready. Null if it is. */
  #unready() {
    const { problem } = this;
    if (problem === null) return null;
    return { kind: 'unclear', status: 503, found: problem, retryAfterMs: null } as const;
  }

  #heard(event: EngineEvent): void {
    if (this.#waiting !== null) return void this.#waiting.push(event);
    if (event.name === JOB_EVENT) {
      this.pickUps.jobEnded(event.headers['Job-Command-Arg'] ?? '', event.body);
    }
    this.state.apply(event);
  }

  #down(problem: string): void {
    const wasReady = this.#isReady;
    this.#isReady = false;
    this.#cancelTimer();
    if (wasReady) this.#options.listener.changed(problem);
    else if (this.#firstProblem === null) this.#options.listener.warn(problem);
    this.#firstProblem ??= problem;
  }

  async #begin(): Promise<void> {
    if (await this.#compare()) {
      this.#isReady = true;
      this.#options.listener.changed(null);
      // The engine writes its list of channels up to half a second late.
      this.#compareIn(SOON_MS);
    } else this.#beginIn(SOON_MS);
  }

  #beginIn(ms: number): void {
    this.#cancelTimer = this.#options.wakeIn(ms, () => {
      if (this.#link.isUp) void this.#begin();
    });
  }

  #compareIn(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.wakeIn(ms, () => {
      void this.#compare().then(() => {
        if (this.#isReady) this.#compareIn(PERIOD_MS);
      });
    });
  }

  /** Compares what is known with the lists of the engine. Resolves to false if they cannot be read. */
  async #compare(): Promise<boolean> {
    const { lot, now } = this.#options;
    // Commands need the newest events. Only the first lists must come before the events.
    if (!this.#isReady) this.#waiting = [];
    const askedAt = this.#isReady ? now() : null;
    try {
      const api = (command: string) => this.#link.api(command);
      if (this.#domain === '') this.#domain = await api('global_getvar domain').catch(() => '');
      const { channels, rows, lost } = await readInventory(api, lot, this.state.channels);
      if (this.#isClosed) return false;
      this.state.replace(channels, rows, askedAt);
      const again = lost.filter((uuid) => this.#lost.has(uuid));
      this.#lost = new Set(lost);
      for (const uuid of again) void this.lot.rescue(uuid).catch(() => {});
      return true;
    } catch {
      return false;
    } finally {
      const events = this.#waiting ?? [];
      this.#waiting = null;
      for (const event of events) this.#heard(event);
    }
  }
}

/** Returns an IPv4 address as one number. Any other address counts as 127.0.0.1. */
function nodeOf(host: string): number {
  const address = /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? host : '127.0.0.1';
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

const JOB_EVENT = 'BACKGROUND_JOB';
const RING_MS = 15_000;
const SOON_MS = 2_000;
const PERIOD_MS = 60_000;
