import { html, nothing, render, type TemplateResult } from 'lit';
import type { CallView, ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { ValetLot } from '../element/lot.ts';
import { controls, tokens } from '../element/tokens.ts';
import type { ValetDrawer } from './drawer.ts';
import { loadPageTexts, PageElement } from './page-element.ts';
import { panelStyle } from './panel.style.ts';
import { answer } from './play.ts';
import { readJournal } from './relay.ts';
import type { RequestLog } from './request-log.ts';

/** The data that the page needs to show the panel. */
export interface Opened {
  readonly park: ValetPark;
  /** The token of this panel, to read the journal of the server. */
  readonly token: string;
  /** The extensions of this panel. Test calls ring the first one. */
  readonly own: readonly Extension[];
  /** All extensions of the switch. */
  readonly extensions: readonly Extension[];
  /** The name of the place where the panel stands. Default: the names of its extensions. */
  readonly home?: string;
  /** True if the panel may only look. */
  readonly lookOnly?: boolean;
  /** The requests of the client. Without a log, the page has no drawer and makes no test calls. */
  readonly log?: RequestLog;
  /** An example program that the tools of the demo show. */
  readonly playground?: PageElement;
}

/** The content of the page: the element `<valet-lot>`, and a drawer to make test calls. */
export class ValetPanel extends PageElement {
  static override styles = [tokens, controls, panelStyle];
  static override properties = { open: { type: Boolean, reflect: true } };

  /** True if the tools of the demo are shown. */
  declare open: boolean;
  readonly #opened: Opened;
  readonly #lot = new ValetLot();

  constructor(opened: Opened) {
    super();
    this.#opened = opened;
    this.open = false;
    const { park, token, own, home = own.map(({ name }) => name).join(', ') } = opened;
    this.#lot.park = park;
    this.#lot.extension = own.map(({ id }) => id).join(' ');
    this.#lot.home = home;
    this.#lot.nameOf = this.#nameOf;
    this.#lot.journal = () => readJournal(token);
    this.#lot.ownsPage = true;
    this.#lot.lookOnly = opened.lookOnly ?? false;
    if (opened.log !== undefined) this.#lot.answer = answerTestCall;
    // The page sets the language of the element once. Later the page follows the element, which fires
    // `parking-locale` also when it is shown.
    this.#lot.lang = document.documentElement.lang;
    this.#lot.addEventListener('parking-locale', () => void this.#setLanguage());
    park.subscribe(() => this.requestUpdate());
  }

  /** Sets the language of the page to the language of the element. */
  async #setLanguage(): Promise<void> {
    const { locale } = this.#lot;
    await loadPageTexts(locale.language);
    // The element may have changed its language again meanwhile.
    if (locale !== this.#lot.locale) return;
    this.locale = locale;
    document.documentElement.lang = locale.language;
    document.documentElement.dir = locale.direction;
    document.title = this.pageText('board.title');
  }

  protected override render(): TemplateResult {
    const { log } = this.#opened;
    render(log === undefined ? nothing : this.#inLot(), this.#lot);
    return html`
      <main>
        <h1 class="visually-hidden">${this.#lot.home}</h1>
        ${this.#lot}
      </main>
      ${log === undefined ? '' : this.#tools(log)}
    `;
  }

  /** The parts of the demo inside the panel: a button in the bar, and how to begin. */
  #inLot(): TemplateResult {
    return html`
      <button
        id="toggle"
        slot="bar"
        aria-expanded=${this.open ? 'true' : 'false'}
        @click=${() => (this.open = !this.open)}
      >
        ${this.pageText('page.try')}
      </button>
      <button class="hint" slot="no-calls" @click=${() => void this.#tryIt()}>
        ${this.pageText('page.tryRing')}
      </button>
    `;
  }

  /** The tools of the demo: the tour, test calls, and the requests. */
  #tools(log: RequestLog): TemplateResult {
    const { own, park, playground } = this.#opened;
    const { locale } = this;
    const snapshot = park.getSnapshot();
    if (playground) playground.locale = locale;
    return html`<aside
      id="drawer"
      aria-label=${this.pageText('page.try')}
      ?hidden=${!this.open}
      @keydown=${this.#onKey}
    >
      <valet-tour .locale=${locale} .snapshot=${snapshot}></valet-tour>
      ${playground ?? nothing}
      <valet-drawer .locale=${locale} .extensions=${own} .calls=${snapshot.calls}></valet-drawer>
      ${this.#extensions()}
      <valet-request-log .locale=${locale} .log=${log}></valet-request-log>
    </aside>`;
  }

  #extensions(): TemplateResult {
    const { own, extensions } = this.#opened;
    const isCurrent = (id: string): boolean => own.length === 1 && own[0]?.id === id;
    return html`<nav aria-label=${this.pageText('page.extensions')}>
      ${extensions.map(
        ({ id, name, number }) =>
          html`<a href="?extension=${number}" aria-current=${isCurrent(id) ? 'page' : 'false'}
            >${this.pageText('page.extension', { name, number })}</a
          >`,
      )}
    </nav>`;
  }

  readonly #nameOf = (id: string): string =>
    this.#opened.extensions.find((extension) => extension.id === id)?.name ?? id;

  /** Shows the tools and lets the first example caller ring. */
  async #tryIt(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    await this.renderRoot.querySelector<ValetDrawer>('valet-drawer')?.ring();
  }

  /** Escape closes the tools. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    this.open = false;
    this.#lot.querySelector<HTMLElement>('#toggle')?.focus();
  }
}

/** Answers a test call, as a telephone would. */
async function answerTestCall({ call }: CallView): Promise<void> {
  await answer(call);
}
