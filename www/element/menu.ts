import { css, html, nothing, type TemplateResult } from 'lit';
import { PanelElement } from './panel-element.ts';
import { controls, tokens } from './tokens.ts';

/** An entry of the menu. */
export interface MenuItem {
  readonly name: string;
  readonly text: string;
  /** True or false for an entry that is switched on or off; undefined for a command. */
  readonly checked?: boolean | undefined;
  /** The keys of the entry, in the form of `aria-keyshortcuts`. */
  readonly shortcut?: string | undefined;
}

/**
 * A button with a menu of commands. The keys are those of an ARIA menu.
 *
 * Fires `parking-menu` with the name of the chosen entry.
 */
export class ValetMenu extends PanelElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        position: relative;
      }
      .opener {
        font-size: var(--text-16);
        padding: 0;
      }
      [role='menu'] {
        background: var(--ground);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        box-shadow: 0 8px 30px rgb(0 0 0 / 18%);
        display: grid;
        inset-block-start: calc(100% + 4px);
        inset-inline-end: 0;
        min-width: 14rem;
        padding: 0.375rem;
        position: absolute;
        z-index: 3;
      }
      [role^='menuitem'] {
        align-items: center;
        background: transparent;
        border: 0;
        display: grid;
        gap: 0.5rem;
        grid-template-columns: 1rem minmax(0, 1fr) auto;
        padding: 0.25rem 0.625rem;
        text-align: start;
        white-space: nowrap;
      }
      kbd {
        color: var(--quiet);
        font: inherit;
        font-size: var(--text-12);
      }
    `,
  ];
  static override properties = {
    items: { attribute: false },
    label: { attribute: false },
    isOpen: { state: true },
  };

  declare items: readonly MenuItem[];
  /** The accessible name of the button. */
  declare label: string;
  declare protected isOpen: boolean;

  constructor() {
    super();
    this.items = [];
    this.label = '';
    this.isOpen = false;
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget)))
        this.#close();
    });
  }

  override focus(options?: FocusOptions): void {
    this.#opener?.focus(options);
  }

  protected override render(): TemplateResult {
    return html`
      <button
        class="opener sign"
        aria-label=${this.label}
        title=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        @click=${() => (this.isOpen ? this.#close() : void this.#open())}
        @keydown=${this.#onOpenerKey}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      ${
        this.isOpen
          ? html`<div role="menu" aria-label=${this.label} @keydown=${this.#onKey}>
              ${this.items.map((item) => this.#item(item))}
            </div>`
          : ''
      }
    `;
  }

  #item({ name, text, checked, shortcut }: MenuItem): TemplateResult {
    return html`<button
      role=${checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked=${checked === undefined ? nothing : String(checked)}
      aria-keyshortcuts=${shortcut ?? nothing}
      tabindex="-1"
      @click=${() => this.#choose(name)}
    >
      <span aria-hidden="true">${checked === true ? '✓' : ''}</span>
      <span>${text}</span>
      <kbd aria-hidden="true">${shortcut ?? ''}</kbd>
    </button>`;
  }

  get #opener(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.opener');
  }

  get #entries(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  }

  async #open(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.#entries[0]?.focus();
  }

  #close(): void {
    this.isOpen = false;
  }

  #choose(name: string): void {
    this.#opener?.focus();
    this.#close();
    this.fire('parking-menu', name);
  }

  #onOpenerKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    void this.#open();
  }

  #onKey(event: KeyboardEvent): void {
    const entries = this.#entries;
    const at = entries.findIndex((entry) => entry === this.shadowRoot?.activeElement);
    const last = entries.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place !== undefined) entries[place]?.focus();
    else if (event.key === 'Escape') {
      this.#opener?.focus();
      this.#close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
