import { attend, type Attention } from './attention.js';
import { onSleep } from './clock.js';
import type { Engine, FeedState } from './engine.js';
import { ValetError } from './error.js';
import { follow, type Place } from './feed.js';
import { tried } from './host.js';
import type { Line } from './http.js';
import { hasMemory, Memory } from './memory.js';
import { extensionsOf, sharesWithTabs, type ValetParkOptions } from './options.js';
import type { Snapshot, SyncView } from './views.js';
import { orderOf } from './tab_words.js';
import { type TabHost, Tabs, type Told } from './tabs.js';

/** The number of call events that are kept for a new tab. */
const KEPT_EVENTS = 64;

/** A slot is no longer confirmed after the feed was lost for so long, in ms. */
const LAPSE_MS = 5_000;

/**
 * Decides whether this tab asks in the background and reads the feed.
 *
 * A tab asks while the application has a listener and the page is visible. The leader of several
 * tabs reads the feed for all of them. A tab that works alone reads the feed while its page is
 * visible, because over HTTP/1.1 a browser has only six connections to a host for all its tabs. Each
 * tab shares with the others what it learns.
 */
export class Presence implements TabHost {
  readonly #engine: Engine;
  readonly #line: Line;
  readonly #options: ValetParkOptions;
  readonly #trouble: (trouble: ValetError) => void;
  /** The latest call events. A new tab gets them. */
  readonly #events: Told[] = [];
  readonly #tabs: Tabs | null = null;
  readonly #attention: Attention;
  readonly #stopSleep: () => void;
  #stopFeed: (() => void) | null = null;
  /** True if the feed reports every change of the lot, and begins with the state of all slots. */
  #isFeedExact = false;
  /** When the feed was lost, in ms on the clock of the line. Null while it is up, and before it was. */
  #lostAt: number | null = null;
  #isFeedUp = false;
  /** Where the feed continues. A tab that takes over starts at the beginning. */
  #place: Place = { lastId: '' };
  #role: SyncView['role'] = 'solo';
  #hasListeners = false;
  /** Keeps the own parks over a reload. Null if the client keeps nothing. */
  readonly #memory: Memory | null = null;
  /** True after the client has asked for the live calls. */
  #hasLoaded = false;
  /** True after the switch has refused to list the live calls. */
  #isRefused = false;
  /** The sync that the other tabs know. */
  #sent: SyncView | null = null;

  constructor(
    engine: Engine,
    line: Line,
    options: ValetParkOptions,
    trouble: (trouble: ValetError) => void,
  ) {
    this.#engine = engine;
    this.#line = line;
    this.#options = options;
    this.#trouble = trouble;
    this.#attention = attend((sign) => {
      this.#update();
      if (sign === 'online') this.#loadCalls();
    });
    // During a sleep no message arrives.
    this.#stopSleep = onSleep(line.clock, () => {
      this.#awake();
      this.#loadCalls();
    });
    const name = `${line.baseUrl} ${[...extensionsOf(options)].sort().join(',')}`;
    if (options.remember !== 'none' && hasMemory()) {
      this.#memory = new Memory(name, line.clock, engine);
      this.#memory.recall();
    }
    if (sharesWithTabs(options)) {
      this.#tabs = new Tabs(name, this, Boolean(options.feed));
      this.#tabs.start();
    } else this.role('solo', null);
    this.#loadCalls();
  }

  get clock(): Line['clock'] {
    return this.#line.clock;
  }

  /** Sets whether the application has a listener. */
  listeners(hasListeners: boolean): void {
    if (hasListeners === this.#hasListeners) return;
    this.#hasListeners = hasListeners;
    this.#update();
  }

  /** Reports a new snapshot. */
  changed({ slots, sync }: Snapshot): void {
    this.#memory?.keep(slots);
    if (sync !== this.#sent) this.#tabs?.beat();
    this.#sent = sync;
  }

  /** Passes a message to the other tabs. */
  share(message: Told): void {
    this.#keep(message);
    this.#tabs?.tell(message);
  }

  /** Takes in a message of the feed or of another tab. */
  told(message: Told): void {
    this.#keep(message);
    try {
      this.#engine.told(message);
    } catch (thrown) {
      if (thrown instanceof ValetError) this.#trouble(thrown);
    }
  }

  doubt(): void {
    this.#engine.doubt();
  }

  role(role: SyncView['role'], sync: SyncView | null): void {
    this.#engine.outside({ role, sync });
    this.#engine.led(role === 'follower' && (sync?.state === 'live' || sync?.state === 'asking'));
    if (role === this.#role && this.#stopFeed) return;
    if (role !== this.#role) this.#place = { lastId: '' };
    this.#role = role;
    this.#update();
  }

  memory(): readonly Told[] {
    return [...this.#events, ...(tried(() => this.#engine.retell()) ?? [])];
  }

  sync(): SyncView {
    return this.#engine.snapshot.sync;
  }

  close(): void {
    this.#memory?.forget();
    this.#attention.stop();
    this.#stopSleep();
    this.#stopFeed?.();
    this.#tabs?.close();
  }

  /**
   * Learns the live calls from the switch, where no feed tells of them. Another tab that asks tells
   * this one after the start.
   */
  #loadCalls(): void {
    const { asking, currentCalls, feed } = this.#options;
    const isFollower = this.#role === 'follower' && this.#hasLoaded;
    if (feed || asking === 'off' || currentCalls === 'off' || isFollower || this.#isRefused) return;
    this.#hasLoaded = true;
    this.#engine.loadCalls('background').catch((thrown: unknown) => {
      const { kind, code } = thrown instanceof ValetError ? thrown : { kind: null, code: null };
      const mayPass = kind === 'failure' || code === 'unauthorized' || code === 'rate-limited';
      this.#isRefused = !mayPass;
    });
  }

  #update(): void {
    const { isVisible } = this.#attention;
    this.#updateFeed(this.#role === 'leader' || (this.#role === 'solo' && isVisible));
    const isWatching = this.#options.asking !== 'off' && this.#hasListeners && isVisible;
    this.#tabs?.setWatched(isWatching);
    this.#engine.watch(isWatching && this.#role !== 'follower');
  }

  #updateFeed(isRead: boolean): void {
    const { feed } = this.#options;
    if (!feed || isRead === (this.#stopFeed !== null)) return;
    this.#stopFeed?.();
    if (this.#place.lastId === '') this.#lostAt = null;
    this.#stopFeed = isRead ? this.#follow(feed) : null;
  }

  /** Keeps a call event for new tabs. */
  #keep(message: Told): void {
    if (message.kind === 'call' && this.#events.push(message) > KEPT_EVENTS) this.#events.shift();
  }

  #follow(feed: string): () => void {
    const stop = follow(this.#line, feed, this.#place, {
      message: (kind, data, id) => {
        const message = { kind, data, order: orderOf(id) };
        this.told(message);
        this.#tabs?.tell(message);
      },
      gap: () => {
        this.#lostAt = null;
        this.#catchUp();
      },
      state: (state) => this.#onFeed(state),
      trouble: this.#trouble,
    });
    return () => {
      stop();
      this.#onFeed('down');
    };
  }

  /**
   * Notes whether the feed is up. A feed that was lost for long continues with what changed meanwhile.
   * Then the slots that did not change are still not confirmed, so the feed begins again.
   */
  #onFeed(state: FeedState): void {
    const now = this.#line.clock.now();
    if (state === 'down') {
      if (this.#isFeedUp) this.#lostAt = now;
      this.#isFeedUp = false;
    } else {
      this.#isFeedUp = true;
      this.#isFeedExact = state === 'exact';
    }
    this.#engine.feed(state);
    if (state === 'down' || this.#lostAt === null) return;
    const isLong = now - this.#lostAt > LAPSE_MS;
    this.#lostAt = null;
    if (isLong) this.#beginAgain();
  }

  /** After a sleep no slot is confirmed. Without a live call the client cannot ask. */
  #awake(): void {
    this.doubt();
    this.#beginAgain();
  }

  /** Reads the feed from its beginning. An exact feed and the feed of a relay tell everything again then. */
  #beginAgain(): void {
    if (!this.#isFeedExact && !this.#line.abilities.has('relay')) return;
    this.#lostAt = null;
    this.#isFeedUp = false;
    this.#place = { lastId: '' };
    this.#updateFeed(false);
    this.#update();
  }

  /**
   * Asks about everything again after messages were missed. Until then nothing is confirmed. A relay
   * tells everything when the feed begins again.
   */
  #catchUp(): void {
    this.doubt();
    this.#tabs?.doubt();
    if (this.#line.abilities.has('relay')) return;
    this.#engine.refresh().catch((thrown: unknown) => {
      if (thrown instanceof ValetError && thrown.code !== 'disposed') this.#trouble(thrown);
    });
  }
}
