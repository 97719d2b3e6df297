import { html, type TemplateResult } from 'lit';
import type { SyncView } from 'valet-park';
import { barStyle } from './bar.style.ts';
import { afterPaint } from './browser-features.ts';
import { withoutDirection } from './locale.ts';
import type { MenuItem } from './menu.ts';
import { PanelElement } from './panel-element.ts';
import { controls, fields, tokens } from './tokens.ts';

/**
 * The bar above the board: the heading, how current the board is, the search, and the menu. The page
 * may add elements before the menu.
 *
 * Fires `parking-search` with the text of the search, `parking-found` to move to what the search has
 * found, and `parking-menu` with the name of a command.
 */
export class ValetBar extends PanelElement {
  static override styles = [tokens, controls, fields, barStyle];
  static override properties = {
    heading: { attribute: false },
    parked: { attribute: false },
    sync: { attribute: false },
    query: { attribute: false },
    found: { attribute: false },
    shortcut: { attribute: false },
    isSoundBlocked: { attribute: false },
    items: { attribute: false },
    isSearching: { state: true },
  };

  /** The heading; empty for none. */
  declare heading: string;
  /** The number of parked calls. */
  declare parked: number;
  declare sync: SyncView | null;
  /** The text of the search. */
  declare query: string;
  /** The number of slots that the search finds. */
  declare found: number;
  /** The key that moves the focus to the search. */
  declare shortcut: string;
  declare isSoundBlocked: boolean;
  declare items: readonly MenuItem[];
  /** True while a narrow bar shows the search in place of the heading. */
  declare protected isSearching: boolean;
  /** True until the browser has painted the last letter of the search. */
  #isPainting = false;

  constructor() {
    super();
    this.heading = '';
    this.parked = 0;
    this.sync = null;
    this.query = '';
    this.found = 0;
    this.shortcut = '';
    this.isSoundBlocked = false;
    this.items = [];
    this.isSearching = false;
  }

  /** Moves the focus to the search. */
  async search(): Promise<void> {
    this.isSearching = true;
    await this.updateComplete;
    this.#input?.select();
    this.#input?.focus();
  }

  /** True if the search has the focus. */
  get hasSearchFocus(): boolean {
    return this.shadowRoot?.activeElement === this.#input;
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  protected override render(): TemplateResult {
    const { heading, parked: n } = this;
    return html`
      <header class=${this.isSearching || this.query !== '' ? 'searching' : ''}>
        ${
          heading === ''
            ? ''
            : html`<h2>
                <bdi>${withoutDirection(heading)}</bdi>
                <span class="count">${this.text('board.count', { n })}</span>
              </h2>`
        }
        <valet-sync .locale=${this.locale} .sync=${this.sync}></valet-sync>
        <div class="search">
          <input
            type="search"
            aria-label=${this.text('list.search')}
            placeholder=${this.text('list.search')}
            aria-keyshortcuts=${this.shortcut}
            .value=${this.query}
            @input=${this.#onSearch}
            @keydown=${this.#onKey}
            @blur=${() => (this.isSearching = false)}
          />
          <span class="quiet" role="status"
            >${this.query === '' ? '' : this.text('list.found', { n: this.found })}</span
          >
          <kbd aria-hidden="true" ?hidden=${this.query !== '' || this.shortcut === ''}
            >${this.shortcut}</kbd
          >
        </div>
        <button
          class="sign find"
          aria-label=${this.text('list.search')}
          title=${this.text('list.search')}
          @click=${() => this.search()}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="8.5" cy="8.5" r="5.5" />
            <path d="m13 13 4.5 4.5" />
          </svg>
        </button>
        ${
          this.isSoundBlocked
            ? html`<button class="soft blocked" title=${this.text('sound.blocked')}>
                <svg viewBox="0 0 20 20" aria-hidden="true">
                  <path d="M3 8v4h3l4 3.5v-11L6 8z" />
                  <path d="m13 8 4 4m0-4-4 4" />
                </svg>
                <span>${this.text('sound.blocked')}</span>
              </button>`
            : ''
        }
        <slot></slot>
        <valet-menu
          .locale=${this.locale}
          .items=${this.items}
          .label=${this.text('act.menu')}
        ></valet-menu>
      </header>
    `;
  }

  /** Moves a lost focus to the menu. */
  protected override onFocusLost(): void {
    this.renderRoot.querySelector('valet-menu')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const text = event.target instanceof HTMLInputElement ? event.target.value : '';
    if (event.key !== 'Enter' || event.isComposing || text === '') return;
    event.preventDefault();
    if (event.repeat) return;
    if (text !== this.query) this.fire('parking-search', text);
    this.fire('parking-found');
  }

  #onSearch(event: Event): void {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || this.#isPainting) return;
    this.#isPainting = true;
    // A large lot takes long to search. The letter appears first.
    afterPaint(() => {
      this.#isPainting = false;
      this.fire('parking-search', target.value);
    });
  }
}
