import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, SlotView } from 'valet-park';
import { boardStyle } from './board.style.ts';
import { digitOf, isTyping, type KeyMap } from './keys.ts';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import { who } from './party.ts';
import { urgency } from './possible.ts';
import { sizeObserver } from './refusals.ts';
import type { Settings } from './settings.ts';
import { Settling } from './settling.ts';
import { ValetTile } from './tile.ts';
import { controls, fields, tokens } from './tokens.ts';

/** The tiles in one row, as on the keys of a telephone, where there are no more than nine. */
const keypad = 3;

/** From how many slots on most of them are out of sight. */
const many = 40;

/** How wide a tile likes to be, in CSS px. Below that a board of nine is one column. */
const tileWidth = 200;

/**
 * The slots of the lot, each in a place of its own that never changes: as a board, as a list that
 * can be searched, or as a strip.
 *
 * A grid for the keyboard: Tab enters it at one tile and goes on to the buttons of that tile, the
 * arrows, Home and End move between tiles, a digit goes to the tile of that number. What the tiles
 * ask for comes out as their events.
 */
export class ValetBoard extends Part {
  static override styles = [tokens, controls, fields, boardStyle];
  static override properties = {
    slots: { attribute: false },
    call: { attribute: false },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    confirm: { attribute: false },
    layout: { reflect: true },
    order: { attribute: false },
    keys: { attribute: false },
    live: { attribute: false },
    current: { state: true },
    columns: { state: true },
    sought: { state: true },
  };

  declare slots: readonly SlotView[];
  /** The selected live call, or null if there is none to do anything with. */
  declare call: CallView | null;
  /** Milliseconds until the call in a slot returns, as `ValetPark.remaining` tells it. */
  declare remaining: (slot: number) => number | null;
  /** How an extension is called by people. */
  declare nameOf: (extension: string) => string;
  declare confirm: Settings['confirm'];
  declare layout: Settings['layout'];
  declare order: Settings['order'];
  declare keys: KeyMap | null;
  declare live: boolean;
  /** The slot whose tile the Tab key reaches. */
  declare protected current: number;
  declare protected columns: number;
  /** What is searched for in the list. */
  declare protected sought: string;

  readonly #observer = sizeObserver((width) => this.#onResize(width));
  #width = Infinity;
  /** Which tiles are shown, and so which one is under a finger. */
  readonly #settling = new Settling();
  /** Whose tile had the focus before the columns changed. */
  #hadFocus: number | null = null;
  /** The order of the list, kept while somebody is in it. */
  #listed: readonly number[] = [];

  constructor() {
    super();
    this.slots = [];
    this.call = null;
    this.remaining = () => null;
    this.nameOf = (extension) => extension;
    this.confirm = 'others';
    this.layout = 'board';
    this.order = 'phone';
    this.keys = null;
    this.live = false;
    this.current = 1;
    this.columns = keypad;
    this.sought = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer?.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  /** The tile of a slot, if it is shown. */
  tile(slot: number): ValetTile | null {
    return this.#tiles().find(({ view }) => view.slot === slot) ?? null;
  }

  /** The slot in whose tile the focus is. */
  get focused(): number | null {
    const active = this.shadowRoot?.activeElement;
    return active instanceof ValetTile ? active.view.slot : null;
  }

  /** The tile of a slot, brought back if the search had hidden it. */
  async reveal(slot: number): Promise<ValetTile | null> {
    await this.updateComplete;
    if (!this.slots.some((view) => view.slot === slot)) return null;
    if (this.tile(slot) === null) this.sought = '';
    await this.updateComplete;
    const tile = this.tile(slot);
    await tile?.updateComplete;
    return tile;
  }

  /** Puts the focus on the tile that the Tab key reaches. */
  override focus(options?: FocusOptions): void {
    const tile = this.tile(this.current) ?? this.#tiles()[0];
    void tile?.updateComplete.then(() => this.#return(tile, options));
  }

  /** Gives the focus to a tile, unless it has gone elsewhere meanwhile. */
  #return(tile: ValetTile | null, options?: FocusOptions): void {
    if (this.shadowRoot?.activeElement === null) tile?.focus(options);
  }

  async #focusOn(slot: number): Promise<void> {
    const tile = await this.reveal(slot);
    tile?.focus();
  }

  /** Puts the focus into the search of the list. */
  search(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another layout has no search, and hides nothing.
    if (changed.has('layout')) this.sought = '';
    if (changed.has('slots') || changed.has('layout')) this.columns = this.#columnsFor(this.#width);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('columns')) this.style.setProperty('--columns', String(this.columns));
    // Another number of columns makes other rows, and whoever was on a tile is on it again.
    if (changed.has('columns') && this.#hadFocus !== null) {
      void this.reveal(this.#hadFocus).then((tile) => this.#return(tile));
    }
    this.#hadFocus = null;
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    this.#settling.note(shown.map(({ slot }) => slot).join(' '));
    // Where the tile that Tab reaches is not shown, it is the first.
    const isShown = shown.some(({ slot }) => slot === this.current);
    const current = isShown ? this.current : (shown[0]?.slot ?? this.current);
    const rows: (readonly SlotView[])[] = [];
    for (let at = 0; at < shown.length; at += this.columns) {
      rows.push(shown.slice(at, at + this.columns));
    }
    if (this.order === 'keypad' && this.layout === 'board' && this.columns === keypad) {
      rows.reverse();
    }
    return html`
      ${this.layout === 'list' ? this.#search(shown.length) : ''}
      <div
        class=${shown.length > many ? 'board many' : 'board'}
        role="grid"
        aria-label=${this.words('board.title')}
        @keydown=${this.#onKey}
        @click=${{ handleEvent: (event: MouseEvent) => this.#onClick(event), capture: true }}
        @focusin=${this.#onFocusIn}
      >
        ${repeat(
          rows,
          ([first]) => `${this.columns} ${first?.slot}`,
          (row) =>
            html`<div class="row" role="row">${row.map((view) => this.#tile(view, current))}</div>`,
        )}
      </div>
    `;
  }

  #tile(view: SlotView, current: number): TemplateResult {
    return html`<valet-tile
      exportparts="tile, slot, timer, name, action"
      .tongue=${this.tongue}
      .view=${view}
      .call=${this.call}
      .current=${view.slot === current}
      .remaining=${this.remaining}
      .nameOf=${this.nameOf}
      .confirm=${this.confirm}
      .layout=${this.layout}
      .keys=${this.keys}
      .live=${this.live}
    ></valet-tile>`;
  }

  #search(found: number): TemplateResult {
    return html`<div class="search">
      <input
        type="search"
        aria-label=${this.words('list.search')}
        placeholder=${this.words('list.search')}
        .value=${this.sought}
        @input=${this.#onSearch}
      />
      <span role="status" class="quiet">
        ${this.sought === '' ? '' : this.words('list.found', { n: found })}
      </span>
    </div>`;
  }

  /** The slots to show, in their order. */
  #shown(): readonly SlotView[] {
    if (this.layout !== 'list') return this.slots;
    const sought = this.sought.toLowerCase().trim();
    const { focused } = this;
    const found = this.slots.filter(
      (view) => sought === '' || view.slot === focused || this.#text(view).includes(sought),
    );
    // Nothing moves under a hand, be it on the keys or on the mouse.
    if (focused === null && !this.matches(':hover')) {
      const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
      const sorted = [...this.slots].sort((a, b) => left(a) - left(b) || a.slot - b.slot);
      this.#listed = sorted.map(({ slot }) => slot);
    }
    const place = new Map(this.#listed.map((slot, at) => [slot, at]));
    return [...found].sort((a, b) => (place.get(a.slot) ?? 0) - (place.get(b.slot) ?? 0));
  }

  #text({ slot, caller, parkedBy }: SlotView): string {
    const { name, number } = who(this.tongue, caller);
    const by = parkedBy === null ? '' : this.nameOf(parkedBy);
    const known = caller === null ? '' : `${name} ${number ?? ''}`;
    const digits = (caller?.number ?? '').replace(/\D/g, '');
    return `${slot} ${known} ${by} ${digits}`.toLowerCase();
  }

  #onSearch(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.sought = event.target.value;
  }

  #onResize(width: number): void {
    this.#width = width;
    const columns = this.#columnsFor(width);
    if (columns === this.columns) return;
    this.#hadFocus = this.focused;
    this.columns = columns;
  }

  #columnsFor(width: number): number {
    if (this.layout !== 'board') return this.layout === 'list' ? 1 : Math.max(1, this.slots.length);
    const fit = Math.max(1, Math.floor(width / tileWidth));
    if (this.slots.length <= 9) return fit >= keypad ? keypad : 1;
    return Math.min(fit, 8, this.slots.length);
  }

  #onFocusIn(event: FocusEvent): void {
    if (event.target instanceof ValetTile) this.current = event.target.view.slot;
  }

  /** In a list the tiles move: one that has just slid under the finger was not meant. */
  #onClick(event: MouseEvent): void {
    if (event.detail === 0 || !this.#settling.isUnsettled) return;
    event.stopPropagation();
    event.preventDefault();
    this.fire('parking-say', { key: 'why.moved' } satisfies Message);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.isComposing || isTyping(event)) return;
    const digit = this.keys === null ? null : digitOf(event.code);
    const tile = digit === null ? this.#target(event.code) : null;
    if (digit === null && tile === null) return;
    event.preventDefault();
    tile?.focus();
    if (digit !== null) void this.#focusOn(digit);
  }

  #tiles(): ValetTile[] {
    return [...this.renderRoot.querySelectorAll('valet-tile')];
  }

  /** The tile that a key leads to. Up and down follow the rows that are seen. */
  #target(code: string): ValetTile | null {
    const tiles = this.#tiles();
    const at = tiles.findIndex(({ view }) => view.slot === this.current);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -this.columns,
      ArrowDown: this.columns,
      Home: -at,
      End: tiles.length - 1 - at,
    };
    const step = steps[code];
    return step === undefined ? null : (tiles[at + step] ?? tiles[at] ?? null);
  }
}
