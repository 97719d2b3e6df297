import type { Clock } from './clock.js';
import { tried } from './host.js';
import type { SyncView } from './snapshot.js';
import { heard, spoken, steadied, type Told, type Word } from './tab_words.js';

export type { Told } from './tab_words.js';

/** What a tab does with what it hears, and what it can tell. */
export interface TabHost {
  readonly clock: Clock;
  told(told: Told): void;
  /** What was believed has to be confirmed again. */
  doubt(): void;
  /** This tab asks for all tabs now, or another one does, which stands so with the switch; or it
   *  stands alone. */
  role(role: SyncView['role'], sync: SyncView | null): void;
  /** Everything that a new tab should hear. */
  memory(): readonly Told[];
  sync(): SyncView;
}

/** How often the leader says that it is there, and after how long a silence it is replaced, in ms. */
const BEAT_MS = 2_000;
const SILENCE_MS = 3 * BEAT_MS + 1_000;

/** What tabs say to each other today. Tabs with another version of the package, which may say it
 *  otherwise, have a channel and a lock of their own. */
const VERSION = 2;

/** True where tabs can find each other. */
export function hasTabs(): boolean {
  const has = (): boolean =>
    typeof document === 'object' &&
    typeof BroadcastChannel === 'function' &&
    typeof navigator.locks.request === 'function';
  return tried(has) ?? false;
}

/**
 * One of several tabs of one origin that look at the same lot.
 *
 * One of them holds a lock: it leads, asks in the background and reads the feed, and tells the
 * others what it heard. Commands go from the tab that was clicked. A tab wants to lead while it is
 * looked at, or while there is a feed to be read; a leader that is hidden makes room for a tab that
 * is visible. A leader that vanishes loses its lock, and one that is silent is robbed of it.
 *
 * A browser may refuse the lock or the channel, in a sandboxed frame for example. Then this tab
 * stands alone, for good.
 */
export class Tabs {
  readonly #name: string;
  readonly #host: TabHost;
  readonly #keepsOn: boolean;
  #channel: BroadcastChannel | undefined;
  #looks = false;
  #queued: AbortController | null = null;
  #release: (() => void) | null = null;
  #isStealing = false;
  #sync: SyncView | null = null;
  #cancelTimer: () => void = () => {};
  #closed = false;

  /** `keepsOn`: there is something to do even while the page is hidden. */
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
    return !this.#closed && (this.#looks || this.#keepsOn);
  }

  /** Whether this tab is looked at. */
  looks(looks: boolean): void {
    this.#looks = looks;
    if (!looks && this.#leads && !this.#keepsOn) this.#stepDown();
    if (looks && !this.#leads) this.#say({ word: 'want' });
    this.#contend();
    this.#rearm();
  }

  /** Tells the other tabs. */
  tell(told: Told): void {
    this.#say({ word: 'told', told: [told] });
  }

  /** Tells the other tabs that what was believed has to be confirmed again. */
  doubt(): void {
    this.#say({ word: 'doubt' });
  }

  /** Tells the other tabs how this one stands with the switch, if it is the one that asks. */
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

  /** The browser refuses what is needed to find other tabs; it will do so again. */
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
    } else if (word?.word === 'want' && this.#leads && !this.#looks) this.#stepDown();
  }

  /** Queues for the lock, unless that is done or not wanted; or takes it from the tab that has it. */
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
    // A lock that ends before it was granted and was not called off is refused.
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

  /** The lock is gone, or the place in the queue. */
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

  /** The leader beats; a tab that is looked at and hears no beat takes over. */
  #rearm(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (this.#closed || !(this.#leads || this.#looks)) return;
    const at = this.#host.clock.now() + (this.#leads ? BEAT_MS : SILENCE_MS);
    this.#cancelTimer = this.#host.clock.wakeAt(at, () => {
      if (this.#leads) this.beat();
      else this.#contend(true);
      this.#rearm();
    });
  }
}
