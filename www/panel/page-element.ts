import type { TemplateResult } from 'lit';
import { Catalogues } from '../element/catalogues.ts';
import type { Locale } from '../element/locale.ts';
import type { Message, MessageKey, Params } from '../element/messages.ts';
import { PanelElement } from '../element/panel-element.ts';
import { en } from './messages/en.ts';

/** The key of a sentence of the page or of the element. */
export type PageKey = MessageKey | keyof typeof en;

export type PageLocale = Locale<PageKey>;

/** The texts of the page. */
const catalogues = new Catalogues<keyof typeof en>(en, {
  de: () => import('./messages/de.ts').then(({ de }) => de),
  fr: () => import('./messages/fr.ts').then(({ fr }) => fr),
  es: () => import('./messages/es.ts').then(({ es }) => es),
  'pt-BR': () => import('./messages/pt-BR.ts').then(({ ptBR }) => ptBR),
  ru: () => import('./messages/ru.ts').then(({ ru }) => ru),
  'zh-CN': () => import('./messages/zh-CN.ts').then(({ zhCN }) => zhCN),
  ar: () => import('./messages/ar.ts').then(({ ar }) => ar),
});

/** Loads the texts of the page in a language. Resolves also if they cannot be loaded. */
export function loadPageTexts(language: string): Promise<void> {
  return catalogues.load(language);
}

/** Returns the locale of the element with the texts of the page. Call `loadPageTexts` before. */
export function pageLocaleOf(locale: Locale): PageLocale {
  return locale.extend(catalogues.get(locale.language) ?? en);
}

/** The base class of the elements of the page around `<valet-lot>`. */
export abstract class PageElement extends PanelElement {
  #page: { readonly of: Locale; readonly locale: PageLocale } | null = null;

  get pageLocale(): PageLocale {
    if (this.#page?.of !== this.locale) {
      this.#page = { of: this.locale, locale: pageLocaleOf(this.locale) };
    }
    return this.#page.locale;
  }

  /** Returns a sentence as plain text. */
  protected pageText(key: PageKey, params?: Params): string {
    return this.pageLocale.text(key, params);
  }

  /** Returns a message as HTML. */
  protected pageHtml(message: Message<PageKey>): TemplateResult {
    return this.pageLocale.toHtml(message);
  }
}
