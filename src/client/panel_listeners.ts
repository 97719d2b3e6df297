import type { PanelNotice } from './engine.js';
import { error, ValetError } from './error.js';
import { Listeners } from './listeners.js';
import type { ValetParkEvents } from './panel_events.js';
import type { SlotView, Snapshot } from './views.js';

/** The kinds of events. */
type Kind = keyof ValetParkEvents;

/** The source of what the listeners of a `ValetPark` hear. */
export interface PanelSource {
  snapshot(): Snapshot;
  view(slot: number): SlotView;
  /** The snapshot changed. This is called before the listeners. */
  changed(snapshot: Snapshot): void;
  /** Tells whether there is a listener that needs background questions. */
  counted(hasListener: boolean): void;
}

/** The listeners of a `ValetPark`: those of `subscribe`, and those of each kind of event. */
export class PanelListeners {
  readonly #source: PanelSource;
  readonly #changes = new Listeners<void>();
  readonly #listeners: { [K in Kind]: Listeners<ValetParkEvents[K]> } = {
    change: new Listeners(),
    parked: new Listeners(),
    departed: new Listeners(),
    due: new Listeners(),
    trouble: new Listeners(),
  };
  #isChangePending = false;

  constructor(source: PanelSource) {
    this.#source = source;
  }

  /** Adds a listener of all changes. */
  subscribe(listener: () => void): () => void {
    return this.#add(this.#changes, listener);
  }

  /**
   * Adds a listener of one kind of event. Aborting `signal` removes the listener. Throws
   * `invalid-options` if there is no such kind.
   */
  on<K extends Kind>(
    type: K,
    listener: (event: ValetParkEvents[K]) => void,
    signal: AbortSignal | undefined,
  ): () => void {
    if (typeof type !== 'string' || !Object.hasOwn(this.#listeners, type)) {
      const known = Object.keys(this.#listeners).join(', ');
      throw error('invalid', 'invalid-options', `expected one of the events ${known}`);
    }
    const stop = this.#add(this.#listeners[type], listener);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    return stop;
  }

  /** Calls the listeners in a microtask, once for all changes until then. */
  changed(): void {
    if (this.#isChangePending) return;
    this.#isChangePending = true;
    queueMicrotask(() => {
      this.#isChangePending = false;
      const snapshot = this.#source.snapshot();
      this.#source.changed(snapshot);
      this.#changes.tell();
      this.#listeners.change.tell(this.#source.snapshot());
    });
  }

  /** Tells of an error in the background. */
  trouble(trouble: ValetError): void {
    this.#listeners.trouble.tell(trouble);
  }

  /** Calls the listeners of a notice in a microtask. */
  notice(notice: PanelNotice): void {
    // The view is read now. When the listener is called, the slot may hold another call.
    const view = 'slot' in notice ? this.#source.view(notice.slot) : null;
    queueMicrotask(() => {
      if (notice.kind === 'departed') this.#listeners.departed.tell(notice.departure);
      else if (notice.kind === 'trouble') this.trouble(new ValetError(notice.error));
      else if (view && notice.kind === 'parked') this.#listeners.parked.tell(view);
      else if (view && notice.kind === 'due') {
        this.#listeners.due.tell({ view, leftMs: notice.leftMs });
      }
    });
  }

  #add<E>(listeners: Listeners<E>, listener: (event: E) => void): () => void {
    const stop = listeners.add(listener);
    this.#count();
    return () => {
      stop();
      this.#count();
    };
  }

  #count(): void {
    const { trouble: _, ...others } = this.#listeners;
    const all = [this.#changes, ...Object.values(others)];
    this.#source.counted(!all.every(({ isEmpty }) => isEmpty));
  }
}
