import type { TemplateResult } from 'lit';
import type { Message, MessageKey, Params } from '../element/messages.ts';
import { Part } from '../element/part.ts';
import type { Tongue } from '../element/tongue.ts';
import { en } from './messages/en.ts';
import { ru } from './messages/ru.ts';

/** Names one sentence of the page or of the element. */
export type PageKey = MessageKey | keyof typeof en;

export type PageTongue = Tongue<PageKey>;

/** The same language, with the words of the page. */
export function onPage(tongue: Tongue): PageTongue {
  return tongue.with({ en, ru });
}

/** A part of the page around the element, which has words of its own. */
export abstract class PagePart extends Part {
  #page: { readonly of: Tongue; readonly tongue: PageTongue } | null = null;

  get pageTongue(): PageTongue {
    if (this.#page?.of !== this.tongue) {
      this.#page = { of: this.tongue, tongue: onPage(this.tongue) };
    }
    return this.#page.tongue;
  }

  protected say(key: PageKey, params?: Params): string {
    return this.pageTongue.words(key, params);
  }

  protected spell(message: Message<PageKey>): TemplateResult {
    return this.pageTongue.spoken(message);
  }
}
