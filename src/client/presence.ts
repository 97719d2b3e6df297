import { attend, type Attention } from './attention.js';
import { onSleep } from './clock.js';
import type { Engine } from './engine.js';
import { ValetError } from './error.js';
import { eventForm, type EventInput } from './event.js';
import { follow, type Place } from './feed.js';
import type { Answered, Line } from './http.js';
import { form, Memory } from './memory.js';
import { extensionsOf, type ValetParkOptions } from './options.js';
import type { Snapshot, SyncView } from './snapshot.js';
import { hasTabs, type TabHost, Tabs, type Told } from './tabs.js';
import type { HttpRequest } from './wire.js';

/**
 * Decides whether anything is asked and read in the background, and by which tab.
 *
 * Questions are asked while the application listens, on a page that can be seen. A feed is read by a
 * tab that leads, and by a tab that stands alone while its page can be seen: a browser has six
 * connections for all tabs that speak HTTP/1.1 with one host. What one tab hears, all tabs take in.
 */
export class Presence implements TabHost {
  readonly #engine: Engine;
  readonly #line: Line;
  readonly #options: ValetParkOptions;
  readonly #trouble: (trouble: ValetError) => void;
  readonly #memory = new Memory();
  readonly #tabs: Tabs | null = null;
  readonly #attention: Attention;
  readonly #stopSleep: () => void;
  #stopFeed: (() => void) | null = null;
  /** Where the feed goes on. Another tab that takes over begins at the beginning. */
  #place: Place = { lastId: '' };
  #role: SyncView['role'] = 'solo';
  #hasListeners = false;
  #told: SyncView | null = null;

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
    this.#attention = attend(() => this.#update());
    // Nothing that happened during a sleep was heard.
    this.#stopSleep = onSleep(line.clock, () => this.doubt());
    const { tabs, feed } = options;
    if (tabs !== 'solo' && hasTabs()) {
      const extensions = [...extensionsOf(options)].sort().join(',');
      this.#tabs = new Tabs(`${line.baseUrl} ${extensions}`, this, Boolean(feed));
      this.#tabs.start();
    } else this.role('solo', null);
  }

  get clock(): Line['clock'] {
    return this.#line.clock;
  }

  /** Whether the application listens for anything. */
  listeners(hasListeners: boolean): void {
    if (hasListeners === this.#hasListeners) return;
    this.#hasListeners = hasListeners;
    this.#update();
  }

  /** The snapshot changed. */
  changed({ sync }: Snapshot): void {
    if (sync !== this.#told) this.#tabs?.beat();
    this.#told = sync;
  }

  /** The application told this tab of a call event. */
  tracked(event: EventInput): void {
    if (this.#tabs) this.#share({ kind: 'call', data: eventForm(event) });
  }

  /** A question of this tab was answered: the answer counts in every tab. */
  asked({ path, body }: HttpRequest, { status, body: answer }: Answered, askedAt: number): void {
    if (this.#tabs) {
      const data = form({ path, body, status, answer });
      this.#share({ kind: 'asked', data, askedAt });
    }
  }

  told(told: Told): void {
    this.#memory.add(told);
    try {
      this.#engine.told(told);
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
    const { snapshot } = this.#engine;
    const [extension = ''] = extensionsOf(this.#options);
    return this.#memory.all(snapshot, extension, this.clock.now());
  }

  sync(): SyncView {
    return this.#engine.snapshot.sync;
  }

  close(): void {
    this.#attention.stop();
    this.#stopSleep();
    this.#stopFeed?.();
    this.#tabs?.close();
  }

  #update(): void {
    const { isVisible } = this.#attention;
    this.#updateFeed(this.#role === 'leader' || (this.#role === 'solo' && isVisible));
    const looks = this.#options.asking !== 'off' && this.#hasListeners && isVisible;
    this.#tabs?.setWatched(looks);
    this.#engine.watch(looks && this.#role !== 'follower');
  }

  #updateFeed(isRead: boolean): void {
    const { feed } = this.#options;
    if (!feed || isRead === (this.#stopFeed !== null)) return;
    this.#stopFeed?.();
    this.#stopFeed = isRead ? this.#follow(feed) : null;
  }

  #share(told: Told): void {
    this.#memory.add(told);
    this.#tabs?.tell(told);
  }

  #follow(feed: string): () => void {
    const stop = follow(this.#line, feed, this.#place, {
      message: (kind, data, id) => {
        const isOrder = id !== null && /^\d{1,15}$/.test(id);
        const told = { kind, data, order: isOrder ? Number(id) : undefined };
        this.told(told);
        this.#tabs?.tell(told);
      },
      gap: () => this.#catchUp(),
      state: (state) => this.#engine.feed(state),
      trouble: this.#trouble,
    });
    return () => {
      stop();
      this.#engine.feed('down');
    };
  }

  /** Asks again for all that may have been missed. No tab takes it for confirmed meanwhile. */
  #catchUp(): void {
    this.doubt();
    this.#tabs?.doubt();
    this.#engine.refresh().catch((thrown: unknown) => {
      if (thrown instanceof ValetError && thrown.code !== 'disposed') this.#trouble(thrown);
    });
  }
}
