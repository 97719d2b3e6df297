import { setTimeout as wait } from 'node:timers/promises';
import { Session, type RawEntry } from './session.ts';
import { claimsToTake, claimsToYield, type Claim } from './share.ts';

/** The action of a beat: take or renew the lease of a lot, leave it alone, or give it back. */
export type BeatAction = 'take' | 'leave' | 'yield';

/** One lot of a hub. */
export interface HubLot {
  /** The key of the stream. */
  readonly stream: string;
  readonly claim: Claim;
  /** Joins the other relays of the lot. Rejects if the session ends. */
  join(session: Session): Promise<void>;
  /** Takes in entries of the stream. Rejects if the session ends. */
  receive(entries: readonly RawEntry[], session: Session): Promise<void>;
  /** Renews what must be renewed. Rejects if the session ends. */
  beat(session: Session, action: BeatAction): Promise<void>;
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

/** The work of a hub from its first lot until its last one is removed. */
interface Run {
  readonly closing: AbortController;
  /** Resolves after the first attempt to reach Redis. */
  readonly tried: Promise<void>;
  /** Resolves when the run has stopped. */
  readonly stopped: Promise<void>;
}

/**
 * The connections of a process to Redis, for all its lots.
 *
 * One connection gets the new entries of all lots, and a lot without entries costs nothing there. If a
 * connection breaks, or Redis is late, the hub ends both connections and opens new ones, again and
 * again, with pauses of up to two seconds.
 */
export class RedisHub {
  readonly #options: HubOptions;
  /** The lots, by stream. */
  readonly #lots = new Map<string, HubLot>();
  /** The lots that use the present session. */
  readonly #members = new Set<HubLot>();
  /** The entries that have come and that their lots have not taken in, by stream. */
  readonly #arrived = new Map<string, RawEntry[]>();
  #session: Session | null = null;
  #running: Run | null = null;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Adds a lot. Resolves when the lot has joined, or Redis cannot be reached. */
  async add(lot: HubLot): Promise<void> {
    this.#lots.set(lot.stream, lot);
    this.#running ??= this.#start();
    await this.#running.tried;
    const session = this.#session;
    // A failure ends the session, and the lot joins the next one.
    if (session !== null) await this.#bring(session, [lot]).catch(() => undefined);
  }

  /** Removes a lot. Removing the last lot closes the connections. */
  async remove(lot: HubLot): Promise<void> {
    if (!this.#lots.delete(lot.stream)) return;
    const isMember = this.#members.delete(lot);
    const [running, session] = [this.#running, this.#session];
    if (this.#lots.size > 0) {
      if (isMember) await session?.ignore(lot.stream).catch(() => undefined);
      return;
    }
    this.#running = null;
    running?.closing.abort();
    session?.end('the relay stops');
    await running?.stopped;
  }

  #start(): Run {
    const closing = new AbortController();
    let stopped: Promise<void> = Promise.resolve();
    const tried = new Promise<void>((resolve) => {
      stopped = this.#run(closing.signal, resolve);
    });
    return { closing, tried, stopped };
  }

  /** Opens sessions until the signal. `tried` is called after the first attempt. */
  async #run(signal: AbortSignal, tried: () => void): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      let reason: string;
      let session: Session | null = null;
      try {
        const onEntry = (stream: string, entry: RawEntry) => this.#onEntry(stream, entry);
        const opened = await Session.open({ ...this.#options, onEntry });
        session = this.#session = opened;
        if (signal.aborted as boolean) opened.end('the relay stops');
        await this.#bring(opened, [...this.#lots.values()]);
        pauseMs = FIRST_PAUSE_MS;
        tried();
        void this.#beat(opened, signal);
        reason = await opened.ended;
      } catch (error) {
        reason = (error as Error).message;
        session?.end(reason);
      }
      this.#session = null;
      this.#members.clear();
      this.#arrived.clear();
      for (const lot of this.#lots.values()) lot.lose(reason);
      tried();
      const ms = pauseMs * (1 + Math.random());
      await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
      // oxlint-disable-next-line no-useless-assignment -- the value is used if the next attempt fails
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Lets lots use the session, unless they do already. */
  async #bring(session: Session, lots: readonly HubLot[]): Promise<void> {
    const added = lots.filter((lot) => !this.#members.has(lot) && this.#lots.has(lot.stream));
    if (added.length === 0) return;
    for (const lot of added) this.#members.add(lot);
    await session.listen(added.map(({ stream }) => stream));
    await inGroups(added, (lot) => lot.join(session));
    await this.#beatOnce(session, added);
  }

  #onEntry(stream: string, entry: RawEntry): void {
    if (this.#arrived.size === 0) queueMicrotask(() => this.#deliver());
    const waiting = this.#arrived.get(stream);
    if (waiting === undefined) this.#arrived.set(stream, [entry]);
    else waiting.push(entry);
  }

  /** Gives the entries that have come together to their lots. */
  #deliver(): void {
    const arrived = [...this.#arrived];
    this.#arrived.clear();
    const session = this.#session;
    if (session === null) return;
    for (const [stream, entries] of arrived) {
      this.#lots
        .get(stream)
        ?.receive(entries, session)
        .catch((error: unknown) => session.end((error as Error).message));
    }
  }

  /** Lets all lots renew what they hold, until the session ends. */
  async #beat(session: Session, signal: AbortSignal): Promise<void> {
    try {
      while (!session.hasEnded) {
        await wait(this.#options.beatMs, undefined, { signal, ref: false });
        await this.#beatOnce(session, [...this.#members]);
      }
    } catch (error) {
      session.end((error as Error).message);
    }
  }

  /** Renews the leases of lots. Takes free ones, and gives back those beyond the share of the process. */
  async #beatOnce(session: Session, lots: readonly HubLot[]): Promise<void> {
    const claims = () => [...this.#members].map((lot) => ({ ...lot.claim, lot }));
    const surplus = new Set(claimsToYield(claims()).map(({ lot }) => lot));
    await inGroups(lots, (lot) => {
      const action = surplus.has(lot) ? 'yield' : lot.claim.holds ? 'take' : 'leave';
      return lot.beat(session, action);
    });
    const mine = new Set(lots);
    const free = claimsToTake(claims()).filter(({ lot }) => mine.has(lot) && !surplus.has(lot));
    await inGroups(free, ({ lot }) => lot.beat(session, 'take'));
  }
}

/** Calls `work` for each item, for some items at the same time. */
async function inGroups<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += GROUP) {
    await Promise.all(items.slice(at, at + GROUP).map(work));
  }
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** How many scripts of lots are under way at the same time. */
const GROUP = 50;
