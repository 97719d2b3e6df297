import type { Clock } from './clock.js';
import { wasm } from './wasm.js';
import { disposed } from './ending.js';
import { Engine } from './engine.js';
import type { ValetError } from './error.js';
import { copyDialog, type Dialog } from './dialog.js';
import { type CallEvent, type CallEventSource, trackedInput } from './event.js';
import { lineOf } from './line.js';
import { checked, checkOptions, type ValetParkOptions } from './options.js';
import { checkTexts, withNote } from './note.js';
import { PickUps } from './pick_up.js';
import type { ValetParkEvents } from './panel_events.js';
import { PanelListeners } from './panel_listeners.js';
import { Presence } from './presence.js';
import { type Recording, recordingOf } from './recording.js';
import type { Bridged, NoteTexts, Parked, PickedUp } from './results.js';
import { closedSnapshot, remainingIn, serverSnapshot, viewOf } from './snapshot.js';
import type { CallView, SlotView, Snapshot, Whereabouts } from './views.js';

/**
 * A view of the lot for one extension, or for several extensions of one desk.
 *
 * A command returns a promise. If it fails, the promise rejects with a `ValetError`: `code`, an
 * `ErrorCode`, says why, and `outcome` says whether the switch has carried out the command. The
 * client never repeats a `park` or `bridge`, except after a 401, because the switch did nothing then.
 * If an answer is lost, the client asks the switch what happened. Aborting `signal` ends a command:
 * the promise rejects with `aborted`.
 */
export class ValetPark implements Disposable {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #listeners: PanelListeners;
  readonly #presence: Presence;
  readonly #pickUps: PickUps;
  #closed: Snapshot | null = null;

  private constructor(options: ValetParkOptions) {
    const line = lineOf(options);
    this.#clock = line.clock;
    this.#listeners = new PanelListeners({
      snapshot: () => this.getSnapshot(),
      view: (slot) => this.#view(slot),
      changed: (snapshot) => this.#presence.changed(snapshot),
      counted: (hasListener) => {
        if (!this.#closed) this.#presence.listeners(hasListener);
      },
    });
    const trouble = (error: ValetError): void => this.#listeners.trouble(error);
    this.#engine = new Engine(options, line, {
      changed: () => this.#listeners.changed(),
      notice: (notice) => this.#listeners.notice(notice),
      trouble,
      message: (message) => this.#presence.share(message),
    });
    this.#presence = new Presence(this.#engine, line, options, trouble);
    this.#pickUps = new PickUps(line, options, {
      inspect: (slot, signal) => this.inspect(slot, { signal }),
      view: (slot) => this.#view(slot),
    });
  }

  /**
   * Loads the core and starts a client. Resolves as soon as the client takes commands. All slots
   * are `unknown` then, until the first answers arrive.
   *
   * Rejects with `invalid-options` or `invalid-extension` if an option is wrong, and with
   * `not-loaded` if the WebAssembly cannot be loaded.
   *
   * @example
   * ```ts
   * import { ValetPark } from 'valet-park';
   *
   * const park = await ValetPark.open({
   *   baseUrl: 'https://pbx.example/api/ver1.0',
   *   extension: '34414',
   *   headers: async () => ({ Authorization: `Bearer ${await currentToken()}` }),
   * });
   * ```
   */
  static async open(options: ValetParkOptions): Promise<ValetPark> {
    // A copy. The application may change its object later, and a recovery reads the options again.
    const own = checkOptions(options);
    await wasm.load();
    return new ValetPark(own);
  }

  /**
   * Parks a call. Resolves when the call waits in a slot.
   *
   * `call` is a `call_api_id`. `slot` counts from 1. Without `slot` the switch chooses a free slot,
   * and the client asks which one if the answer does not say.
   *
   * The client checks a named slot first, because some switches connect two callers who are parked
   * in one slot. It checks the slot again afterwards. `confirmed` in the result is false if the
   * second check was not possible: then only the switch says that the call is parked.
   *
   * Rejects with `taken` if another call waits in the slot, with `lot-full` if no slot is free, and
   * with `not-there` if the call is not in the slot after the switch has accepted the `park`.
   *
   * `note` and `for` are texts of at most 200 characters, which everyone at the lot sees. The client
   * sends them after the call is parked, if the server announces `notes`. If they cannot be stored,
   * the call is parked all the same, and `noteError` in the result says why.
   *
   * @example
   * ```ts
   * const { calls } = park.getSnapshot();
   * const talking = calls.find(({ state }) => state === 'talking');
   * if (talking) {
   *   const { slot } = await park.park(talking.call, { slot: 6 });
   *   console.log(`Anna, call on ${slot}`);
   * }
   * ```
   */
  async park(
    call: string,
    options: { slot?: number; note?: string; for?: string; signal?: AbortSignal } = {},
  ): Promise<Parked> {
    const { slot, signal, ...texts } = checked(options);
    const engine = this.#live();
    checkTexts(texts);
    const { kind: _, ...parked } = await engine.park(call, slot, signal);
    return withNote(parked, texts, () => engine.note(this.#view(parked.slot), texts, parked.uuid));
  }

  /**
   * Changes what is noted of the call that waits in `slot`. Resolves when the server has stored the
   * note. A field that is missing stays as it is, and null removes it. A text has at most 200
   * characters.
   *
   * Rejects with `no-notes` if the server has not announced that it keeps notes, and with `vacant`
   * if no call is known to wait in the slot.
   */
  async annotate(slot: number, text: NoteTexts): Promise<void> {
    await this.#live().note(this.#view(slot), checked<NoteTexts & { signal?: never }>(text));
  }

  /**
   * Connects `call` with the call that waits in `slot`. Resolves when the two calls are connected.
   *
   * `call` is a `call_api_id`, and `slot` counts from 1. `expect` is the `call_api_id` or the UUID
   * of the call that must wait in the slot. The default is the call that the snapshot shows there.
   * If the snapshot shows no UUID, the bridge takes any call that waits in the slot.
   *
   * Without `slot` the client finds the call that has waited longest, and connects that one. If it
   * has left meanwhile, the client takes the next one. With `choose: 'switch'` the switch chooses
   * the call, and the client cannot check before.
   *
   * The client checks the slot before and after. `confirmed` in the result is false if the second
   * check was not possible: then only the switch says that the calls are connected.
   *
   * Rejects with `vacant` or `different-call` if the expected call does not wait in the slot: the
   * client has sent no bridge then. If no call waits in the lot, the promise rejects with
   * `nobody-waiting`. If the caller left during the bridge, the switch may have parked `call` in the
   * slot instead: the promise rejects with `asker-parked` then.
   *
   * @example
   * ```ts
   * import { isValetError } from 'valet-park';
   *
   * try {
   *   const { confirmed } = await park.bridge(call, { slot: 6 });
   *   console.log(confirmed ? 'Connected' : 'Connected, says the switch');
   * } catch (error) {
   *   if (!isValetError(error)) throw error;
   *   if (error.code === 'asker-parked') console.log(`Your call waits in slot ${error.slot}`);
   *   else console.log(`Not connected: ${error.code}`);
   * }
   * ```
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

  /** True if the server or the option `pickUp` can pick up a call. Null before the first answer. */
  get canPickUp(): boolean | null {
    return this.#pickUps.isPossible;
  }

  /**
   * Connects the telephone of the extension with the call that waits in `slot`. The telephone rings.
   * If it is answered and the same call still waits, they talk. Resolves then. The caller keeps
   * waiting until then. With several extensions, the telephone of the first one rings.
   *
   * `expect` is the `call_api_id` or the UUID of the call that must wait in the slot. The default is
   * the call that the snapshot shows there. Aborting `signal` stops the ringing. A second `pickUp` of
   * the same call shares the first one.
   *
   * The server does this if it announces `pick-up`, else the option `pickUp` does. Without both, the
   * promise rejects with `no-pick-up`. Rejects with `no-answer` if the telephone is not answered, and
   * with `vacant` or `different-call` if the call has left the slot. The telephone stops ringing then.
   *
   * @example
   * ```ts
   * const { uuid } = await park.pickUp(6);
   * ```
   */
  async pickUp(
    slot: number,
    options: { expect?: string; signal?: AbortSignal } = {},
  ): Promise<PickedUp> {
    const { expect, signal } = checked(options);
    this.#live();
    return this.#pickUps.start(this.#view(slot), expect, signal);
  }

  /**
   * Asks the switch which call waits in a slot. Updates the snapshot and resolves with the view of
   * the slot.
   *
   * Every question names a call. `call` is its `call_api_id`. By default the client chooses a live
   * call. Rejects with `no-live-call` if no call is live, and with `invalid-slot` if the lot does
   * not have the slot.
   */
  async inspect(
    slot: number,
    options: { call?: string; signal?: AbortSignal } = {},
  ): Promise<SlotView> {
    const { call, signal } = checked(options);
    await this.#live().inspect(slot, call, signal);
    return this.#view(slot);
  }

  /**
   * Asks the switch which slots are free. Updates the snapshot and resolves with the numbers of the
   * free slots, in ascending order.
   *
   * `call` is the `call_api_id` that the question names. By default the client chooses a live call.
   * Rejects with `no-live-call` if no call is live.
   */
  async freeSlots(options: { call?: string; signal?: AbortSignal } = {}): Promise<number[]> {
    const { call, signal } = checked(options);
    const { slots } = await this.#live().freeSlots(call, signal);
    return [...slots];
  }

  /**
   * Asks about every slot without an answer from the last five seconds, with as few requests as the
   * dialect allows. Resolves with the new snapshot. Rejects with `no-live-call` if no call is live.
   */
  async refresh(options: { signal?: AbortSignal } = {}): Promise<Snapshot> {
    await this.#live().refresh(checked(options).signal);
    return this.getSnapshot();
  }

  /**
   * Asks the switch for the live calls, with one request for each extension. Updates the snapshot and
   * resolves with its calls.
   *
   * The client does that by itself at the start, after a sleep and when the network is back: see the
   * option `currentCalls`. A call event that arrives after the request counts more than the list.
   * Rejects with `no-such-extension`, `unclear` or another code if the switch gives no list.
   */
  async loadCalls(options: { signal?: AbortSignal } = {}): Promise<readonly CallView[]> {
    await this.#live().loadCalls('look', checked(options).signal);
    return this.getSnapshot().calls;
  }

  /**
   * Passes a call event to the client. The event is one that `parseCallEvent` takes or returns.
   *
   * From the events the client learns which calls are live, who calls, and that a parked call
   * returned. Events may arrive late, twice or not at all. Throws `invalid-event` if the event has
   * no `EventType`.
   *
   * @example
   * ```ts
   * const events = new EventSource('/events'); // your server passes the web hooks on
   * events.onmessage = ({ data }) => park.track(data);
   * ```
   */
  track(event: CallEvent | CallEventSource): void {
    this.#live().track(trackedInput(event));
  }

  /**
   * Returns the `call_api_id` of the call that a SIP dialog belongs to, without a request.
   *
   * `others` are all other dialogs of the softphone. The client compares the names of the call with
   * the SIP Call-ID and the headers of the INVITE, then the direction and the number, then the
   * order in which the calls began to ring. Returns null if no call fits, or if it is uncertain
   * which call fits: the client never guesses.
   *
   * Ask again whenever the dialogs or the snapshot change. Throws `invalid-options` if a dialog is
   * wrong.
   *
   * @example
   * ```ts
   * const call = park.callOf({ direction: 'in', number: '89161112233' });
   * if (call !== null) await park.park(call, { slot: 6 });
   * ```
   */
  callOf(dialog: Dialog, others: readonly Dialog[] = []): string | null {
    return this.#live().callOf([copyDialog(dialog), ...Array.from(others, copyDialog)]);
  }

  /**
   * Returns where a call is, without a request. `call` is a `call_api_id` or a UUID. Throws
   * `invalid-call` if it is neither.
   */
  whereIs(call: string): Whereabouts {
    return this.#live().whereIs(call);
  }

  /**
   * Returns the present snapshot: the same object until something changes. You can pass this method
   * on without its object.
   */
  readonly getSnapshot = (): Snapshot => this.#closed ?? this.#engine.snapshot;

  /**
   * Returns a snapshot of nine unknown slots, for server-side rendering. It is always the same
   * object. You can pass this method on without its object.
   */
  readonly getServerSnapshot = (): Snapshot => serverSnapshot;

  /**
   * Calls `listener` after the snapshot has changed, once for a burst of changes. Returns a
   * function that removes the listener. You can pass this method on without its object. The client
   * asks in the background only while it has a subscriber.
   *
   * @example
   * ```ts
   * const stop = park.subscribe(() => console.log(park.getSnapshot().slots));
   * ```
   */
  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.subscribe(listener);

  /**
   * Calls `listener` for each event of one kind. Returns a function that removes the listener.
   * Aborting `signal` removes it, too. Throws `invalid-options` if there is no such kind of event.
   */
  on<K extends keyof ValetParkEvents>(
    type: K,
    listener: (event: ValetParkEvents[K]) => void,
    options: { signal?: AbortSignal } = {},
  ): () => void {
    return this.#listeners.on(type, listener, checked(options).signal);
  }

  /**
   * Returns the time in ms until the call in `slot` returns to its extension, without a request.
   * The time is negative if the call is overdue. Null if no call is known to wait there, or if it
   * may wait for ever.
   */
  remaining(slot: number): number | null {
    return remainingIn(this.getSnapshot(), slot, this.#clock.now());
  }

  /**
   * Returns the latest inputs of the core, for a bug report: JSON that `npm run replay` plays again.
   * Stand-ins replace all names, numbers, notes and other texts.
   */
  recording(): Recording {
    return recordingOf(this.#live().recordings());
  }

  /**
   * Stops timers and the feed, and frees the memory. Commands under way reject with `disposed`, and
   * so does every later command. A second call does nothing.
   */
  dispose(): void {
    if (this.#closed) return;
    this.#closed = closedSnapshot(this.#engine.snapshot);
    this.#presence.close();
    this.#pickUps.close();
    this.#engine.dispose();
    this.#listeners.changed();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): Engine {
    if (this.#closed) throw disposed();
    return this.#engine;
  }

  #view(slot: number): SlotView {
    return viewOf(this.getSnapshot(), slot);
  }
}
