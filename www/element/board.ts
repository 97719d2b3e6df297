import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, Party, SlotView } from 'valet-park';
import { boardStyle } from './board.style.ts';
import { sightObserver, widthObserver } from './browser-features.ts';
import { digitOf, isTyping, type KeyMap } from './keys.ts';
import type { Message } from './messages.ts';
import { urgency } from './obstacle.ts';
import type { Ring } from './own-rings.ts';
import { PanelElement } from './panel-element.ts';
import { PressGuard } from './press-guard.ts';
import { matchesSearch } from './search-text.ts';
import type { Settings } from './settings.ts';
import { ValetTile } from './tile.ts';
import { controls, tokens } from './tokens.ts';

/** The tiles in one row if there are at most nine, as on the keys of a phone. */
const keypadColumns = 3;

/** A board with more slots leaves out the layout of tiles that are out of sight. */
const manySlots = 40;

/** The smallest widths of a tile, in CSS px: on a wide board, and on a phone. */
const tileWidth = 250;
const phoneTileWidth = 140;

/** A narrower board is one of a phone, in CSS px. */
const phoneWidth = 34 * 16;

/**
 * The slots of the lot: as a board on which every slot has a fixed place, as a list with a search, or
 * as a strip.
 *
 * The keyboard works as in an ARIA grid: Tab enters one tile and then its buttons; the arrows, Home
 * and End move between tiles. The events of the tiles bubble through. Fires `parking-go-to` with the
 * slot of a digit key.
 */
export class ValetBoard extends PanelElement {
  static override styles = [tokens, controls, boardStyle];
  static override properties = {
    slots: { attribute: false },
    call: { attribute: false },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    namesOwn: { attribute: false },
    confirm: { attribute: false },
    layout: { reflect: true },
    order: { attribute: false },
    keys: { attribute: false },
    live: { attribute: false },
    isOffline: { attribute: false },
    canPickUp: { attribute: false },
    lookOnly: { attribute: false },
    rings: { attribute: false },
    urgent: { attribute: false },
    callerHref: { attribute: false },
    current: { state: true },
    columns: { state: true },
    query: { attribute: false },
  };

  declare slots: readonly SlotView[];
  /** The selected call, or null. */
  declare call: CallView | null;
  /** Returns the ms until the call in a slot returns; null if that is not known. */
  declare remaining: (slot: number) => number | null;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;
  /** True if we have several extensions, so that tiles say which of them parked a call. */
  declare namesOwn: boolean;
  declare confirm: Settings['confirm'];
  declare layout: Settings['layout'];
  declare order: Settings['order'];
  declare keys: KeyMap | null;
  declare live: boolean;
  /** True while nothing can be asked. */
  declare isOffline: boolean;
  /** True if the own telephone can be connected with a waiting call. */
  declare canPickUp: boolean;
  /** True if the panel only shows the lot. */
  declare lookOnly: boolean;
  /** The slots for which our telephone rings to pick up their calls. */
  declare rings: ReadonlyMap<number, Ring>;
  /** The slot of the call that returns first, if others wait, too; else null. */
  declare urgent: number | null;
  /** Returns the address of a page about a caller, or null. */
  declare callerHref: ((caller: Party) => string | null) | null;
  /** The slot whose tile Tab reaches. */
  declare protected current: number;
  declare protected columns: number;
  /** The text of the search. The board hides the slots that do not match. */
  declare query: string;

  readonly #observer = widthObserver((width) => this.#onResize(width));
  readonly #sightObserver = sightObserver((tile, isInSight) => {
    if (!(tile instanceof ValetTile)) return;
    // A tile that comes into sight again shows old times.
    if (isInSight && !tile.inSight) tile.requestUpdate();
    tile.inSight = isInSight;
  });
  #observed: ReadonlySet<ValetTile> = new Set();
  #width = Infinity;
  /** Blocks a press after the tiles have moved. */
  readonly #pressGuard = new PressGuard();
  /** The slot whose tile had the focus before the number of columns changed. */
  #focusedBefore: number | null = null;
  /** The order of the slots in the list. It stays the same while the list is in use. */
  #listOrder: readonly number[] = [];

  constructor() {
    super();
    this.slots = [];
    this.call = null;
    this.remaining = () => null;
    this.nameOf = (extension) => extension;
    this.namesOwn = false;
    this.confirm = 'others';
    this.layout = 'board';
    this.order = 'phone';
    this.keys = null;
    this.live = false;
    this.isOffline = false;
    this.canPickUp = false;
    this.lookOnly = false;
    this.rings = new Map();
    this.urgent = null;
    this.callerHref = null;
    this.current = 1;
    this.columns = keypadColumns;
    this.query = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer?.observe(this);
    if (this.hasUpdated) this.#observeTiles();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#sightObserver?.disconnect();
    this.#observed = new Set();
  }

  /** Returns the tile of a slot; null if it is not shown. */
  tile(slot: number): ValetTile | null {
    return this.#tiles().find(({ view }) => view.slot === slot) ?? null;
  }

  /** The slot whose tile has the focus; null if none has it. */
  get focused(): number | null {
    const active = this.shadowRoot?.activeElement;
    return active instanceof ValetTile ? active.view.slot : null;
  }

  /** Moves the focus to the tile that Tab reaches. */
  override focus(options?: FocusOptions): void {
    const tile = this.tile(this.current) ?? this.#tiles()[0];
    void tile?.updateComplete.then(() => this.#restoreFocus(tile, options));
  }

  /** Sets the tile that Tab reaches, and that gets a lost focus. */
  aim(slot: number): void {
    this.current = slot;
  }

  /** Moves the focus to the most urgent tile that is shown. */
  focusMostUrgent(): void {
    const left = ({ view }: ValetTile): number => urgency(view, this.remaining(view.slot));
    [...this.#tiles()].sort((a, b) => left(a) - left(b))[0]?.focus();
  }

  /** Moves the focus to a tile, unless another part of the board has it. */
  #restoreFocus(tile: ValetTile | null, options?: FocusOptions): void {
    if (this.shadowRoot?.activeElement === null) tile?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('slots') || changed.has('layout')) this.columns = this.#columnsFor(this.#width);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('columns')) this.style.setProperty('--columns', String(this.columns));
    // Another number of columns makes new rows. The focused tile gets the focus again.
    if (changed.has('columns') && this.#focusedBefore !== null) {
      const tile = this.tile(this.#focusedBefore);
      void tile?.updateComplete.then(() => this.#restoreFocus(tile));
    }
    this.#focusedBefore = null;
    this.#observeTiles();
  }

  /** Observes which tiles are in sight. The others do not show running times. */
  #observeTiles(): void {
    const tiles = new Set(this.#allTiles());
    for (const tile of this.#observed) if (!tiles.has(tile)) this.#sightObserver?.unobserve(tile);
    for (const tile of tiles) if (!this.#observed.has(tile)) this.#sightObserver?.observe(tile);
    this.#observed = tiles;
  }

  protected override render(): TemplateResult {
    const slots = this.#ordered();
    const { focused } = this;
    const shown = new Set(slots.filter((view) => this.#isFound(view, focused)));
    this.#pressGuard.update([...shown].map(({ slot }) => slot).join(' '));
    // If the search hides the tile that Tab reaches, Tab reaches the first tile.
    const [first, ...others] = [...shown].map(({ slot }) => slot);
    const current = others.includes(this.current) ? this.current : (first ?? this.current);
    const rows: (readonly SlotView[])[] = [];
    for (let at = 0; at < slots.length; at += this.columns) {
      rows.push(slots.slice(at, at + this.columns));
    }
    if (this.order === 'keypad' && this.layout === 'board' && this.columns === keypadColumns) {
      rows.reverse();
    }
    return html`
      <div
        class="board ${slots.length > manySlots ? 'many' : ''} ${this.query === '' ? '' : 'searching'}"
        role="grid"
        aria-label=${this.text('board.title')}
        @keydown=${this.#onKey}
        @click=${{ handleEvent: (event: MouseEvent) => this.#onClick(event), capture: true }}
        @focusin=${this.#onFocusIn}
      >
        ${repeat(
          rows,
          ([first]) => `${this.columns} ${first?.slot}`,
          (row) =>
            html`<div class="row" role="row" ?hidden=${!row.some((view) => shown.has(view))}>
              ${row.map((view) => this.#tile(view, current, !shown.has(view)))}
            </div>`,
        )}
      </div>
    `;
  }

  #tile(view: SlotView, current: number, isHidden: boolean): TemplateResult {
    return html`<valet-tile
      ?hidden=${isHidden}
      exportparts="tile, slot, timer, name, action"
      .locale=${this.locale}
      .view=${view}
      .call=${this.call}
      .current=${view.slot === current}
      .remaining=${this.remaining}
      .nameOf=${this.nameOf}
      .namesOwn=${this.namesOwn}
      .confirm=${this.confirm}
      .layout=${this.layout}
      .keys=${this.keys}
      .live=${this.live}
      .isOffline=${this.isOffline}
      .canPickUp=${this.canPickUp}
      .lookOnly=${this.lookOnly}
      .ring=${this.rings.get(view.slot) ?? null}
      .isNext=${view.slot === this.urgent}
      .callerHref=${this.callerHref}
    ></valet-tile>`;
  }

  /** True if the search finds a slot. The tile that has the focus stays. */
  #isFound(view: SlotView, focused: number | null): boolean {
    const { locale, query, nameOf } = this;
    return view.slot === focused || matchesSearch(locale, view, query, nameOf);
  }

  /** Returns all slots, in the order of the layout. */
  #ordered(): readonly SlotView[] {
    if (this.layout !== 'list') return this.slots;
    // Tiles do not move while the focus or the pointer is on the list.
    if (this.focused === null && !this.matches(':hover')) {
      const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
      const sorted = [...this.slots].sort((a, b) => left(a) - left(b) || a.slot - b.slot);
      this.#listOrder = sorted.map(({ slot }) => slot);
    }
    const place = new Map(this.#listOrder.map((slot, at) => [slot, at]));
    return [...this.slots].sort((a, b) => (place.get(a.slot) ?? 0) - (place.get(b.slot) ?? 0));
  }

  #onResize(width: number): void {
    this.#width = width;
    const columns = this.#columnsFor(width);
    if (columns === this.columns) return;
    this.#focusedBefore = this.focused;
    this.columns = columns;
  }

  #columnsFor(width: number): number {
    if (this.layout !== 'board') return this.layout === 'list' ? 1 : Math.max(1, this.slots.length);
    if (width < phoneWidth) return width < 2 * phoneTileWidth ? 1 : 2;
    const fit = Math.floor(width / tileWidth);
    return this.slots.length <= 9 ? keypadColumns : Math.min(fit, 10, this.slots.length);
  }

  #onFocusIn(event: FocusEvent): void {
    if (event.target instanceof ValetTile) this.current = event.target.view.slot;
  }

  /** Stops a click on a tile of the list that has just moved under the pointer. */
  #onClick(event: MouseEvent): void {
    if (event.detail === 0 || !this.#pressGuard.isBlocked) return;
    event.stopPropagation();
    event.preventDefault();
    this.fire('parking-message', { key: 'why.moved' } satisfies Message);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.isComposing || isTyping(event)) return;
    const digit = this.keys === null ? null : digitOf(event.code);
    const tile = digit === null ? this.#target(event.code) : null;
    if (digit === null && tile === null) return;
    event.preventDefault();
    tile?.focus();
    if (digit !== null) this.fire('parking-go-to', digit);
  }

  /** The tiles that the search does not hide. */
  #tiles(): ValetTile[] {
    return this.#allTiles().filter((tile) => !tile.hidden);
  }

  #allTiles(): ValetTile[] {
    return [...this.renderRoot.querySelectorAll('valet-tile')];
  }

  /**
   * Returns the tile that a key moves to. The arrows follow the visible rows and columns, which are
   * mirrored in a language that is written from right to left.
   */
  #target(code: string): ValetTile | null {
    const tiles = this.#tiles();
    const at = tiles.findIndex(({ view }) => view.slot === this.current);
    const right = this.locale.direction === 'rtl' ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -right,
      ArrowRight: right,
      ArrowUp: -this.columns,
      ArrowDown: this.columns,
      Home: -at,
      End: tiles.length - 1 - at,
    };
    const step = steps[code];
    return step === undefined ? null : (tiles[at + step] ?? tiles[at] ?? null);
  }
}
