import type { Departure, SlotView, ValetPark } from 'valet-park';
import { fullName, who } from './party.ts';
import type { Settings } from './settings.ts';
import { Sound } from './sound.ts';
import { clockText } from './stay.ts';
import { onBeat } from './ticking.ts';
import type { Tongue } from './tongue.ts';

/** What the alerts need to know of the panel they belong to. */
export interface AlertHost {
  readonly tongue: Tongue;
  readonly settings: Settings;
  /** The page is the panel's own: it may use the title and the badge. */
  readonly ownsPage: boolean;
  requestUpdate(): void;
}

/** From when on a call of mine stands in the title, in ms before it returns. */
const titleMs = 60_000;

/**
 * Tells of calls that are about to return to somebody who does not look: by sound, by a desktop
 * notification while the page is hidden, in the title of the page.
 *
 * Of several tabs only the one that asks the switch sounds and notifies; the client sees to it that
 * this is a visible one where there is any.
 */
export class Alerts {
  readonly sound = new Sound();
  readonly #host: AlertHost;
  readonly #shown = new Map<number, Notification>();
  /** The page's own title, and the one that was put in its place. */
  #title = '';
  #told: string | null = null;
  #leave = new AbortController();
  #stopTitle = (): void => {};

  constructor(host: AlertHost) {
    this.#host = host;
  }

  /** Follows a client until `stop`. */
  start(park: ValetPark): void {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    park.on('due', ({ view, leftMs }) => this.#onDue(park, view, leftMs), { signal });
    park.on('departed', (departure) => this.#onDeparted(park, departure), { signal });
    const seen = (): void => {
      if (document.visibilityState === 'visible') this.#close(...this.#shown.keys());
    };
    document.addEventListener('visibilitychange', seen, { signal });
    if (this.#host.ownsPage) this.#stopTitle = onBeat(() => this.#tellTitle(park));
  }

  stop(): void {
    this.#leave.abort();
    this.#stopTitle();
    this.#stopTitle = () => {};
    this.#close(...this.#shown.keys());
    if (this.#told !== null && document.title === this.#told) document.title = this.#title;
    this.#told = null;
    this.sound.dispose();
  }

  /** Asks the browser whether notifications are allowed. To be called from within a gesture. */
  async askToNotify(): Promise<void> {
    if (typeof Notification !== 'function') return;
    if (Notification.permission === 'default') await Notification.requestPermission();
    this.#host.requestUpdate();
  }

  #onDue(park: ValetPark, view: SlotView, leftMs: number): void {
    const { alerts } = this.#host.settings;
    if (alerts === 'none' || (alerts === 'mine' && !view.mine) || !isElected(park)) return;
    this.#play('due');
    const { tongue } = this.#host;
    this.#notify(
      view.slot,
      tongue.words('notify.due', { n: view.slot, who: fullName(tongue, view.caller) }),
      tongue.words('notify.dueText', { s: leftMs / 1000 }),
    );
  }

  #onDeparted(park: ValetPark, { slot, mine, reason, caller }: Departure): void {
    this.#close(slot);
    if (!mine || reason !== 'returned' || !isElected(park)) return;
    if (this.#host.settings.alerts === 'none') return;
    this.#play('returned');
    const { tongue } = this.#host;
    const title = tongue.words('notify.due', { n: slot, who: fullName(tongue, caller) });
    this.#notify(slot, title, tongue.words('notify.returned'));
  }

  #play(cue: 'due' | 'returned'): void {
    if (this.#host.settings.sound === 'off') return;
    this.sound.play(cue);
    if (this.sound.isBlocked) this.#host.requestUpdate();
  }

  #notify(slot: number, title: string, body: string): void {
    if (this.#host.settings.notify === 'off' || document.visibilityState === 'visible') return;
    if (typeof Notification !== 'function' || Notification.permission !== 'granted') return;
    this.#close(slot);
    try {
      const { language: lang } = this.#host.tongue;
      const shown = new Notification(title, { body, lang, tag: `valet-park-${slot}` });
      shown.onclick = () => window.focus();
      this.#shown.set(slot, shown);
    } catch {
      // On telephones only a service worker may notify; the panel has none, and says the rest.
    }
  }

  #close(...slots: number[]): void {
    for (const slot of slots) {
      this.#shown.get(slot)?.close();
      this.#shown.delete(slot);
    }
  }

  #tellTitle(park: ValetPark): void {
    const { slots } = park.getSnapshot();
    const mine = slots.filter((view) => view.mine && view.state !== 'free');
    const due = mine
      .map((view) => ({ view, left: park.remaining(view.slot) ?? Infinity }))
      .filter(({ left }) => left <= titleMs)
      .sort((a, b) => a.left - b.left)[0];
    const { tongue } = this.#host;
    // The page may have given itself another title meanwhile.
    if (document.title !== this.#told) this.#title = document.title;
    const told =
      due === undefined
        ? null
        : tongue.words('title.due', {
            time: clockText(due.left),
            who: who(tongue, due.view.caller).name,
          });
    if (told !== this.#told) document.title = told ?? this.#title;
    this.#told = told;
    badge(mine.length);
  }
}

let badged = 0;

/** The number on the icon of an installed page, where there is such a thing. */
function badge(count: number): void {
  if (count === badged || typeof navigator.setAppBadge !== 'function') return;
  badged = count;
  (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}

function isElected(park: ValetPark): boolean {
  return park.getSnapshot().sync.role !== 'follower';
}
