import type { Departure, SlotView, ValetPark } from 'valet-park';
import {
  canNotify,
  isFirstTab,
  requestNotifications,
  setBadge,
  showNotification,
} from './browser-features.ts';
import type { ExtensionNames } from './departure-text.ts';
import { EventBatch } from './event-batch.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { fullName, otherParty, partyText } from './party.ts';
import { isBack } from './returned.ts';
import { alertsFor, soundChoice, type Settings } from './settings.ts';
import { Sound, type Cue } from './sound.ts';
import { keyOf, returnsToUs, slotOf, summarize, type LotEvent } from './summary.ts';
import { onTick } from './tick.ts';
import { formatClock } from './wait-time.ts';

/** The panel that the alerts belong to. */
export interface AlertHost {
  readonly locale: Locale;
  readonly names: ExtensionNames;
  readonly settings: Settings;
  /** True if the panel may use the title and the badge of the page. */
  readonly ownsPage: boolean;
  requestUpdate(): void;
}

/** A call of ours is in the title for this time before it returns, in ms. */
const titleMs = 60_000;

/** A notification, and the events in it. */
interface Shown {
  readonly notification: Notification;
  readonly events: readonly LotEvent[];
}

/**
 * Alerts a person who does not look at the panel when a call is about to return or has returned: by
 * a sound, by a desktop notification while the page is hidden, and in the title of the page.
 *
 * Events within a second make one sound and one notification. Only one tab plays the sound, and only
 * one shows the notification, and only if no tab is visible.
 */
export class Alerts {
  readonly sound: Sound;
  readonly #host: AlertHost;
  readonly #batch: EventBatch<LotEvent>;
  #shown: readonly Shown[] = [];
  /** The title that the page has given itself. */
  #pageTitle = '';
  /** The title that this panel has set; null if it has set none. */
  #ownTitle: string | null = null;
  /** True if this panel has set the badge. */
  #isBadged = false;
  #stopping = new AbortController();
  #stopTitle = (): void => {};

  constructor(host: AlertHost) {
    this.#host = host;
    this.sound = new Sound(() => soundChoice(host.settings));
    this.#batch = new EventBatch((_, fresh) => this.#alert(fresh));
  }

  /** Follows the events of a client until `stop`. */
  start(park: ValetPark): void {
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') this.#closeAll();
    };
    document.addEventListener('visibilitychange', onVisible, { signal });
    this.#stopTitle = onTick(() => this.#updateTitle(park));
  }

  stop(): void {
    this.#stopping.abort();
    this.#stopTitle();
    this.#stopTitle = () => {};
    this.#batch.clear();
    this.#closeAll();
    if (this.#ownTitle !== null && document.title === this.#ownTitle) {
      document.title = this.#pageTitle;
    }
    this.#ownTitle = null;
    if (this.#isBadged) setBadge(0);
    this.#isBadged = false;
    this.sound.dispose();
  }

  /** Asks for permission to notify. Call it while a press is handled: otherwise browsers refuse. */
  async requestPermission(): Promise<void> {
    await requestNotifications();
    this.#host.requestUpdate();
  }

  #onDue(view: SlotView, leftMs: number): void {
    if (!alertsFor(this.#host.settings, view.mine)) return;
    this.#batch.add(keyOf({ view, leftMs }), { view, leftMs });
  }

  #onDeparted(departure: Departure): void {
    const { slot, mine } = departure;
    this.#batch.removeIf((each) => 'view' in each && slotOf(each) === slot);
    this.#removeFromNotifications(slot);
    if (!returnsToUs({ departure }) || !alertsFor(this.#host.settings, mine)) return;
    this.#batch.add(keyOf({ departure }), { departure });
  }

  /** Alerts about calls that a colleague has parked for the person at this panel. */
  alertForMe(views: readonly SlotView[]): void {
    if (this.#host.settings.forMe === 'off') return;
    const name = `for me ${views.map(({ uuid }) => uuid).join(' ')}`;
    void this.#play('forMe', name);
    void this.#notifyForMe(views, name);
  }

  async #notifyForMe(views: readonly SlotView[], name: string): Promise<void> {
    if (!(await this.#mayNotify(name))) return;
    const { locale } = this.#host;
    for (const { slot, caller } of views) {
      const title = locale.text('notify.due', { n: slot, who: fullName(locale, caller) });
      const options = { body: locale.text('notify.forMe'), lang: locale.language };
      const shown = showNotification(title, { ...options, tag: `valet-park-for-${slot}` });
      if (shown !== null) shown.onclick = () => window.focus();
    }
  }

  #alert(events: readonly LotEvent[]): void {
    const returned = events.find(returnsToUs);
    const name = sharedNameOf(returned ?? events[0]);
    void this.#play(returned === undefined ? 'due' : 'returned', name);
    void this.#notify(events, name);
  }

  async #play(cue: Cue, name: string): Promise<void> {
    if (this.#host.settings.sound === 'off') return;
    if (!this.sound.isAllowed) {
      this.sound.isBlocked = true;
      this.#host.requestUpdate();
    } else {
      // A muted tab must not take the lock from a tab that can be heard. A late sound is dropped.
      const at = performance.now();
      await this.sound.ready();
      if (performance.now() - at > lockMs) return;
      if (await isFirstTab(`sound ${name}`, lockMs)) this.sound.play(cue);
    }
  }

  /** Resolves to true in the one tab that shows a notification; never while a tab is visible. */
  async #mayNotify(name: string): Promise<boolean> {
    // A visible tab takes the lock and shows nothing, so that no hidden tab notifies.
    if (this.#host.settings.notify === 'off') return false;
    if (!(await isFirstTab(`notice ${name}`, lockMs))) return false;
    return document.visibilityState !== 'visible' && canNotify();
  }

  async #notify(events: readonly LotEvent[], name: string): Promise<void> {
    if (!(await this.#mayNotify(name))) return;
    // Each call is only in the latest notification about it.
    for (const event of events) this.#removeFromNotifications(slotOf(event));
    this.#show(events);
  }

  #show(events: readonly LotEvent[], isSilent = false): void {
    const { locale } = this.#host;
    const slots = events.map(slotOf).sort((a, b) => a - b);
    const [first] = events;
    if (first === undefined) return;
    const isOne = events.length === 1;
    const title = isOne ? singleTitle(locale, first) : locale.text('board.title');
    // If all calls return to the person in front of this screen, the text says "you".
    const { home, nameOf } = this.#host.names;
    const names = { home: events.every(returnsToUs) ? '' : home, nameOf };
    const body = isOne
      ? singleBody(locale, first)
      : summarize(events, { locale, names, departures: [], longestMs: 0 })
          .map((each) => locale.format(each))
          .join('\n');
    const notification = showNotification(title, {
      ...{
        body,
        lang: locale.language,
        dir: locale.direction,
        tag: `valet-park-${slots.join('-')}`,
      },
      ...(isSilent && { silent: true }),
    });
    if (notification === null) return;
    const shown = { notification, events };
    notification.onclick = () => window.focus();
    notification.onclose = () => (this.#shown = this.#shown.filter((each) => each !== shown));
    this.#shown = [...this.#shown, shown];
  }

  /** Removes a call that has left from its notification. */
  #removeFromNotifications(slot: number): void {
    const isOfSlot = (event: LotEvent): boolean => slotOf(event) === slot;
    const found = this.#shown.filter(({ events }) => events.some(isOfSlot));
    this.#shown = this.#shown.filter((each) => !found.includes(each));
    for (const { notification, events } of found) {
      notification.close();
      this.#show(
        events.filter((each) => !isOfSlot(each)),
        true,
      );
    }
  }

  #closeAll(): void {
    const shown = this.#shown;
    this.#shown = [];
    for (const { notification } of shown) notification.close();
  }

  #updateTitle(park: ValetPark): void {
    const { ownsPage, locale } = this.#host;
    const slots = ownsPage ? park.getSnapshot().slots : [];
    const mine = slots.filter((view) => view.mine && view.state !== 'free');
    // The page may have set another title since the last tick.
    if (document.title !== this.#ownTitle) this.#pageTitle = document.title;
    const message = ownsPage ? urgentTitle(locale, park) : null;
    const title = message && locale.format(message);
    if (title !== this.#ownTitle) document.title = title ?? this.#pageTitle;
    this.#ownTitle = title;
    if (ownsPage || this.#isBadged) setBadge(mine.length);
    this.#isBadged = ownsPage;
  }
}

/**
 * Returns the title that says what is most urgent: a call that is back, or a call of ours that returns
 * within a minute. Null if nothing is urgent.
 */
function urgentTitle(locale: Locale, park: ValetPark): Message | null {
  const { slots, calls } = park.getSnapshot();
  const back = calls.find(isBack);
  if (back !== undefined) {
    return { key: 'title.back', params: { who: partyText(locale, otherParty(back)).name } };
  }
  const due = slots
    .filter(({ mine, state }) => mine && (state === 'held' || state === 'returning'))
    .map((view) => ({ view, left: view.state === 'returning' ? 0 : park.remaining(view.slot) }))
    .filter(({ left }) => left !== null && left <= titleMs)
    .sort((a, b) => (a.left ?? 0) - (b.left ?? 0))[0];
  if (due === undefined) return null;
  const who = partyText(locale, due.view.caller).name;
  const left = due.left ?? 0;
  if (left <= 0) return { key: 'title.returning', params: { who } };
  return { key: 'title.due', params: { time: formatClock(left), who } };
}

/** The first tab to alert blocks the others for this time, in ms. */
const lockMs = 5_000;

/** Returns a name for an event that is the same in all tabs. */
function sharedNameOf(event: LotEvent | undefined): string {
  if (event === undefined) return '';
  if ('view' in event) return `${event.view.uuid} ${event.leftMs}`;
  return 'call' in event ? event.call.uuid : event.departure.uuid;
}

function singleTitle(locale: Locale, event: LotEvent): string {
  const { caller } = 'view' in event ? event.view : 'call' in event ? event.call : event.departure;
  return locale.text('notify.due', { n: slotOf(event), who: fullName(locale, caller) });
}

function singleBody(locale: Locale, event: LotEvent): string {
  if ('view' in event) return locale.text('notify.dueText', { s: event.leftMs / 1000 });
  return locale.text('notify.returned');
}
