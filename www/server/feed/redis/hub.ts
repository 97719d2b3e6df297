import { setTimeout as wait } from 'node:timers/promises';
import { Session, type RawEntry } from './session.ts';

/** One lot of a hub. */
export interface HubLot {
  /** The key of the stream. */
  readonly stream: string;
  /** The id after which the lot reads. */
  readonly latest: number;
  /** Joins the other relays of the lot. Rejects if the session ends. */
  join(session: Session): Promise<void>;
  /** Takes in entries of the stream. Rejects if the session ends. */
  receive(entries: readonly RawEntry[], session: Session): Promise<void>;
  /** Renews what must be renewed. Rejects if the session ends. */
  beat(session: Session): Promise<void>;
  /** Goes on alone, because the session has ended. */
  lose(reason: string): void;
}

/** The options of a hub. */
export interface HubOptions {
  /** The address of Redis, as `redis://host:6379/0`. It may contain a password. */
  readonly url: string;
  /** How long Redis may take to answer, in ms. */
  readonly timeoutMs: number;
  /** The pause between two beats of a lot, in ms. */
  readonly beatMs: number;
}

/**
 * The connections of a process to Redis, for all its lots.
 *
 * One connection reads the streams of all lots. If a connection breaks, or Redis is late, the hub ends
 * both connections and opens new ones, again and again, with pauses of up to two seconds.
 */
export class RedisHub {
  readonly #options: HubOptions;
  readonly #lots = new Set<HubLot>();
  readonly #closing = new AbortController();
  #session: Session | null = null;
  /** Resolves when the hub has stopped. */
  #stopped: Promise<void> = Promise.resolve();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Adds a lot. Resolves when the lot has joined, or Redis cannot be reached. */
  async add(lot: HubLot): Promise<void> {
    if (this.#lots.size === 0 && this.#session === null) {
      this.#lots.add(lot);
      await new Promise<void>((tried) => {
        this.#stopped = this.#run(tried);
      });
      return;
    }
    this.#lots.add(lot);
    const session = this.#session;
    // A failure ends the session, and the lot joins the next one.
    await session?.inTime(lot.join(session).then(() => lot.beat(session))).catch(() => undefined);
  }

  /** Removes a lot. Removing the last lot closes the connections. */
  async remove(lot: HubLot): Promise<void> {
    this.#lots.delete(lot);
    if (this.#lots.size > 0) return;
    this.#closing.abort();
    this.#session?.end('the relay stops');
    await this.#stopped;
  }

  get #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Opens sessions until the hub is closed. `tried` is called after the first attempt. */
  async #run(tried: () => void): Promise<void> {
    const { signal } = this.#closing;
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#isClosing) {
      let reason: string;
      try {
        const session = await Session.open(this.#options);
        this.#session = session;
        if (signal.aborted) session.end('the relay stops');
        for (const lot of this.#lots) await lot.join(session);
        for (const lot of this.#lots) await lot.beat(session);
        pauseMs = FIRST_PAUSE_MS;
        tried();
        void this.#read(session);
        void this.#beat(session);
        reason = await session.ended;
      } catch (error) {
        reason = (error as Error).message;
        this.#session?.end(reason);
      }
      this.#session = null;
      for (const lot of this.#lots) lot.lose(reason);
      tried();
      const ms = pauseMs * (1 + Math.random());
      await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
      // oxlint-disable-next-line no-useless-assignment -- the value is used if the next attempt fails
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Reads the streams of all lots until the session ends. */
  async #read(session: Session): Promise<void> {
    try {
      while (!session.hasEnded) {
        const lots = new Map([...this.#lots].map((lot) => [lot.stream, lot]));
        const after = new Map([...lots].map(([stream, { latest }]) => [stream, latest]));
        for (const [stream, entries] of await session.read(after)) {
          await lots.get(stream)?.receive(entries, session);
        }
      }
    } catch (error) {
      session.end((error as Error).message);
    }
  }

  /** Lets all lots renew what they hold, until the session ends. */
  async #beat(session: Session): Promise<void> {
    try {
      while (!session.hasEnded) {
        await wait(this.#options.beatMs, undefined, { signal: this.#closing.signal, ref: false });
        for (const lot of this.#lots) await lot.beat(session);
      }
    } catch (error) {
      session.end((error as Error).message);
    }
  }
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
