import { localeFor, type Locale } from '../element/locale.ts';
import type { Params } from '../element/messages.ts';
import { pageLocaleOf, type PageKey, type PageLocale } from './page-element.ts';

/** The page around the panel: its language, and the one element that it shows. */
export class Page {
  /** The language of the page: `lang` in the address, else the language of the browser. */
  readonly elementLocale: Locale;
  readonly locale: PageLocale;
  #shown: Element | null;

  constructor() {
    const lang = new URLSearchParams(location.search).get('lang');
    this.elementLocale = localeFor(lang, ...navigator.languages);
    this.locale = pageLocaleOf(this.elementLocale);
    this.#shown = document.querySelector('#loading');
    document.documentElement.lang = this.elementLocale.language;
  }

  /** Replaces what the page shows. */
  show(element: Element): void {
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
