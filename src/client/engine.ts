import { type FeedState, MirrorHandle, type RecorderHandle } from '../../build/glue/valet_park.js';
import type { DialogFields } from './dialog.js';
import type { Changes, CommandResult, Effects, Notice, OwnSync } from './effects.js';
import { aborted, anyOf, disposed, isLost } from './ending.js';
import { error, ValetError } from './error.js';
import type { EventInput } from './event.js';
import { type Lane, type Line, send } from './http.js';
import { askCurrentCalls } from './current_calls.js';
import {
  extensionsOf,
  type MirrorOptions,
  mirrorOptions,
  type ValetParkOptions,
} from './options.js';
import { emptySnapshot, type Outside, patched, withSync } from './snapshot.js';
import type { SlotView, Snapshot, Whereabouts } from './views.js';
import type { Inputs, Rest, Verb } from './inputs.js';
import { storeNote } from './note.js';
import type { NoteTexts } from './results.js';
import type { TabMessage, Told } from './tab_words.js';
import { wasm } from './wasm.js';
import { Handle, lost } from './wasm_module.js';

export type { FeedState } from '../../build/glue/valet_park.js';

/** The result of a command of one kind. */
type ResultOf<K extends CommandResult['kind']> = Extract<CommandResult, { readonly kind: K }>;

/** A notice that is not about a command. */
export type PanelNotice = Exclude<Notice, { readonly id: number }>;

/** A command that has not ended. */
interface Waiting {
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (error: ValetError) => void;
}

/** The reports of an engine to its owner. */
export interface EngineListener {
  /** The snapshot changed. */
  changed(snapshot: Snapshot): void;
  notice(notice: PanelNotice): void;
  trouble(error: ValetError): void;
  /** The core has a message for other tabs. */
  message(message: Told): void;
}

/**
 * Carries out the effects of the mirror in the core: sends requests, sets the timer, and reports.
 *
 * The rules of parking are in the core. If the core fails, the engine starts a new mirror, which
 * asks about every slot again. All commands under way then reject with `lost`.
 */
export class Engine {
  readonly #options: MirrorOptions;
  readonly #line: Line;
  readonly #listener: EngineListener;
  readonly #stop = new AbortController();
  readonly #waiting = new Map<number, Waiting>();
  #mirror: Handle<MirrorHandle>;
  #recorder: RecorderHandle;
  /** The recording of the latest mirror that failed. */
  #lostRecording: Uint8Array = new Uint8Array();
  #snapshot: Snapshot;
  /** The sync of this tab. If another tab leads, the snapshot shows the sync in `#outside`. */
  #own: OwnSync;
  #outside: Outside = { role: 'solo', sync: null };
  #isWatching = false;
  #isLed = false;
  #feed: FeedState = 'down';
  #isRelayed = false;
  #lastId = 0;
  #cancelWake: () => void = () => {};

  constructor(options: ValetParkOptions, line: Line, listener: EngineListener) {
    this.#options = mirrorOptions(options);
    this.#line = line;
    this.#listener = listener;
    this.#mirror = this.#newMirror(false);
    this.#recorder = this.#mirror.use((mirror) => mirror.recorder());
    this.#own = this.#mirror.use((mirror) => mirror.sync());
    this.#snapshot = this.#emptySnapshot(0);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  park(call: string, slot?: number, signal?: AbortSignal): Promise<ResultOf<'parked'>> {
    return this.#command('parked', signal, (id) => this.#handled('park', id, call, slot));
  }

  bridge(
    call: string,
    options: { slot?: number; expect?: string; choose?: 'longest' | 'switch' },
    signal?: AbortSignal,
  ): Promise<ResultOf<'bridged'>> {
    const { slot, expect, choose } = options;
    return this.#command('bridged', signal, (id) =>
      this.#handled('bridge', id, call, slot, expect, choose),
    );
  }

  inspect(slot: number, call?: string, signal?: AbortSignal): Promise<ResultOf<'inspected'>> {
    return this.#command('inspected', signal, (id) => this.#handled('inspect', id, slot, call));
  }

  freeSlots(call?: string, signal?: AbortSignal): Promise<ResultOf<'free'>> {
    return this.#command('free', signal, (id) => this.#handled('freeSlots', id, call));
  }

  refresh(signal?: AbortSignal): Promise<ResultOf<'refreshed'>> {
    return this.#command('refreshed', signal, (id) => this.#handled('refresh', id));
  }

  /**
   * Changes what is noted of the call that waits in a slot. Resolves when the server has stored the
   * note. `uuid` is the call that must wait there.
   */
  async note(view: SlotView, texts: NoteTexts, uuid?: string): Promise<void> {
    const { signal } = this.#stop;
    const [extension = ''] = extensionsOf(this.#options);
    try {
      const told = await storeNote(this.#line, view, extension, texts, uuid, signal);
      this.told(told);
      this.#listener.message(told);
    } catch (thrown) {
      throw signal.aborted ? disposed('unknown') : thrown;
    }
  }

  /**
   * Asks the switch for the current calls of each extension. Rejects with the first error, for
   * example if the switch has no such list.
   */
  async loadCalls(lane: Lane, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw aborted();
    const stop = this.#stop.signal;
    const both = signal ? anyOf(stop, signal) : stop;
    try {
      for (const extension of extensionsOf(this.#options)) {
        const askedAt = this.#now();
        const { body, headers } = await askCurrentCalls(this.#line, extension, lane, both);
        both.throwIfAborted();
        this.#take(this.#handled('listed', extension, askedAt, body, headers));
      }
    } catch (thrown) {
      if (stop.aborted) throw disposed('unknown');
      throw both.aborted ? aborted() : thrown;
    }
  }

  /** Takes in a call event. Throws `invalid-event`. */
  track(event: EventInput): void {
    this.#drive('track', event);
  }

  /** Takes in a message of a feed or of another tab. Throws `invalid-event`. */
  told(told: Told): void {
    this.#drive('told', told);
  }

  /** Sets whether the lot is being watched. Passing `true` again restarts the polling round. */
  watch(isWatching: boolean): void {
    if (isWatching || this.#isWatching) {
      this.#drive('setWatching', (this.#isWatching = isWatching));
    }
  }

  /** Sets the state of the feed. A relay asks for all clients while its feed is up. */
  feed(feed: FeedState): void {
    if (feed !== this.#feed) this.#drive('setFeed', (this.#feed = feed));
    const isRelayed = feed !== 'down' && this.#line.abilities.has('relay');
    if (isRelayed !== this.#isRelayed) this.#drive('setLed', (this.#isRelayed = isRelayed));
  }

  /** True while a relay asks for all clients. */
  get isRelayed(): boolean {
    return this.#isRelayed;
  }

  /**
   * Sets whether another tab asks for this tab. `true` expires after eight seconds, so pass it
   * again with each sign of life of the other tab.
   */
  led(isLed: boolean): void {
    if (isLed || this.#isLed) this.#drive('setLed', (this.#isLed = isLed));
  }

  /**
   * Marks every slot as not confirmed, because the clock may have missed time or the switch was
   * restarted.
   */
  doubt(): void {
    this.#drive('doubt');
  }

  /** Sets the role of this tab and the sync of the leading tab. */
  outside(outside: Outside): void {
    this.#outside = outside;
    if (!this.#stop.signal.aborted) this.#replace(withSync(this.#snapshot, this.#own, outside));
  }

  /** Returns what is known of the slots, as messages for a new tab. */
  retell(): Told[] {
    const now = this.#now();
    return this.#recovering((mirror) => mirror.retell(now));
  }

  /** Returns the own parks, as messages for `recall`. */
  remember(): TabMessage[] {
    const now = this.#now();
    return this.#recovering((mirror) => mirror.remember(now));
  }

  /** Takes in a message that `remember` returned `age` ms ago, before a reload. */
  recall(kind: string, data: string, age: number): void {
    this.#drive('recall', kind, data, age);
  }

  whereIs(call: string): Whereabouts {
    return this.#recovering((mirror) => mirror.whereIs(call));
  }

  /** Returns the call of the first dialog, or null. The others are all other dialogs. */
  callOf(dialogs: DialogFields[]): string | null {
    const now = this.#now();
    return this.#recovering((mirror) => mirror.callOf(now, dialogs)) ?? null;
  }

  /** Returns the recordings of the latest mirror that failed and of the present one. */
  recordings(): readonly Uint8Array[] {
    return [this.#lostRecording, this.#recovering((mirror) => mirror.recording())];
  }

  /** Stops everything and frees the memory. Commands under way reject with `disposed`. */
  dispose(): void {
    this.#stop.abort();
    this.#cancelWake();
    this.#rejectAll(disposed('unknown'));
    if (this.#mirror.isAlive) this.#recorder.free();
    this.#mirror.free();
  }

  /** Starts a command. The promise settles exactly once. */
  async #command<K extends CommandResult['kind']>(
    kind: K,
    signal: AbortSignal | undefined,
    start: (id: number) => Effects,
  ): Promise<ResultOf<K>> {
    if (signal?.aborted) throw aborted();
    const id = (this.#lastId += 1);
    const abort = (): void => this.#drive('abort', id);
    const settled = new Promise<CommandResult>((resolve, reject) => {
      const effects = start(id);
      this.#waiting.set(id, { resolve, reject });
      this.#take(effects);
    });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const result = await settled;
      if (isOfKind(result, kind)) return result;
      throw error('bug', 'lost', `expected a result \`${kind}\`, found \`${result.kind}\``);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Passes one input to the mirror, and carries out the effects. */
  #drive<V extends Verb>(verb: V, ...rest: Rest<V>): void {
    if (this.#stop.signal.aborted) return;
    try {
      this.#take(this.#handled(verb, ...rest));
    } catch (thrown) {
      if (!isLost(thrown)) throw thrown;
    }
  }

  /** Passes one input to the mirror. All inputs use this method. */
  #handled<V extends Verb>(verb: V, ...rest: Rest<V>): Effects {
    const now = this.#now();
    return this.#recovering((mirror: Inputs) => mirror[verb](now, ...rest));
  }

  /** Returns the time. A clock of the application may return anything. NaN replaces a non-number. */
  #now(): number {
    const now: unknown = this.#line.clock.now();
    return typeof now === 'number' ? now : NaN;
  }

  /** Calls the mirror. If this throws `lost`, a new mirror has replaced the old one. */
  #recovering<R>(work: (mirror: MirrorHandle) => R): R {
    // All panels of a page share the core. It may have failed in a call of another panel.
    if (!this.#mirror.isAlive) this.#recover(lost());
    try {
      return this.#mirror.use(work, () => (this.#lostRecording = this.#recorder.bytes()));
    } catch (thrown) {
      if (isLost(thrown)) this.#recover(thrown);
      throw thrown;
    }
  }

  /** Carries out the effects of an input. */
  #take(effects: Effects): void {
    const mirror = this.#mirror;
    this.#wakeAt(effects.wakeAt);
    this.#show(effects.changes);
    for (const { ticket, request, isAct, isBackground } of effects.requests) {
      const lane = isAct ? 'command' : isBackground ? 'background' : 'look';
      void send(this.#line, request, lane, this.#stop.signal).then((answer) => {
        // A new mirror has replaced the one that asked, and its tickets have the same numbers.
        if (mirror !== this.#mirror) return;
        if ('reason' in answer) return this.#drive('failed', ticket, answer);
        this.#drive('answered', ticket, answer.status, answer.body, answer.headers);
      });
    }
    for (const message of effects.messages) this.#listener.message(message);
    for (const notice of effects.notices) this.#notice(notice);
  }

  #notice(notice: Notice): void {
    if (!('id' in notice)) return this.#listener.notice(notice);
    const waiting = this.#waiting.get(notice.id);
    this.#waiting.delete(notice.id);
    if (notice.kind === 'failed') waiting?.reject(new ValetError(notice.error));
    else waiting?.resolve(notice.result);
  }

  #show(changes: Changes): void {
    this.#own = changes.sync ?? this.#own;
    this.#replace(patched(this.#snapshot, changes, this.#outside));
  }

  #replace(snapshot: Snapshot): void {
    if (snapshot === this.#snapshot) return;
    this.#snapshot = snapshot;
    this.#listener.changed(snapshot);
  }

  #wakeAt(at: number | null): void {
    this.#cancelWake();
    this.#cancelWake = () => {};
    if (at === null) return;
    this.#cancelWake = this.#line.clock.wakeAt(at, () => this.#drive('wake'));
  }

  #recover(trouble: ValetError): void {
    this.#mirror = this.#newMirror(true);
    this.#recorder = this.#mirror.use((mirror) => mirror.recorder());
    this.#own = this.#mirror.use((mirror) => mirror.sync());
    this.#wakeAt(null);
    this.#replace(this.#emptySnapshot(this.#snapshot.revision));
    this.#rejectAll(trouble);
    queueMicrotask(() => {
      this.#listener.trouble(trouble);
      this.#drive('setFeed', this.#feed);
      if (this.#isRelayed) this.#drive('setLed', true);
      this.#drive('setWatching', this.#isWatching);
    });
  }

  #newMirror(recovers: boolean): Handle<MirrorHandle> {
    return new Handle(wasm, () => new MirrorHandle(this.#options, recovers));
  }

  /** Returns the snapshot of a new mirror. */
  #emptySnapshot(lastRevision: number): Snapshot {
    const empty = emptySnapshot(this.#mirror.use((mirror) => mirror.slotCount()));
    const { sync } = withSync(empty, this.#own, this.#outside);
    return Object.freeze({ ...empty, revision: lastRevision + 1, sync });
  }

  #rejectAll(reason: ValetError): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

function isOfKind<K extends CommandResult['kind']>(
  result: CommandResult,
  kind: K,
): result is ResultOf<K> {
  return result.kind === kind;
}
