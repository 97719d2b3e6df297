import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { findItems, type PaletteAction, type PaletteItem } from './palette-items.ts';
import type { Message } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import { PressGuard } from './press-guard.ts';
import { controls, fields, tokens } from './tokens.ts';

/**
 * A search for a slot, a caller or a command, as an ARIA combobox: the focus stays in the text field,
 * the arrows choose an entry of the list, and Enter or a click runs the entry.
 *
 * Fires `parking-palette` with a `PaletteAction`.
 */
export class ValetPalette extends PanelElement {
  static override styles = [
    tokens,
    controls,
    fields,
    css`
      :host {
        display: block;
      }
      input {
        font-size: 1.125rem;
        width: 100%;
      }
      [role='listbox'] {
        display: grid;
        margin-top: 0.5rem;
        max-height: min(33rem, 90vh - 13rem);
        /* Whole rows: no row is cut. */
        max-height: round(down, min(33rem, 90vh - 13rem), var(--target));
        overflow-y: auto;
      }
      [role='option'] {
        align-items: center;
        border-inline-start: 3px solid transparent;
        border-radius: 8px;
        cursor: pointer;
        display: grid;
        gap: 0 1rem;
        grid-template-columns: minmax(0, 1fr) auto minmax(1.5rem, auto);
        height: var(--target);
        padding: 0 0.625rem;
      }
      [aria-selected='true'] {
        background: var(--tint);
        border-inline-start-color: var(--accent);
      }
      .title {
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .effect {
        color: var(--quiet);
        font-size: 0.875rem;
        max-width: 18rem;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      kbd {
        border: 1px solid var(--line);
        border-radius: 4px;
        color: var(--quiet);
        font: inherit;
        font-size: var(--text-12);
        min-width: 1.5rem;
        padding: 0 0.375rem;
        text-align: center;
      }
      .found {
        margin: 0.5rem 0 0;
        min-height: 1.5em;
      }
      @media (forced-colors: active) {
        [aria-selected='true'],
        [aria-selected='true'] .effect {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];
  static override properties = {
    items: { attribute: false },
    query: { state: true },
    chosen: { state: true },
  };

  /** All entries. */
  declare items: readonly PaletteItem[];
  declare protected query: string;
  /** The entry that Enter runs, as a text; the first entry if none has this text. */
  declare protected chosen: string;

  /** Blocks a press after the list has changed by itself. */
  readonly #pressGuard = new PressGuard();

  constructor() {
    super();
    this.items = [];
    this.query = '';
    this.chosen = '';
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('input')?.focus(options);
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('chosen')) return;
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  get #found(): readonly PaletteItem[] {
    return findItems(this.items, this.query);
  }

  protected override render(): TemplateResult {
    const found = this.#found;
    const chosen = this.#place(found);
    this.#pressGuard.update(found.map(keyOf).join(' '));
    const name = this.text('palette.title');
    return html`
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-label=${name}
        placeholder=${name}
        aria-autocomplete="list"
        aria-expanded=${found.length > 0 ? 'true' : 'false'}
        aria-controls="found"
        aria-activedescendant=${chosen < 0 ? nothing : `item-${chosen}`}
        .value=${this.query}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      />
      <div id="found" role="listbox" aria-label=${name}>
        ${repeat(found, keyOf, (item, at) => this.#item(item, at, at === chosen))}
      </div>
      <p class="quiet found" role="status">
        ${found.length === 0 ? this.text('palette.none') : ''}
      </p>
    `;
  }

  /** The place of the chosen entry among the found ones; -1 if there are none. */
  #place(found: readonly PaletteItem[]): number {
    const place = found.findIndex((item) => keyOf(item) === this.chosen);
    return place < 0 ? Math.min(0, found.length - 1) : place;
  }

  #item(item: PaletteItem, at: number, isChosen: boolean): TemplateResult {
    return html`<div
      role="option"
      id="item-${at}"
      aria-selected=${isChosen ? 'true' : 'false'}
      aria-keyshortcuts=${item.shortcut === '' ? nothing : item.shortcut}
      @mousedown=${(event: MouseEvent) => event.preventDefault()}
      @click=${({ detail }: MouseEvent) => detail < 2 && this.#run(item)}
    >
      <span class="title"><bdi>${item.title}</bdi></span>
      <span class="effect">${item.effect}</span>
      ${item.shortcut === '' ? nothing : html`<kbd aria-hidden="true">${item.shortcut}</kbd>`}
    </div>`;
  }

  #onInput({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.query = target.value;
    this.chosen = '';
    this.#pressGuard.set(this.#found.map(keyOf).join(' '));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const found = this.#found;
    const place = this.#place(found);
    const last = found.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: place === last ? 0 : place + 1,
      ArrowUp: place <= 0 ? last : place - 1,
    };
    const next = found[places[event.key] ?? -1];
    if (next !== undefined) this.chosen = keyOf(next);
    else if (event.key === 'Enter') {
      const item = found[place];
      if (item !== undefined && !event.repeat) this.#run(item);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #run({ action }: PaletteItem): void {
    const isMoved = this.#pressGuard.isBlocked;
    if (isMoved) this.fire('parking-message', { key: 'why.moved' } satisfies Message);
    else this.fire('parking-palette', action satisfies PaletteAction);
  }
}

function keyOf({ action }: PaletteItem): string {
  return JSON.stringify(action);
}
