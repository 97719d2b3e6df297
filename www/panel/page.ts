import { loadLocale } from '../element/languages.ts';
import type { Locale } from '../element/locale.ts';
import type { Params } from '../element/messages.ts';
import { PanelElement } from '../element/panel-element.ts';
import { loadPageTexts, pageLocaleOf, type PageKey, type PageLocale } from './page-element.ts';

/** The page around the panel: its language, and the one element that it shows. */
export class Page {
  /** The language of the page: `lang` in the address, else the language of the browser. */
  readonly #elementLocale: Locale;
  readonly locale: PageLocale;
  #shown: Element | null;

  private constructor(locale: Locale) {
    this.#elementLocale = locale;
    this.locale = pageLocaleOf(locale);
    this.#shown = document.querySelector('#loading');
    document.documentElement.lang = locale.language;
    document.documentElement.dir = locale.direction;
  }

  /** Loads the texts of the language. */
  static async open(): Promise<Page> {
    const lang = new URLSearchParams(location.search).get('lang');
    const locale = await loadLocale(lang, ...navigator.languages);
    await loadPageTexts(locale.language);
    return new Page(locale);
  }

  /** Replaces what the page shows. */
  show(element: Element): void {
    if (element instanceof PanelElement) element.locale = this.#elementLocale;
    this.#shown?.replaceWith(element);
    this.#shown = element;
  }

  /** Shows a sentence. */
  showStatus(key: PageKey, params: Params): void {
    const status = Object.assign(document.createElement('p'), { id: 'loading', role: 'status' });
    status.textContent = this.locale.text(key, params);
    this.show(status);
  }
}
