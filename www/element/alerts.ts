import type { Departure, SlotView, ValetPark } from 'valet-park';
import { onBeat } from './beat.ts';
import { digest, keyOf, ringsUs, slotOf, type Happening } from './digest.ts';
import type { Names } from './farewell.ts';
import { Gathering } from './gathering.ts';
import { fullName, who } from './party.ts';
import { allowNotices, badge, isFirst, mayNotify, showNotice } from './refusals.ts';
import { tellsOf, type Settings } from './settings.ts';
import { Sound } from './sound.ts';
import { clockText } from './stay.ts';
import type { Tongue } from './tongue.ts';

/** What the alerts need to know of the panel they belong to. */
export interface AlertHost extends Names {
  readonly tongue: Tongue;
  readonly settings: Settings;
  /** The page is the panel's own: it may use the title and the badge. */
  readonly ownsPage: boolean;
  requestUpdate(): void;
}

/** From when on a call of mine stands in the title, in ms before it returns. */
const titleMs = 60_000;

/** A notification, and what it tells. */
interface Shown {
  readonly notice: Notification;
  readonly happenings: readonly Happening[];
}

/**
 * Tells of calls that are about to return, or have returned, to a person who does not look: by
 * sound, by a desktop notification while the page is hidden, in the title of the page.
 *
 * What happens to several calls at once makes one sound and one notification. Of several tabs one
 * sounds, and one notifies, if none is seen.
 */
export class Alerts {
  readonly sound = new Sound();
  readonly #host: AlertHost;
  readonly #gathering: Gathering<Happening>;
  #shown: readonly Shown[] = [];
  /** The page's own title, and the one that was put in its place. */
  #title = '';
  #told: string | null = null;
  /** The number on the icon is ours. */
  #isBadged = false;
  #leave = new AbortController();
  #stopTitle = (): void => {};

  constructor(host: AlertHost) {
    this.#host = host;
    this.#gathering = new Gathering((_, fresh) => this.#tell(fresh));
  }

  /** Follows a client until `stop`. */
  start(park: ValetPark): void {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    const seen = (): void => {
      if (document.visibilityState === 'visible') this.#closeAll();
    };
    document.addEventListener('visibilitychange', seen, { signal });
    this.#stopTitle = onBeat(() => this.#tellTitle(park));
  }

  stop(): void {
    this.#leave.abort();
    this.#stopTitle();
    this.#stopTitle = () => {};
    this.#gathering.clear();
    this.#closeAll();
    if (this.#told !== null && document.title === this.#told) document.title = this.#title;
    this.#told = null;
    if (this.#isBadged) badge(0);
    this.#isBadged = false;
    this.sound.dispose();
  }

  /** Asks the browser whether notifications are allowed. To be called from within a gesture. */
  async askToNotify(): Promise<void> {
    await allowNotices();
    this.#host.requestUpdate();
  }

  #onDue(view: SlotView, leftMs: number): void {
    if (!tellsOf(this.#host.settings, view.mine)) return;
    this.#gathering.add(keyOf({ view, leftMs }), { view, leftMs });
  }

  #onDeparted(departure: Departure): void {
    const { slot, mine } = departure;
    this.#gathering.drop((one) => 'view' in one && slotOf(one) === slot);
    this.#forget(slot);
    if (!ringsUs({ departure }) || !tellsOf(this.#host.settings, mine)) return;
    this.#gathering.add(keyOf({ departure }), { departure });
  }

  /** Once for all that happened: one sound and one notification. */
  #tell(happenings: readonly Happening[]): void {
    const ringing = happenings.find(ringsUs);
    const which = nameOf(ringing ?? happenings[0]);
    void this.#play(ringing === undefined ? 'due' : 'returned', which);
    void this.#notify(happenings, which);
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
      if (await isFirst(`sound ${which}`, toldMs)) this.sound.play(cue);
    }
  }

  async #notify(happenings: readonly Happening[], which: string): Promise<void> {
    // A tab that is seen tells by being seen; the hidden ones leave it to that.
    if (this.#host.settings.notify === 'off' || !(await isFirst(`notice ${which}`, toldMs))) return;
    if (document.visibilityState === 'visible' || !mayNotify()) return;
    // A call is in one notification only: in the last one.
    for (const happening of happenings) this.#forget(slotOf(happening));
    this.#show(happenings);
  }

  #show(happenings: readonly Happening[], isSilent = false): void {
    const { tongue, home } = this.#host;
    const slots = happenings.map(slotOf).sort((a, b) => a - b);
    const [first] = happenings;
    if (first === undefined) return;
    const isOne = happenings.length === 1;
    const title = isOne ? singleTitle(tongue, first) : tongue.words('board.title');
    // It stands on the screen of the person to whom the calls return, so it says "you".
    const names = { home: '', nameOf: this.#host.nameOf };
    const all = digest(tongue, happenings, happenings.every(ringsUs) ? names : { ...names, home });
    const body = isOne
      ? singleBody(tongue, first)
      : all.map((each) => tongue.text(each)).join('\n');
    const notice = showNotice(title, {
      ...{ body, lang: tongue.language, tag: `valet-park-${slots.join('-')}` },
      ...(isSilent && { silent: true }),
    });
    if (notice === null) return;
    const shown = { notice, happenings };
    notice.onclick = () => window.focus();
    notice.onclose = () => (this.#shown = this.#shown.filter((each) => each !== shown));
    this.#shown = [...this.#shown, shown];
  }

  /** A call that has left is taken out of its notification. */
  #forget(slot: number): void {
    const isIt = (happening: Happening): boolean => slotOf(happening) === slot;
    const found = this.#shown.filter(({ happenings }) => happenings.some(isIt));
    this.#shown = this.#shown.filter((each) => !found.includes(each));
    for (const { notice, happenings } of found) {
      notice.close();
      this.#show(
        happenings.filter((each) => !isIt(each)),
        true,
      );
    }
  }

  #closeAll(): void {
    const shown = this.#shown;
    this.#shown = [];
    for (const { notice } of shown) notice.close();
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

/** For how long what one tab has told is told for all of them, in ms. */
const toldMs = 5_000;

/** What all tabs call one happening. */
function nameOf(happening: Happening | undefined): string {
  if (happening === undefined) return '';
  return 'view' in happening
    ? `${happening.view.uuid} ${happening.leftMs}`
    : happening.departure.uuid;
}

function singleTitle(tongue: Tongue, happening: Happening): string {
  const { caller } = 'view' in happening ? happening.view : happening.departure;
  return tongue.words('notify.due', { n: slotOf(happening), who: fullName(tongue, caller) });
}

function singleBody(tongue: Tongue, happening: Happening): string {
  if ('view' in happening) return tongue.words('notify.dueText', { s: happening.leftMs / 1000 });
  return tongue.words('notify.returned');
}
