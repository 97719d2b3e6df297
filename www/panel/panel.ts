import { html, type TemplateResult } from 'lit';
import type { ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { ValetLot } from '../element/lot.ts';
import { controls, tokens } from '../element/tokens.ts';
import { PagePart } from './page-part.ts';
import { panelStyle } from './panel.style.ts';
import type { Wire } from './wire.ts';

/** What has to be there before there is anything to draw. */
export interface Opened {
  readonly park: ValetPark;
  readonly wire: Wire;
  readonly extension: Extension;
  readonly extensions: readonly Extension[];
}

/** The whole page: the element as anybody may embed it, and beside it the means to try it out. */
export class ValetPanel extends PagePart {
  static override styles = [tokens, controls, panelStyle];
  static override properties = { open: { state: true } };

  /** Whether the drawer is open. */
  declare protected open: boolean;
  readonly #opened: Opened;
  readonly #lot = new ValetLot();

  constructor(opened: Opened) {
    super();
    this.#opened = opened;
    this.open = true;
    const { park, extension } = opened;
    this.#lot.park = park;
    this.#lot.home = extension.name;
    this.#lot.nameOf = this.#nameOf;
    this.#lot.ownsPage = true;
    // As the page was at first: from here on it speaks as the element does.
    this.#lot.lang = document.documentElement.lang;
    this.#lot.addEventListener('parking-tongue', () => this.#speak());
    park.subscribe(() => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#speak();
  }

  /** The page speaks the language of the element. */
  #speak(): void {
    this.tongue = this.#lot.tongue;
    document.documentElement.lang = this.tongue.language;
    document.title = this.say('board.title');
  }

  protected override render(): TemplateResult {
    const { extension, wire, park } = this.#opened;
    const { tongue } = this;
    const snapshot = park.getSnapshot();
    return html`
      <header class="bar">
        <h1>valet-park</h1>
        ${this.#extensions()}
        <button
          id="toggle"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-controls="drawer"
          @click=${() => (this.open = !this.open)}
        >
          ${this.say('drawer.title')}
        </button>
      </header>
      <div class="columns ${this.open ? 'open' : ''}" @keydown=${this.#onKey}>
        <main>
          <valet-tour .tongue=${tongue} .snapshot=${snapshot}></valet-tour>
          ${this.#lot}
        </main>
        <aside id="drawer" aria-label=${this.say('drawer.title')} ?hidden=${!this.open}>
          <valet-drawer
            .tongue=${tongue}
            .extension=${extension}
            .calls=${snapshot.calls}
          ></valet-drawer>
          <valet-wire-log .tongue=${tongue} .wire=${wire}></valet-wire-log>
        </aside>
      </div>
    `;
  }

  #extensions(): TemplateResult {
    const { extension, extensions } = this.#opened;
    return html`<nav aria-label=${this.say('page.extensions')}>
      ${extensions.map(
        ({ id, name, number }) =>
          html`<a href="?extension=${number}" aria-current=${id === extension.id ? 'page' : 'false'}
            >${this.say('page.extension', { name, number })}</a
          >`,
      )}
    </nav>`;
  }

  readonly #nameOf = (id: string): string =>
    this.#opened.extensions.find((extension) => extension.id === id)?.name ?? id;

  /** Escape in the drawer closes it. */
  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.open && inDrawer(event)) this.#close();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('#toggle')?.focus();
  }
}

function inDrawer(event: Event): boolean {
  return event.composedPath().some((each) => each instanceof Element && each.id === 'drawer');
}
