import type { Departure, SlotView } from 'valet-park';
import { digest, isAlarm, keyOf, slotOf, type Happening } from './digest.ts';
import type { Names } from './farewell.ts';
import { Gathering } from './gathering.ts';
import type { Message } from './messages.ts';
import type { Tongue } from './tongue.ts';

/** What a bulletin needs of the panel it belongs to. */
export interface BulletinHost extends Names {
  readonly tongue: Tongue;
  requestUpdate(): void;
}

/**
 * The last words of a panel: what has happened, and what has to be told at once.
 *
 * Joins what happens to several calls at almost the same time into one message.
 */
export class Bulletin {
  readonly #host: BulletinHost;
  readonly #gathering: Gathering<Happening>;
  /** What the alarm tells, if it tells of calls. */
  #raised: readonly Happening[] = [];

  /** What has happened last, sentence by sentence. */
  news: readonly Message[] = [];
  /** What went wrong last, or is urgent, until it is dismissed or over. */
  alarm: readonly Message[] = [];

  constructor(host: BulletinHost) {
    this.#host = host;
    this.#gathering = new Gathering((all, fresh) => this.#publish(all, fresh));
  }

  /** Forgets everything. */
  clear(): void {
    this.#gathering.clear();
    this.#show([], []);
  }

  /** Tells of a call that is about to return. */
  due(view: SlotView, leftMs: number): void {
    const happening = { view, leftMs };
    this.#gathering.add(keyOf(happening), happening);
  }

  /** Tells of a call that has left its slot. */
  departed(departure: Departure): void {
    this.over(departure.slot);
    this.#gathering.add(keyOf({ departure }), { departure });
  }

  /** The call of a slot is not about to return any more: it has left. */
  over(slot: number): void {
    const isOver = (one: Happening): boolean => 'view' in one && slotOf(one) === slot;
    this.#gathering.drop(isOver);
    if (!this.#raised.some(isOver)) return;
    const left = this.#raised.filter((one) => !isOver(one));
    if (left.some(isAlarm)) this.#raise(left);
    else this.#show(this.news, []);
  }

  /** Shows one message in the place of the news; null for none. */
  tell(message: Message | null): void {
    this.#gathering.settle();
    this.news = message === null ? [] : [message];
    this.#host.requestUpdate();
  }

  /** Shows what went wrong, and takes the news away. */
  raise(alarm: readonly Message[]): void {
    this.#gathering.settle();
    this.#show([], alarm);
  }

  /** Takes the alarm away. */
  dismiss(): void {
    this.#gathering.settle();
    this.#show(this.news, []);
  }

  #publish(all: readonly Happening[], fresh: readonly Happening[]): void {
    if (fresh.some(isAlarm)) return this.#raise(all);
    this.news = digest(
      this.#host.tongue,
      all.filter((one) => !this.#raised.includes(one)),
      this.#host,
    );
    this.#host.requestUpdate();
  }

  #raise(happenings: readonly Happening[]): void {
    this.#show([], digest(this.#host.tongue, happenings, this.#host));
    this.#raised = happenings;
  }

  #show(news: readonly Message[], alarm: readonly Message[]): void {
    this.news = news;
    this.alarm = alarm;
    this.#raised = [];
    this.#host.requestUpdate();
  }
}
