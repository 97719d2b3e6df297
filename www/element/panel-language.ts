import type { LitElement, ReactiveController } from 'lit';
import { loadLocale, localeFor, onMessages } from './languages.ts';
import { english, languagesOf, type Locale } from './locale.ts';
import type { Settings } from './settings.ts';

/** The first update waits for the texts of the language for at most this time. */
const longestWaitMs = 300;

/** The language of a panel. It updates the panel when texts have been loaded or registered. */
export class PanelLanguage implements ReactiveController {
  readonly #host: LitElement & { readonly settings: Settings };
  #locale = english;
  #stop = (): void => {};

  constructor(host: LitElement & { readonly settings: Settings }) {
    this.#host = host;
    host.addController(this);
  }

  /** The locale of the panel. While texts are being loaded, the panel keeps its language. */
  get locale(): Locale {
    this.#locale = localeFor(...this.#tags) ?? this.#locale;
    return this.#locale;
  }

  /** Resolves when the texts are loaded, so that no English text flashes before them. */
  async ready(): Promise<void> {
    if (localeFor(...this.#tags) !== null) return;
    const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    await Promise.race([loadLocale(...this.#tags), late]);
  }

  hostConnected(): void {
    this.#stop = onMessages(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /** The chosen language, else that of the element, of the page or of the browser. */
  get #tags(): readonly string[] {
    const { settings, lang } = this.#host;
    const chosen = settings.language === 'auto' ? [] : [settings.language];
    // The property `lang` of the panel is not reflected: without a value, it is undefined.
    return [...chosen, ...(lang ? [lang] : languagesOf(this.#host))];
  }
}
