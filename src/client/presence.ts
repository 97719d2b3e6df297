import { attend, type Attention } from './attention.js';
import type { Engine } from './engine.js';
import { ValetError } from './error.js';
import { follow } from './feed.js';
import type { Answered, Line } from './http.js';
import { form, Memory } from './memory.js';
import type { ValetParkOptions } from './options.js';
import type { Snapshot, SyncView } from './snapshot.js';
import { hasTabs, type TabHost, Tabs, type Told } from './tabs.js';
import type { HttpRequest } from './wire.js';

/**
 * Whether anything is asked and read in the background, and by whom.
 *
 * It is while somebody looks: who subscribes, on a page that can be seen. Of several tabs one does
 * it for all. What any of them hears, all of them take in.
 */
export class Presence implements TabHost {
  readonly #engine: Engine;
  readonly #line: Line;
  readonly #options: ValetParkOptions;
  readonly #trouble: (trouble: ValetError) => void;
  readonly #memory = new Memory();
  readonly #tabs: Tabs | null = null;
  readonly #attention: Attention;
  #stopFeed: (() => void) | null = null;
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
    const { tabs, extension, feed } = options;
    if (tabs !== 'solo' && hasTabs()) {
      const name = `valet-park ${line.baseUrl} ${extension}`;
      this.#tabs = new Tabs(name, this, Boolean(feed));
    } else this.role('solo', null);
  }

  get clock(): Line['clock'] {
    return this.#line.clock;
  }

  /** Somebody listens, or nobody does any more. */
  listeners(hasListeners: boolean): void {
    if (hasListeners === this.#hasListeners) return;
    this.#hasListeners = hasListeners;
    this.#update();
  }

  /** Something else may be shown than before. */
  changed({ sync }: Snapshot): void {
    if (sync !== this.#told) this.#tabs?.beat();
    this.#told = sync;
  }

  /** A call event came in here. */
  tracked(data: string): void {
    this.#share({ kind: 'call', data });
  }

  /** A question of our own was answered: what that tells, it tells every tab. */
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

  role(role: SyncView['role'], sync: SyncView | null): void {
    this.#engine.outside({ role, sync });
    if (role === this.#role && this.#stopFeed) return;
    this.#role = role;
    const { feed } = this.#options;
    this.#stopFeed?.();
    this.#stopFeed = role !== 'follower' && feed ? this.#follow(feed) : null;
    this.#update();
  }

  memory(): readonly Told[] {
    const { snapshot } = this.#engine;
    return this.#memory.all(snapshot, this.#options.extension, this.clock.now());
  }

  sync(): SyncView {
    return this.#engine.snapshot.sync;
  }

  close(): void {
    this.#attention.stop();
    this.#stopFeed?.();
    this.#tabs?.close();
  }

  #update(): void {
    const isSeen = this.#hasListeners && this.#attention.isVisible;
    const looks = this.#options.asking !== 'off' && isSeen;
    this.#tabs?.looks(looks);
    this.#engine.looks(looks && this.#role !== 'follower');
  }

  #share(told: Told): void {
    this.#memory.add(told);
    this.#tabs?.tell(told);
  }

  #follow(feed: string): () => void {
    const stop = follow(this.#line, feed, {
      message: (kind, data, id) => {
        const told = { kind, data, order: /^\d+$/.test(id) ? Number(id) : undefined };
        this.told(told);
        this.#tabs?.tell(told);
      },
      gap: () => this.#catchUp(),
      isUp: (isUp) => this.#engine.feed(isUp ? 'exact' : 'down'),
      trouble: this.#trouble,
    });
    return () => {
      stop();
      this.#engine.feed('down');
    };
  }

  /** Asks again for all that may have been missed. Without a call to ask with, nothing is known. */
  #catchUp(): void {
    this.#engine.command('refresh').catch((thrown: unknown) => {
      if (thrown instanceof ValetError && thrown.code !== 'disposed') this.#trouble(thrown);
    });
  }
}
