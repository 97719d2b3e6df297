import type { Clock } from './clock.js';
import { tried } from './host.js';
import type { SyncView } from './views.js';
import { heard, spoken, steadied, type Told, type Word } from './tab_words.js';

export type { Told } from './tab_words.js';

/** The client of one tab, as the other tabs reach it. */
export interface TabHost {
  readonly clock: Clock;
  /** Takes in a message that another tab heard. */
  told(told: Told): void;
  /** Every slot has to be confirmed again. */
  doubt(): void;
  /**
   * Sets the role of this tab: it asks for all tabs, or follows another tab, or is alone. `sync` is
   * the state of the tab that asks, if it is another one.
   */
  role(role: SyncView['role'], sync: SyncView | null): void;
  /** Returns the messages that a new tab should hear. */
  memory(): readonly Told[];
  sync(): SyncView;
}

/** How often the leader sends a sign of life, in ms. */
const BEAT_MS = 2_000;
/** After this silence, in ms, another tab replaces the leader. */
const SILENCE_MS = 3 * BEAT_MS + 1_000;

/**
 * The version of the messages between tabs. Tabs with another version have their own channel and
 * lock, because they may write messages in another form.
 */
const VERSION = 2;

/** True if the host has what tabs need to find each other. */
export function hasTabs(): boolean {
  const has = (): boolean =>
    typeof document === 'object' &&
    typeof BroadcastChannel === 'function' &&
    typeof navigator.locks.request === 'function';
  return tried(has) ?? false;
}

/**
 * One of several tabs of one origin that show the same lot.
 *
 * The tab that holds a lock is the leader. It asks in the background, reads the feed, and tells the
 * other tabs what it heard. Every tab sends its own commands. A tab wants to lead while it is
 * watched, or while there is a feed to read. A hidden leader gives the lock to a visible tab. A
 * leader that is closed loses the lock, and another tab steals the lock of a silent leader.
 *
 * A browser may refuse the lock or the channel, in a sandboxed frame for example. Then this tab is
 * alone, for good.
 */
export class Tabs {
  readonly #name: string;
  readonly #host: TabHost;
  readonly #keepsOn: boolean;
  #channel: BroadcastChannel | undefined;
  #isWatched = false;
  #queued: AbortController | null = null;
  #release: (() => void) | null = null;
  #isStealing = false;
  #sync: SyncView | null = null;
  #cancelTimer: () => void = () => {};
  #closed = false;

  /** With `keepsOn` the tab wants to lead even while its page is hidden. */
  constructor(name: string, host: TabHost, keepsOn: boolean) {
    this.#name = `valet-park ${VERSION} ${name}`;
    this.#host = host;
    this.#keepsOn = keepsOn;
  }

  /** Joins the other tabs. */
  start(): void {
    this.#channel = tried(() => new BroadcastChannel(this.#name));
    if (!this.#channel) return this.#standAlone();
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    this.#host.role('follower', null);
    this.#say({ word: 'hello' });
    this.#contend();
  }

  get #leads(): boolean {
    return this.#release !== null;
  }

  get #wants(): boolean {
    return !this.#closed && (this.#isWatched || this.#keepsOn);
  }

  /** Sets whether this tab is watched: visible, and with a subscriber. */
  setWatched(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (!isWatched && this.#leads && !this.#keepsOn) this.#stepDown();
    if (isWatched && !this.#leads) this.#say({ word: 'want' });
    this.#contend();
    this.#rearm();
  }

  /** Sends a message to the other tabs. */
  tell(told: Told): void {
    this.#say({ word: 'told', told: [told] });
  }

  /** Tells the other tabs that every slot has to be confirmed again. */
  doubt(): void {
    this.#say({ word: 'doubt' });
  }

  /** Sends the state of this tab to the others, if this tab is the leader. */
  beat(): void {
    if (this.#leads) this.#say({ word: 'beat', sync: this.#host.sync() });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTimer();
    this.#stepDown();
    this.#queued?.abort();
    tried(() => this.#channel?.close());
  }

  /** Stops looking for other tabs. A browser that refused a lock or a channel will refuse again. */
  #standAlone(): void {
    if (this.#closed) return;
    this.close();
    this.#release = null;
    this.#host.role('solo', null);
  }

  #say(word: Word): void {
    if (this.#closed) return;
    const say = (): true => {
      this.#channel?.postMessage(spoken(word, this.#host.clock.now()));
      return true;
    };
    if (!tried(say)) this.#standAlone();
  }

  #hear(data: unknown): void {
    const word = this.#closed ? null : heard(data, this.#host.clock.now());
    if (word?.word === 'told') word.told.forEach((told) => this.#host.told(told));
    else if (word?.word === 'doubt') this.#host.doubt();
    else if (word?.word === 'beat' && !this.#leads) {
      this.#isStealing = false;
      this.#sync = steadied(this.#sync, word.sync);
      this.#host.role('follower', this.#sync);
      this.#rearm();
    } else if (word?.word === 'hello' && this.#leads) {
      this.#say({ word: 'told', told: this.#host.memory() });
      this.beat();
    } else if (word?.word === 'want' && this.#leads && !this.#isWatched) this.#stepDown();
  }

  /**
   * Queues for the lock, if this tab wants to lead. With `steal` it takes the lock from its holder.
   */
  #contend(steal = false): void {
    if (!this.#wants || this.#leads || (this.#queued && !steal)) return;
    // A lock is stolen at once, or never.
    if (steal && this.#isStealing) return this.#standAlone();
    this.#isStealing = steal;
    this.#queued?.abort();
    const queued = (this.#queued = new AbortController());
    const options = steal ? { steal } : { signal: queued.signal };
    let isGranted = false;
    const request = async (): Promise<void> => {
      await navigator.locks.request(this.#name, options, () => {
        isGranted = true;
        return this.#lead(queued);
      });
    };
    // The browser refused the lock if the request ended without a grant and was not cancelled.
    const ended = (): void => {
      if (isGranted || queued.signal.aborted) this.#follow(queued);
      else this.#standAlone();
    };
    request().then(ended, ended);
  }

  #lead(queued: AbortController): Promise<void> | undefined {
    this.#isStealing = false;
    if (queued.signal.aborted || !this.#wants) return undefined;
    const held = new Promise<void>((resolve) => (this.#release = resolve));
    this.#host.role('leader', null);
    this.beat();
    this.#rearm();
    return held;
  }

  /** Handles the loss of the lock, or of the place in the queue. */
  #follow(queued: AbortController): void {
    if (queued !== this.#queued) return;
    this.#queued = null;
    const led = this.#leads;
    this.#release = null;
    if (led && !this.#closed) this.#host.role('follower', null);
    this.#contend();
    this.#rearm();
  }

  #stepDown(): void {
    this.#release?.();
  }

  /** Sets the timer: a leader sends a sign of life, and a watched tab steals a silent lock. */
  #rearm(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (this.#closed || !(this.#leads || this.#isWatched)) return;
    const at = this.#host.clock.now() + (this.#leads ? BEAT_MS : SILENCE_MS);
    this.#cancelTimer = this.#host.clock.wakeAt(at, () => {
      if (this.#leads) this.beat();
      else this.#contend(true);
      this.#rearm();
    });
  }
}
