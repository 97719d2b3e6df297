import type { Departure, SlotView, ValetPark } from 'valet-park';
import { onBeat } from './beat.ts';
import { fullName, who } from './party.ts';
import { tellsOf, type Settings } from './settings.ts';
import { Sound } from './sound.ts';
import { clockText } from './stay.ts';
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
 * Of several tabs one sounds, and one notifies, if none is seen.
 */
export class Alerts {
  readonly sound = new Sound();
  readonly #host: AlertHost;
  readonly #shown = new Map<number, Notification>();
  /** The page's own title, and the one that was put in its place. */
  #title = '';
  #told: string | null = null;
  /** The number on the icon is ours. */
  #isBadged = false;
  #leave = new AbortController();
  #stopTitle = (): void => {};

  constructor(host: AlertHost) {
    this.#host = host;
  }

  /** Follows a client until `stop`. */
  start(park: ValetPark): void {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    const seen = (): void => {
      if (document.visibilityState === 'visible') this.#close(...this.#shown.keys());
    };
    document.addEventListener('visibilitychange', seen, { signal });
    this.#stopTitle = onBeat(() => this.#tellTitle(park));
  }

  stop(): void {
    this.#leave.abort();
    this.#stopTitle();
    this.#stopTitle = () => {};
    this.#close(...this.#shown.keys());
    if (this.#told !== null && document.title === this.#told) document.title = this.#title;
    this.#told = null;
    if (this.#isBadged) badge(0);
    this.#isBadged = false;
    this.sound.dispose();
  }

  /** Asks the browser whether notifications are allowed. To be called from within a gesture. */
  async askToNotify(): Promise<void> {
    if (typeof Notification !== 'function') return;
    if (Notification.permission === 'default') await Notification.requestPermission();
    this.#host.requestUpdate();
  }

  #onDue({ slot, uuid, mine, caller }: SlotView, leftMs: number): void {
    if (!tellsOf(this.#host.settings, mine)) return;
    const which = `${uuid} ${leftMs}`;
    const body = this.#host.tongue.words('notify.dueText', { s: leftMs / 1000 });
    void this.#play('due', which);
    void this.#notify({ slot, caller }, which, body);
  }

  #onDeparted({ slot, uuid, mine, reason, caller }: Departure): void {
    this.#close(slot);
    if (reason !== 'returned' || !mine || !tellsOf(this.#host.settings, mine)) return;
    void this.#play('returned', uuid);
    void this.#notify({ slot, caller }, uuid, this.#host.tongue.words('notify.returned'));
  }

  async #play(cue: 'due' | 'returned', which: string): Promise<void> {
    if (this.#host.settings.sound === 'off') return;
    if (!this.sound.isAllowed) {
      this.sound.isBlocked = true;
      this.#host.requestUpdate();
    } else {
      // Only who can be heard may say that it was told; and what was long ago is no news.
      const at = performance.now();
      await this.sound.ready();
      if (performance.now() - at > toldMs) return;
      if (await isFirst(`sound ${which}`)) this.sound.play(cue);
    }
  }

  async #notify(
    { slot, caller }: Pick<SlotView, 'slot' | 'caller'>,
    which: string,
    body: string,
  ): Promise<void> {
    // A tab that is seen tells by being seen; the hidden ones leave it to that.
    if (this.#host.settings.notify === 'off' || !(await isFirst(`notice ${which}`))) return;
    if (document.visibilityState === 'visible') return;
    if (typeof Notification !== 'function' || Notification.permission !== 'granted') return;
    this.#close(slot);
    try {
      const { tongue } = this.#host;
      const title = tongue.words('notify.due', { n: slot, who: fullName(tongue, caller) });
      const lang = tongue.language;
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
    const slots = this.#host.ownsPage ? park.getSnapshot().slots : [];
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
    if (this.#host.ownsPage || this.#isBadged) badge(mine.length);
    this.#isBadged = this.#host.ownsPage;
  }
}

let badged = 0;

/** The number on the icon of an installed page, where there is such a thing. */
function badge(count: number): void {
  if (count === badged || typeof navigator.setAppBadge !== 'function') return;
  badged = count;
  (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}

/** How long a hidden tab lets others go first, and how long what was told is told, in ms. */
const letMs = 300;
const toldMs = 5_000;

/**
 * Whether no other tab tells of this: each tries for a lock of that name, and the first has it. Who
 * asks the switch does not matter, so nothing is lost while that changes hands.
 */
async function isFirst(what: string): Promise<boolean> {
  if (typeof navigator.locks?.request !== 'function') return true;
  if (document.visibilityState !== 'visible') await wait(letMs);
  return new Promise((resolve) => {
    const options = { ifAvailable: true };
    const hold = (lock: Lock | null): Promise<void> | null => {
      resolve(lock !== null);
      return lock && wait(toldMs);
    };
    // Where locks are refused, to tell twice is better than not at all.
    navigator.locks.request(`valet-park ${what}`, options, hold).catch(() => resolve(true));
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
