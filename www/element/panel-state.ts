import type {
  CallView,
  Departure,
  Party,
  Snapshot,
  SlotView,
  SyncView,
  ValetError,
  ValetPark,
} from 'valet-park';
import { emptySnapshot } from '../../src/client/snapshot.ts';
import { BackWatch } from './back-watch.ts';
import { errorText } from './error-text.ts';
import { Expiry } from './expiry.ts';
import { Failures } from './failures.ts';
import { MessageArea, type MessageHost, type Spoken } from './message-area.ts';
import type { Message } from './messages.ts';
import { noteOf, type NoteRequest, type NoteTarget } from './note-editor.ts';
import type { Announcement, NoteFields } from './notices.ts';
import { isHeld, urgency } from './obstacle.ts';
import { OwnRings, type Ring } from './own-rings.ts';
import { PressGuard } from './press-guard.ts';
import { isBack } from './returned.ts';
import { alertsFor, type Settings } from './settings.ts';
import { onTick } from './tick.ts';
import { takeBack, type Undo } from './undo.ts';
import { UndoOffer } from './undo-offer.ts';

/** The panel whose state this is. */
export interface PanelHost extends MessageHost {
  readonly settings: Settings;
}

/** The states in which the client gets no answers from the switch. */
const disconnectedStates: ReadonlySet<SyncView['state']> = new Set([
  'offline',
  'unauthorized',
  'limited',
]);

/** The errors that say that the switch gave no answer. */
const unreachable: ReadonlySet<ValetError['code']> = new Set(['unreachable', 'timed-out']);

/** How long the slot of a parked call is announced, in ms: time to say the sentence and to write a note. */
const announcedMs = 20_000;

/** The snapshot of a panel without a client. */
const noSnapshot: Snapshot = emptySnapshot();

/**
 * The state of a panel: its client, the selected call, and the messages.
 *
 * Requests an update of the host when any of these changes.
 */
export class PanelState {
  protected readonly host: PanelHost;
  protected client: ValetPark | null = null;
  protected stopping = new AbortController();
  #chosenCall: string | null = null;
  /** The uuids of the waiting calls that this panel connects. Their departure is not reported:
   *  the result of the command says it. */
  protected readonly bridged = new Set<string>();
  /** Our calls that this panel has connected with a caller, and this caller. */
  readonly connected = new Map<string, Party | null>();
  /** Our extensions, as far as calls and slots have shown them. */
  readonly #seenExtensions = new Set<string>();
  protected readonly messages: MessageArea;
  protected readonly failures: Failures;
  readonly #backs: BackWatch;
  protected readonly undoOffer: UndoOffer;
  protected readonly ownRings: OwnRings;
  /** Blocks a press that was meant for the call selected before. */
  protected readonly pressGuard = new PressGuard();
  /** The last message about the connection to the switch. */
  #connectionMessage: Message | null = null;
  #isDisconnected = false;
  readonly #announcement = new Expiry(() => this.#endAnnouncement());

  #stopTick = (): void => {};

  /** The call that was parked last, while its slot is announced. */
  parked: Announcement | null = null;
  /** The calls that the page is answering, a new set after each change. */
  answering: ReadonlySet<string> = new Set();
  /** The call whose note is being written; null if none is. */
  noting: NoteTarget | null = null;
  /** A note that the server has not stored, so that the person can save it again. */
  protected draft: NoteRequest | null = null;
  /** False after the server has said that it keeps no notes. */
  keepsNotes = true;

  constructor(host: PanelHost) {
    this.host = host;
    this.messages = new MessageArea(host, () => this.snapshot);
    this.failures = new Failures(host, this.messages);
    this.#backs = new BackWatch(this.messages);
    this.undoOffer = new UndoOffer(() => host.requestUpdate());
    this.ownRings = new OwnRings(() => host.requestUpdate());
  }

  /** The latest news, sentence by sentence. */
  get status(): readonly Message[] {
    return this.messages.status;
  }

  /** The open question of a tile; null if none is open. */
  get question(): Message | null {
    return this.messages.question;
  }

  /** An error or an urgent event, until it is dismissed or a command succeeds. */
  get alert(): readonly Message[] {
    return this.messages.alert;
  }

  /** True if the alert is about a fault of this package, so that a report helps. */
  get isBug(): boolean {
    return this.messages.isBug;
  }

  get spoken(): Spoken {
    return this.messages.spoken;
  }

  /** How to take the last command back; null if that is not possible. */
  get undo(): Undo | null {
    const { snapshot, parked, canPickUp } = this;
    const last = this.undoOffer.read(snapshot, canPickUp);
    return last ?? (parked !== null && canPickUp ? takeBack(parked, snapshot.slots) : null);
  }

  /** True if our telephone can be connected with a waiting call. A client that does not know it yet
   *  finds out when it is asked to. */
  get canPickUp(): boolean {
    return this.client !== null && this.client.canPickUp !== false;
  }

  /** The one call that is back and rings. Null if none does, or several do. */
  get back(): CallView | null {
    const all = this.snapshot.calls.filter(isBack);
    return all.length === 1 ? (all[0] ?? null) : null;
  }

  /** The fields for the note of the call that was parked last, or that a person has asked for. */
  get noteFields(): NoteFields | null {
    const target = this.noting ?? this.parked;
    if (target === null || !this.keepsNotes) return null;
    if (this.noting === null && this.parked?.asksNote === false) return null;
    const { draft } = this;
    const isDraft = draft?.target.uuid === target.uuid;
    const value = isDraft ? draft.input : noteOf(this.view(target.slot), target);
    return { target, value, isAsked: this.noting !== null };
  }

  /** Keeps the messages while a person points at them. */
  hold(isHeld: boolean): void {
    this.messages.hold(isHeld);
    this.#announcement.hold(isHeld);
  }

  /** Connects the panel to a client. */
  start(park: ValetPark): void {
    this.client = park;
    this.pressGuard.update(this.call?.call ?? null);
    this.#isDisconnected = false;
    this.#noteExtensions();
    this.#backs.start(park.getSnapshot().calls);
    this.#stopTick = onTick(() => this.messages.update((slot) => this.#isOverdue(slot)));
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    signal.addEventListener(
      'abort',
      park.subscribe(() => this.#onChange()),
    );
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('trouble', (error) => this.#onBackgroundError(error), { signal });
    this.host.requestUpdate();
  }

  /** Disconnects the panel from its client. */
  stop(): void {
    this.stopping.abort();
    this.#announcement.stop();
    this.client = null;
    this.#chosenCall = null;
    this.bridged.clear();
    this.connected.clear();
    this.ownRings.clear();
    this.#seenExtensions.clear();
    this.parked = null;
    this.answering = new Set();
    this.noting = null;
    this.draft = null;
    this.keepsNotes = true;
    this.undoOffer.clear();
    this.#stopTick();
    this.messages.clear();
  }

  get snapshot(): Snapshot {
    return this.client?.getSnapshot() ?? noSnapshot;
  }

  /** Returns the ms until the call in a slot returns; null if that is not known. */
  readonly remaining = (slot: number): number | null => this.client?.remaining(slot) ?? null;

  /** The number of our extensions that calls and slots have shown since the client was set. */
  get extensionCount(): number {
    return this.#seenExtensions.size;
  }

  /**
   * The selected call: the one chosen by hand, else the one answered last. A call that this panel has
   * connected with a caller is selected only by hand.
   */
  get call(): CallView | null {
    const all = this.snapshot.calls.filter(({ state }) => state !== 'parked');
    const chosen = all.find(({ call }) => call === this.#chosenCall);
    if (chosen !== undefined) return chosen;
    const live = all.filter(({ call }) => !this.connected.has(call));
    const talking = live.filter(({ state }) => state === 'talking');
    return talking.sort((a, b) => b.since - a.since)[0] ?? live[0] ?? null;
  }

  #onChange(): void {
    for (const call of this.connected.keys()) {
      const isTalking = this.snapshot.calls.some(
        (each) => each.call === call && each.state === 'talking',
      );
      if (!isTalking) this.connected.delete(call);
    }
    // The choice ends with the call. If the call comes back, it is not selected again.
    const selected = this.call?.call ?? null;
    if (selected !== this.#chosenCall) this.#chosenCall = null;
    this.pressGuard.update(selected);
    this.#noteExtensions();
    this.#backs.update(this.snapshot.calls);
    if (this.client !== null) this.failures.update(this.client);
    const hasBegun = this.ownRings.update(this.snapshot.calls);
    if (hasBegun && this.status[0]?.key === 'why.asked') {
      this.messages.showStatus({ key: 'why.ringing' });
    }
    const isDisconnected = disconnectedStates.has(this.snapshot.sync.state);
    const isReconnected = this.#isDisconnected && !isDisconnected;
    if (isReconnected && this.status[0] === this.#connectionMessage) {
      this.messages.showStatus(null);
    }
    this.#isDisconnected = isDisconnected;
    this.host.requestUpdate();
  }

  #noteExtensions(): void {
    const { calls, slots } = this.snapshot;
    for (const { extension } of calls) this.#seenExtensions.add(extension);
    for (const { mine, parkedBy } of slots) {
      if (mine && parkedBy !== null) this.#seenExtensions.add(parkedBy);
    }
  }

  /** Selects a call. */
  select(call: string): void {
    this.#chosenCall = call;
    this.pressGuard.set(call);
    this.host.requestUpdate();
  }

  /** Ends the choice by hand: the call that is answered last is selected. */
  protected unselect(): void {
    this.#chosenCall = null;
  }

  /** Notes that a call of ours talks with a caller now. It is no longer the selected call. */
  protected noteConnected(call: string, caller: Party | null): void {
    this.connected.set(call, caller);
    if (this.#chosenCall === call) this.#chosenCall = null;
    this.host.requestUpdate();
  }

  /** The slot of the call that returns first; null if no call waits. */
  get urgent(): number | null {
    const waiting = this.snapshot.slots.filter(isHeld);
    const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
    return waiting.sort((a, b) => left(a) - left(b))[0]?.slot ?? null;
  }

  /** The same, but null unless at least two calls wait. */
  get urgentOfMany(): number | null {
    return this.snapshot.slots.filter(isHeld).length > 1 ? this.urgent : null;
  }

  /** The slots whose calls our telephone picks up. */
  get ringStates(): ReadonlyMap<number, Ring> {
    return this.ownRings.states;
  }

  /** Stops the pick-up of the call in a slot. */
  cancelPickUp(slot: number): void {
    this.ownRings.cancel(slot);
  }

  /**
   * Shows a status: why nothing was done. A question is only read aloud, because the tile shows it. Null
   * says that the question is no longer open.
   */
  showStatus(message: Message | null): void {
    if (message === null || isQuestion(message)) this.messages.ask(message);
    else this.messages.showStatus(message);
  }

  /** Removes the alert. */
  dismiss(): void {
    this.messages.dismiss();
    this.parked = null;
    this.noting = null;
    this.draft = null;
    this.undoOffer.clear();
    this.host.requestUpdate();
  }

  protected view(slot: number): SlotView | undefined {
    return this.snapshot.slots[slot - 1];
  }

  /** True if the time of the call in a slot is over. */
  #isOverdue(slot: number): boolean {
    const remaining = this.remaining(slot);
    return this.view(slot)?.state === 'returning' || (remaining !== null && remaining <= 0);
  }

  /** Announces the slot of a parked call. So long the park can be taken back. */
  protected announce(parked: Announcement): void {
    this.parked = parked;
    this.#announcement.start(announcedMs);
  }

  #endAnnouncement(): void {
    this.parked = null;
    this.host.requestUpdate();
  }

  #onDeparted(departure: Departure): void {
    const { slot, uuid, reason } = departure;
    // The call has left the announced slot.
    if (this.parked?.slot === slot) this.parked = null;
    if (this.client !== null) this.failures.departed(this.client, departure);
    const isOurs = this.bridged.has(uuid) && (reason === 'bridged' || reason === 'unknown');
    const rings = reason === 'returned' && this.#isBackFrom(slot);
    if (isOurs || rings || this.failures.tells(departure)) this.messages.removeDue(slot);
    else this.messages.departed(departure);
  }

  /** True if a call that is back from this slot rings. Its message says more than the departure. */
  #isBackFrom(slot: number): boolean {
    return this.snapshot.calls.some((call) => isBack(call) && call.returnedFrom?.slot === slot);
  }

  #onDue(view: SlotView, leftMs: number): void {
    if (alertsFor(this.host.settings, view.mine)) this.messages.due(view, leftMs);
  }

  /** A lasting failure is visible in the sync state, so that a message reports it only once. */
  #onBackgroundError(error: ValetError): void {
    // The sync state already says that there is no active call.
    if (error.code === 'no-live-call') return;
    const { message: reason, isBug } = errorText(error, null);
    // The client asked in the background. So the message says what the person cannot do now.
    const message: Message = unreachable.has(error.code) ? { key: 'why.offline' } : reason;
    if (error.kind !== 'failure') this.messages.showError([message], isBug);
    else if (this.status[0]?.key !== message.key) {
      this.#connectionMessage = message;
      this.messages.showStatus(message);
    }
  }
}

/** The questions of a tile, before a call is taken. */
const questions: ReadonlySet<Message['key']> = new Set([
  'label.confirm',
  'label.confirmTouch',
  'label.askPickUp',
  'label.askPickUpTouch',
]);

function isQuestion({ key }: Message): boolean {
  return questions.has(key);
}
