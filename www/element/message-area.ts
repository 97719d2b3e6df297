import type { CallView, Departure, SlotView, Snapshot } from 'valet-park';
import type { ExtensionNames } from './departure-text.ts';
import { EventBatch } from './event-batch.ts';
import { Expiry, readingMs } from './expiry.ts';
import { longestWait } from './known-wait.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { isUrgent, keyOf, slotOf, summarize, type LotEvent } from './summary.ts';

/** The panel that the messages belong to. */
export interface MessageHost {
  readonly names: ExtensionNames;
  readonly locale: Locale;
  requestUpdate(): void;
}

/** The sentences that a screen reader reads, each of them once. */
export interface Spoken {
  /** Read at the next pause. */
  readonly polite: readonly Message[];
  /** Read at once. */
  readonly assertive: readonly Message[];
}

/** A status stays at least this long, in ms. */
const statusMs = 6_000;
/** An alert stays at least this long, in ms. */
const alertMs = 20_000;

/**
 * The messages of a panel: an alert with what is urgent, and a status. Each message is shown until its
 * time is over, or until it is no longer true. It is read aloud once.
 *
 * Events of several calls within a second become one message, with the most urgent one first.
 */
export class MessageArea {
  readonly #host: MessageHost;
  readonly #snapshot: () => Snapshot;
  readonly #batch: EventBatch<LotEvent>;
  readonly #statusExpiry = new Expiry(() => this.#setStatus([]));
  readonly #alertExpiry = new Expiry(() => this.#endAlert());
  /** The urgent events in the alert. */
  #urgent: readonly LotEvent[] = [];
  #error: readonly Message[] = [];
  #question: Message | null = null;

  /** The latest news, sentence by sentence. */
  status: readonly Message[] = [];
  /** The urgent sentences in their order: calls that are back, an error, calls that return. */
  alert: readonly Message[] = [];
  /** True if the alert is about a fault of this package. */
  isBug = false;
  spoken: Spoken = { polite: [], assertive: [] };

  constructor(host: MessageHost, snapshot: () => Snapshot) {
    this.#host = host;
    this.#snapshot = snapshot;
    this.#batch = new EventBatch((all, fresh) => this.#report(all, fresh));
  }

  /** Removes all messages and all events. */
  clear(): void {
    this.#batch.clear();
    this.#question = null;
    this.dismiss();
  }

  /** Reports a call that returns in `leftMs`. */
  due(view: SlotView, leftMs: number): void {
    this.#add({ view, leftMs });
  }

  /** Reports a call that has left its slot. */
  departed(departure: Departure): void {
    this.removeDue(departure.slot);
    this.#add({ departure });
  }

  /** Reports a call that has come back and rings. A panel that has just opened does not speak of it. */
  back(call: CallView, isSilent: boolean): void {
    const { slot } = call.returnedFrom ?? {};
    const isSame = (each: LotEvent): boolean => 'departure' in each && slotOf(each) === slot;
    this.#batch.removeIf(isSame);
    this.#removeUrgent(isSame);
    if (!isSilent) return this.#add({ call });
    this.#urgent = [...this.#urgent, { call }];
    this.#showAlert();
  }

  /** Removes the messages about calls that no longer ring. */
  removeBack(isOver: (call: CallView) => boolean): void {
    const isOld = (each: LotEvent): boolean => 'call' in each && isOver(each.call);
    this.#batch.removeIf(isOld);
    this.#removeUrgent(isOld);
  }

  /** Removes the warning that the call in a slot returns, after the call has left. */
  removeDue(slot: number): void {
    const isOver = (each: LotEvent): boolean => 'view' in each && slotOf(each) === slot;
    this.#batch.removeIf(isOver);
    this.#removeUrgent(isOver);
  }

  /** Says of the calls whose time is over that they return now. `isOver` is true for their slots. */
  update(isOver: (slot: number) => boolean): void {
    const ended = (each: LotEvent): boolean =>
      'view' in each && each.leftMs > 0 && isOver(each.view.slot);
    if (!this.#urgent.some(ended)) return;
    this.#urgent = this.#urgent.map((each) => (ended(each) ? { ...each, leftMs: 0 } : each));
    this.#alertExpiry.start(alertMs);
    this.#showAlert();
    const returning = this.#urgent.filter((each) => 'view' in each && each.leftMs === 0);
    this.#speak({ assertive: this.#summary('spoken', returning) });
  }

  /** True while a question is open. Only a screen reader hears of it: the tile shows it. */
  get asks(): boolean {
    return this.#question !== null;
  }

  /** The open question of a tile; null if none is open. */
  get question(): Message | null {
    return this.#question;
  }

  /** Reads a question aloud. Null if it is no longer open. */
  ask(question: Message | null): void {
    this.#question = question;
    this.#speak({ polite: question === null ? [] : [question] });
  }

  /** Replaces the status with one message; null for none. It stays for `leastMs` or longer. */
  showStatus(message: Message | null, leastMs = statusMs): void {
    this.#batch.removeDelivered();
    const status = message === null ? [] : [message];
    this.#setStatus(status, leastMs);
    this.#speak({ polite: status });
  }

  /** Replaces the error in the alert and removes the status. */
  showError(error: readonly Message[], isBug = false): void {
    this.#batch.removeDelivered();
    this.#error = error;
    this.isBug = isBug;
    this.#setStatus([]);
    this.#showAlert();
    this.#alertExpiry.start(readingMs(this.#textOf(this.alert), alertMs));
    this.#speak({ assertive: error });
  }

  get hasError(): boolean {
    return this.#error.length > 0;
  }

  /** Replaces the error that is shown, after more is known. Only `news` is read aloud. */
  correctError(error: readonly Message[], news: readonly Message[]): void {
    if (this.#error.length === 0) return;
    this.#error = error;
    this.#showAlert();
    this.#speak({ polite: news });
  }

  /** Removes the error, because a later command has succeeded. */
  removeError(): void {
    this.#error = [];
    this.isBug = false;
    this.#showAlert();
  }

  /** Removes everything that is shown. */
  dismiss(): void {
    this.#batch.removeDelivered();
    this.#alertExpiry.stop();
    this.#urgent = [];
    this.#setStatus([]);
    this.removeError();
  }

  /** Keeps the messages while a person points at them. */
  hold(isHeld: boolean): void {
    this.#statusExpiry.hold(isHeld);
    this.#alertExpiry.hold(isHeld);
  }

  #add(event: LotEvent): void {
    this.#batch.add(keyOf(event), event);
  }

  #report(all: readonly LotEvent[], fresh: readonly LotEvent[]): void {
    const urgent = all.filter(isUrgent);
    const calm = all.filter((each) => !isUrgent(each));
    if (fresh.some(isUrgent)) {
      const keys = new Set(urgent.map(keyOf));
      this.#urgent = [...this.#urgent.filter((each) => !keys.has(keyOf(each))), ...urgent];
      this.#alertExpiry.start(alertMs);
      this.#showAlert();
    }
    const isNew = (each: LotEvent): boolean => fresh.includes(each);
    if (calm.some(isNew)) {
      this.#setStatus(this.#summary('shown', calm));
      this.#speak({ polite: this.#summary('spoken', calm.filter(isNew)) });
    }
    if (urgent.some(isNew))
      this.#speak({ assertive: this.#summary('spoken', urgent.filter(isNew)) });
  }

  /** The sentences that are shown, or that are read aloud. */
  #summary(how: 'shown' | 'spoken', events: readonly LotEvent[]): readonly Message[] {
    const { locale, names } = this.#host;
    const { departures, sync } = this.#snapshot();
    const context = { locale, names, departures, longestMs: longestWait(sync) };
    return summarize(events, context, how === 'shown');
  }

  #removeUrgent(isOver: (event: LotEvent) => boolean): void {
    if (!this.#urgent.some(isOver)) return;
    this.#urgent = this.#urgent.filter((each) => !isOver(each));
    this.#showAlert();
  }

  /** Removes what is old from the alert. A call that rings, or that returns soon, stays in it. */
  #endAlert(): void {
    this.#urgent = this.#urgent.filter(
      (each) => 'call' in each || ('view' in each && each.leftMs > 0),
    );
    this.removeError();
  }

  #setStatus(status: readonly Message[], leastMs = statusMs): void {
    this.status = status;
    if (status.length === 0) {
      this.#statusExpiry.stop();
      this.#speak({ polite: [] });
    } else this.#statusExpiry.start(readingMs(this.#textOf(status), leastMs));
    this.#host.requestUpdate();
  }

  /** Shows the calls that are back, then the error, then the calls that return. */
  #showAlert(): void {
    const back = this.#urgent.filter((each) => !('view' in each));
    const due = this.#urgent.filter((each) => 'view' in each);
    this.alert = [...this.#summary('shown', back), ...this.#error, ...this.#summary('shown', due)];
    if (this.alert.length === 0) this.#speak({ assertive: [] });
    else this.#host.requestUpdate();
  }

  #speak(spoken: Partial<Spoken>): void {
    this.spoken = { ...this.spoken, ...spoken };
    this.#host.requestUpdate();
  }

  #textOf(messages: readonly Message[]): string {
    return messages.map((each) => this.#host.locale.format(each)).join(' ');
  }
}
