import type { SlotView, ValetPark } from 'valet-park';
import type { Alerts } from './alerts.ts';
import { afterPaint } from './browser-features.ts';
import { extensionsIn } from './extension-list.ts';
import { ForMe, type ForMeHost } from './for-me.ts';
import type { Panel } from './panel.ts';
import { fullName } from './party.ts';
import type { Cue } from './sound.ts';

/** The sounds of a panel: any gesture unlocks them, and a call for the person here is heard. */
export class LotSound implements ForMeHost {
  readonly #lot: Panel;
  readonly #alerts: Alerts;
  readonly #forMe: ForMe;
  #stopping = new AbortController();

  constructor(lot: Panel, alerts: Alerts) {
    this.#lot = lot;
    this.#alerts = alerts;
    this.#forMe = new ForMe(this, (views) => this.#onForMe(views));
    lot.addEventListener('parking-test-sound', (event) => void this.#test(event));
  }

  /** The names by which a colleague can call the person at this panel. */
  get myNames(): readonly string[] {
    const { extension, home, nameOf, settings } = this.#lot;
    const own = extensionsIn(extension);
    return [home, ...own, ...own.map(nameOf), ...settings.myNames.split(',')];
  }

  /** Follows a client, and the gestures of the person, until `stop`. */
  start(park: ValetPark): void {
    this.#forMe.start(park);
    this.#stopping = new AbortController();
    const options = { signal: this.#stopping.signal, capture: true };
    for (const gesture of ['pointerup', 'keydown']) {
      window.addEventListener(gesture, (event) => this.#onGesture(event), options);
    }
  }

  stop(): void {
    this.#forMe.stop();
    this.#stopping.abort();
  }

  /** A gesture in the panel unlocks sound; so does one on the rest of a page that the panel owns. */
  #onGesture(event: Event): void {
    const lot = this.#lot;
    if (!lot.ownsPage && !event.composedPath().includes(lot)) return;
    const { sound } = this.#alerts;
    const { signal } = this.#stopping;
    const unlock = (): void => {
      const wasBlocked = sound.isBlocked;
      if (lot.settings.sound === 'on' && !signal.aborted) sound.unlock();
      if (wasBlocked) lot.requestUpdate();
    };
    // The browser takes about 0.1 s to open an audio device. The person sees the effect of the gesture first.
    if (sound.isAllowed) unlock();
    else afterPaint(unlock);
  }

  #onForMe(views: readonly SlotView[]): void {
    const { locale, controller } = this.#lot;
    this.#alerts.alertForMe(views);
    for (const { slot, caller } of views) {
      const params = { n: slot, who: fullName(locale, caller) };
      controller.showStatus({ key: 'toast.forMe', params });
    }
  }

  async #test(event: Event): Promise<void> {
    const { sound } = this.#alerts;
    sound.unlock();
    await sound.ready();
    sound.play((event as CustomEvent<Cue>).detail);
  }
}
