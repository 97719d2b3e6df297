import type { Departure, SlotView } from 'valet-park';
import type { ExtensionNames } from './departure-text.ts';
import { EventBatch } from './event-batch.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { isUrgent, keyOf, slotOf, summarize, type LotEvent } from './summary.ts';

/** The panel that the messages belong to. */
export interface MessageHost {
  readonly names: ExtensionNames;
  readonly locale: Locale;
  requestUpdate(): void;
}

/**
 * The messages of a panel: a status, and an alert.
 *
 * Events of several calls within a second become one message.
 */
export class MessageArea {
  readonly #host: MessageHost;
  readonly #batch: EventBatch<LotEvent>;
  /** The events in the alert, if it is about calls. */
  #alertEvents: readonly LotEvent[] = [];

  /** The latest news, sentence by sentence. A screen reader waits for a pause to read them. */
  status: readonly Message[] = [];
  /** An error or an urgent event, until it is dismissed or over. A screen reader reads it at once. */
  alert: readonly Message[] = [];
  /** True if the alert is about a fault of this package. */
  isBug = false;

  constructor(host: MessageHost) {
    this.#host = host;
    this.#batch = new EventBatch((all, fresh) => this.#report(all, fresh));
  }

  /** Removes all messages and all events. */
  clear(): void {
    this.#batch.clear();
    this.#show([], []);
  }

  /** Reports a call that returns in `leftMs`. */
  due(view: SlotView, leftMs: number): void {
    const event = { view, leftMs };
    this.#batch.add(keyOf(event), event);
  }

  /** Reports a call that has left its slot. */
  departed(departure: Departure): void {
    this.removeDue(departure.slot);
    this.#batch.add(keyOf({ departure }), { departure });
  }

  /** Removes the warning that the call in a slot returns, after the call has left. */
  removeDue(slot: number): void {
    const isOver = (each: LotEvent): boolean => 'view' in each && slotOf(each) === slot;
    this.#batch.removeIf(isOver);
    if (!this.#alertEvents.some(isOver)) return;
    const left = this.#alertEvents.filter((each) => !isOver(each));
    if (left.some(isUrgent)) this.#showAlertOf(left);
    else this.#show(this.status, []);
  }

  /** Replaces the status with one message; null for none. */
  showStatus(message: Message | null): void {
    this.#batch.removeDelivered();
    this.status = message === null ? [] : [message];
    this.#host.requestUpdate();
  }

  /** Shows an alert and removes the status. */
  showAlert(alert: readonly Message[], isBug = false): void {
    this.#batch.removeDelivered();
    this.#show([], alert, isBug);
  }

  /** Removes the alert. */
  dismiss(): void {
    this.#batch.removeDelivered();
    this.#show(this.status, []);
  }

  #report(all: readonly LotEvent[], fresh: readonly LotEvent[]): void {
    if (fresh.some(isUrgent)) return this.#showAlertOf(all);
    this.status = summarize(
      this.#host.locale,
      all.filter((each) => !this.#alertEvents.includes(each)),
      this.#host.names,
    );
    this.#host.requestUpdate();
  }

  #showAlertOf(events: readonly LotEvent[]): void {
    this.#show([], summarize(this.#host.locale, events, this.#host.names));
    this.#alertEvents = events;
  }

  #show(status: readonly Message[], alert: readonly Message[], isBug = false): void {
    this.status = status;
    this.alert = alert;
    this.isBug = isBug;
    this.#alertEvents = [];
    this.#host.requestUpdate();
  }
}
