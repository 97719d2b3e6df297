import type { Clock } from './clock.js';
import type { SyncView } from './snapshot.js';

/** Something that was told without having been asked, as the core takes it. */
export interface Told {
  /** `call`, `asked` or `lot`: see the format of the feed. */
  readonly kind: string;
  readonly data: string;
  /** Its place in the order in which the switch answered, where there is a feed. */
  readonly order?: number | undefined;
  /** When it was asked, on the clock that the tabs of one computer share. */
  readonly askedAt?: number | undefined;
}

/** What tabs say to each other. */
type Word =
  | { readonly word: 'told'; readonly told: readonly Told[] }
  /** The leader is there, and stands so with the switch. */
  | { readonly word: 'beat'; readonly sync: SyncView }
  /** Somebody new has come, and knows nothing. */
  | { readonly word: 'hello' }
  /** Somebody looks here, and would rather ask itself than wait for a tab that nobody sees. */
  | { readonly word: 'want' };

/** What a tab does with what it hears, and what it can tell. */
export interface TabHost {
  readonly clock: Clock;
  told(told: Told): void;
  /** This tab asks for all now, or another one does, which stands so with the switch. */
  role(role: SyncView['role'], sync: SyncView | null): void;
  /** Everything that somebody new should hear. */
  memory(): readonly Told[];
  sync(): SyncView;
}

/** How often the leader says that it is there, and after how long a silence it is replaced. */
const BEAT_MS = 2_000;
const SILENCE_MS = 3 * BEAT_MS + 1_000;

/** True where tabs can find each other. */
export function hasTabs(): boolean {
  return (
    typeof document === 'object' &&
    typeof BroadcastChannel === 'function' &&
    typeof navigator.locks?.request === 'function'
  );
}

/**
 * One of several tabs of one origin that look at the same lot.
 *
 * One of them holds a lock: it leads, asks in the background and reads the feed, and tells the
 * others what it heard. Commands go from the tab that was clicked. A tab wants to lead while
 * somebody looks at it, or while there is a feed to be read; a leader at which nobody looks makes
 * room for one at which somebody does. A leader that vanishes loses its lock, and one that is not
 * heard of any more is robbed of it.
 */
export class Tabs {
  readonly #name: string;
  readonly #host: TabHost;
  readonly #keepsOn: boolean;
  readonly #channel: BroadcastChannel;
  #looks = false;
  #queued: AbortController | null = null;
  #release: (() => void) | null = null;
  #cancelTimer: () => void = () => {};
  #closed = false;

  /** `keepsOn`: there is something to do even while nobody looks. */
  constructor(name: string, host: TabHost, keepsOn: boolean) {
    this.#name = name;
    this.#host = host;
    this.#keepsOn = keepsOn;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data);
    host.role('follower', null);
    this.#say({ word: 'hello' });
    this.#contend();
  }

  get #leads(): boolean {
    return this.#release !== null;
  }

  get #wants(): boolean {
    return !this.#closed && (this.#looks || this.#keepsOn);
  }

  /** Somebody looks at this tab, or nobody does any more. */
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

  /** Tells the other tabs how this one stands with the switch, if it is the one that asks. */
  beat(): void {
    if (this.#leads) this.#say({ word: 'beat', sync: this.#host.sync() });
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#stepDown();
    this.#queued?.abort();
    this.#channel.close();
  }

  #say(word: Word): void {
    if (!this.#closed) this.#channel.postMessage(word);
  }

  #hear(word: Word): void {
    if (word.word === 'told') word.told.forEach((told) => this.#host.told(told));
    else if (word.word === 'beat' && !this.#leads) {
      this.#host.role('follower', word.sync);
      this.#rearm();
    } else if (this.#leads && word.word === 'hello') {
      this.#say({ word: 'told', told: this.#host.memory() });
      this.beat();
    } else if (this.#leads && word.word === 'want' && !this.#looks) this.#stepDown();
  }

  /** Queues for the lock, unless that is done or not wanted; or takes it from who holds it. */
  #contend(steal = false): void {
    if (!this.#wants || this.#leads || (this.#queued && !steal)) return;
    this.#queued?.abort();
    const queued = (this.#queued = new AbortController());
    const options = steal ? { steal } : { signal: queued.signal };
    const led = navigator.locks.request(this.#name, options, () => this.#lead(queued));
    // Called off, or robbed of the lock.
    led.catch(() => {}).then(() => this.#follow(queued));
  }

  #lead(queued: AbortController): Promise<void> | undefined {
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

  /** The leader beats; whoever looks and hears no beat takes over. */
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
