import { Abilities } from './abilities.js';
import { type Clock, guarded, hostClock } from './clock.js';
import { wasm } from './wasm.js';
import { disposed, Engine, type PanelNotice } from './engine.js';
import { error, ValetError } from './error.js';
import { type CallEvent, type CallEventSource, trackedInput } from './event.js';
import { Listeners } from './listeners.js';
import { checked, checkOptions, type ValetParkOptions } from './options.js';
import { Presence } from './presence.js';
import {
  type Departure,
  emptySnapshot,
  type SlotView,
  type Snapshot,
  type Whereabouts,
} from './snapshot.js';

/** What can be listened for. */
export interface ValetParkEvents {
  /** Something changed that may be shown. */
  change: Snapshot;
  /** An answer first told of a call in this slot. */
  parked: SlotView;
  /** A call left its slot. Comes again for the same call when its reason turns up later. */
  departed: Departure;
  /** A call goes back in so long; once for each call and length. */
  due: { readonly view: SlotView; readonly leftMs: 60_000 | 30_000 | 10_000 };
  /** Something went wrong in the background; commands reject instead. */
  trouble: ValetError;
}

/** What a `park` resolves with. */
interface Parked {
  readonly slot: number;
  readonly uuid: string;
  readonly returnsAt: number | null;
  readonly confirmed: boolean;
}

/** What a `bridge` resolves with. */
interface Bridged {
  readonly slot: number | null;
  readonly uuid: string | null;
  readonly confirmed: boolean;
}

/** One extension's window on the lot. */
export class ValetPark implements Disposable {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #changes = new Listeners<void>();
  readonly #listeners: { [K in keyof ValetParkEvents]: Listeners<ValetParkEvents[K]> } = {
    change: new Listeners(),
    parked: new Listeners(),
    departed: new Listeners(),
    due: new Listeners(),
    trouble: new Listeners(),
  };
  readonly #presence: Presence;
  #closed: Snapshot | null = null;
  #isTold = true;

  private constructor(options: ValetParkOptions) {
    const { headers, timeoutMs = 10_000 } = options;
    const clock = guarded(options.clock ?? hostClock);
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    // With or without a slash at the end, as people write it.
    const baseUrl = options.baseUrl.replace(/\/+$/, '');
    const abilities = new Abilities(baseUrl);
    const own = headers ?? (() => ({}));
    const line = { baseUrl, headers: own, fetch, clock, timeoutMs, abilities };
    this.#clock = clock;
    this.#engine = new Engine(options, line, {
      changed: () => this.#changed(),
      notice: (notice) => this.#notice(notice),
      trouble: (trouble) => this.#listeners.trouble.tell(trouble),
      asked: (request, answered, at) => this.#presence.asked(request, answered, at),
    });
    const tell = (trouble: ValetError): void => this.#listeners.trouble.tell(trouble);
    this.#presence = new Presence(this.#engine, line, options, tell);
  }

  /**
   * Loads the core, starts, and resolves when commands can be given (not when the lot is known).
   *
   * Rejects with `invalid-options`, `invalid-extension` or `not-loaded`.
   */
  static async open(options: ValetParkOptions): Promise<ValetPark> {
    // A copy: what the application changes later must not come up in a recovery.
    const own = checkOptions(options);
    await wasm.load();
    return new ValetPark(own);
  }

  /**
   * Parks a call. Resolves when the switch has confirmed it.
   *
   * Without `slot` the switch chooses; where it does not say which slot, the slot is found by
   * asking. A named slot is looked at first, because some switches connect two callers who are
   * parked in one slot. It is looked at again afterwards: the promise rejects with `not-there` where
   * the call is not in the slot. `confirmed` is false where nothing could be asked; then the
   * switch's own answer is all that is known. An answer that was lost is asked for, never repeated:
   * `outcome` of the error says what is known.
   *
   * `returnsAt` is in ms on the client's clock; null where a call may wait for ever.
   */
  async park(call: string, options: { slot?: number; signal?: AbortSignal } = {}): Promise<Parked> {
    const { slot, signal } = checked(options);
    const { kind: _, ...parked } = await this.#live().park(call, slot, signal);
    return parked;
  }

  /**
   * Connects `call` with the call that waits in `slot`.
   *
   * Looks first: rejects with `vacant` or `different-call` without having sent the bridge. `expect`
   * is the call that has to wait there, by its call_api_id or uuid; by default the one that the
   * snapshot shows. Only the switch can prevent what happens between the look and the bridge, so the
   * slot is looked at again afterwards. The promise rejects with `asker-parked` where nobody was
   * there any more and `call` itself waits in the slot now.
   *
   * Without `slot` the call is found that has waited longest, and is bridged by its slot; if it has
   * gone, the next one. `choose: 'switch'` leaves the choice to the switch, and nothing can be looked
   * at before.
   *
   * `uuid` is the call that the switch says was connected, or else the one that was seen in the slot
   * just before. `confirmed` is false where nothing could be asked afterwards.
   */
  async bridge(
    call: string,
    options: {
      slot?: number;
      expect?: string;
      choose?: 'longest' | 'switch';
      signal?: AbortSignal;
    } = {},
  ): Promise<Bridged> {
    const { signal, ...how } = checked(options);
    const { kind: _, ...bridged } = await this.#live().bridge(call, how, signal);
    return bridged;
  }

  /** Asks for one slot, with `call` or else any live one; updates the snapshot. */
  async inspect(
    slot: number,
    options: { call?: string; signal?: AbortSignal } = {},
  ): Promise<SlotView> {
    const { call, signal } = checked(options);
    await this.#live().inspect(slot, call, signal);
    return this.#view(slot);
  }

  /** Asks for the free slots, with `call` or else any live one; updates the snapshot. */
  async freeSlots(options: { call?: string; signal?: AbortSignal } = {}): Promise<number[]> {
    const { call, signal } = checked(options);
    const { slots } = await this.#live().freeSlots(call, signal);
    return [...slots];
  }

  /** Asks for whatever is not known freshly, with as few requests as the dialect allows. */
  async refresh(options: { signal?: AbortSignal } = {}): Promise<Snapshot> {
    const { signal } = checked(options);
    await this.#live().refresh(signal);
    return this.getSnapshot();
  }

  /** Tells of a call event, in any form that `parseCallEvent` takes, or as one it returned. */
  track(event: CallEvent | CallEventSource): void {
    const input = trackedInput(event);
    this.#live().track(input);
    this.#presence.tracked(input);
  }

  /** Where a call is, by its call_api_id or uuid, as far as is known. */
  whereIs(call: string): Whereabouts {
    return this.#live().whereIs(call);
  }

  /** What may be shown now: the same object until something changed. Bound. */
  readonly getSnapshot = (): Snapshot => this.#closed ?? this.#engine.snapshot;

  /** What a server may show: nothing is known. The same object always. Bound. */
  readonly getServerSnapshot = (): Snapshot => serverSnapshot;

  /** Calls back after something changed, once for a burst. Returns the way to stop. Bound. */
  readonly subscribe = (listener: () => void): (() => void) =>
    this.#listen(this.#changes, listener);

  /** Listens for one kind of event. Returns the way to stop; `signal` stops it, too. */
  on<K extends keyof ValetParkEvents>(
    type: K,
    listener: (event: ValetParkEvents[K]) => void,
    options: { signal?: AbortSignal } = {},
  ): () => void {
    const { signal } = checked(options);
    const listeners =
      typeof type === 'string' && Object.hasOwn(this.#listeners, type) && this.#listeners[type];
    if (!listeners) {
      const known = Object.keys(this.#listeners).join(', ');
      throw error('invalid', 'invalid-options', `expected one of the events ${known}`);
    }
    const stop = this.#listen(listeners, listener);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    return stop;
  }

  /** ms until the call in `slot` returns; negative when overdue; null if nothing is known. */
  remaining(slot: number): number | null {
    const view = this.getSnapshot().slots.find((view) => view.slot === slot);
    const returnsAt = view?.returnsAt ?? null;
    return returnsAt === null ? null : returnsAt - this.#clock.now();
  }

  /** Lets go of everything. May be called again; commands reject with `disposed` from then on. */
  dispose(): void {
    if (this.#closed) return;
    const last = this.#engine.snapshot;
    const sync = Object.freeze({ ...last.sync, state: 'closed' as const, nextAskAt: null });
    this.#closed = Object.freeze({ ...last, revision: last.revision + 1, sync });
    this.#presence.close();
    this.#engine.dispose();
    this.#changed();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): Engine {
    if (this.#closed) throw disposed();
    return this.#engine;
  }

  #view(slot: number): SlotView {
    const view = this.getSnapshot().slots[slot - 1];
    if (!view) throw error('invalid', 'invalid-slot', `expected a slot of this lot, found ${slot}`);
    return view;
  }

  /** Tells of changes after whoever caused them is done, and once for all of them. */
  #changed(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    queueMicrotask(() => {
      this.#isTold = true;
      this.#presence.changed(this.getSnapshot());
      this.#changes.tell();
      this.#listeners.change.tell(this.getSnapshot());
    });
  }

  #notice(notice: PanelNotice): void {
    // The snapshot of this moment: by the time a listener hears of it, the slot may hold another.
    const view = 'slot' in notice ? this.#view(notice.slot) : null;
    queueMicrotask(() => {
      if (notice.kind === 'departed') this.#listeners.departed.tell(notice.departure);
      else if (notice.kind === 'trouble')
        this.#listeners.trouble.tell(new ValetError(notice.error));
      else if (view && notice.kind === 'parked') this.#listeners.parked.tell(view);
      else if (view && notice.kind === 'due') {
        this.#listeners.due.tell({ view, leftMs: notice.leftMs });
      }
    });
  }

  /** Adds a listener, and takes note of whether there is any. */
  #listen<E>(listeners: Listeners<E>, listener: (event: E) => void): () => void {
    const stop = listeners.add(listener);
    const count = (): void => {
      const { trouble: _, ...others } = this.#listeners;
      const all = [this.#changes, ...Object.values(others)];
      if (!this.#closed) this.#presence.listeners(!all.every(({ isEmpty }) => isEmpty));
    };
    count();
    return () => {
      stop();
      count();
    };
  }
}

/** What is shown where nothing can be known yet: the usual nine slots. */
const serverSnapshot = emptySnapshot(9);
