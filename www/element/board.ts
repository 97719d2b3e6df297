import { LitElement, css, html, type TemplateResult } from 'lit';
import type { CallView, SlotView } from 'valet-park';
import { words } from './messages.ts';
import { ValetTile } from './tile.ts';
import { controls, tokens } from './tokens.ts';

/** Tiles in one row, as on the keys of a telephone: 1 2 3, 4 5 6, 7 8 9. */
const columns = 3;

/**
 * The slots of the lot, each in a place of its own that never changes.
 *
 * A grid for the keyboard: Tab enters it at one tile and goes on to the buttons of that tile, the
 * arrows, Home and End move between tiles, a digit goes to the tile of that number. What the tiles
 * ask for comes out as their events.
 */
export class ValetBoard extends LitElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        container-type: inline-size;
        display: block;
      }
      .row {
        display: contents;
      }
      .board {
        display: grid;
        gap: 0.75rem;
        grid-auto-rows: 1fr;
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
      @container (width < 38rem) {
        .board {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
  static override properties = {
    slots: { attribute: false },
    call: { attribute: false },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    current: { state: true },
  };

  declare slots: readonly SlotView[];
  /** The selected live call, or null if there is none to do anything with. */
  declare call: CallView | null;
  /** Milliseconds until the call in a slot returns, as `ValetPark.remaining` tells it. */
  declare remaining: (slot: number) => number | null;
  /** How an extension is called by people. */
  declare nameOf: (extension: string) => string;
  /** The slot whose tile the Tab key reaches. */
  declare protected current: number;

  constructor() {
    super();
    this.slots = [];
    this.call = null;
    this.remaining = () => null;
    this.nameOf = (extension) => extension;
    this.current = 1;
  }

  protected override render(): TemplateResult {
    const rows: (readonly SlotView[])[] = [];
    for (let at = 0; at < this.slots.length; at += columns) {
      rows.push(this.slots.slice(at, at + columns));
    }
    return html`
      <div
        class="board"
        role="grid"
        aria-label=${words('board.title')}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocusIn}
      >
        ${rows.map((row) => this.#row(row))}
      </div>
    `;
  }

  #row(row: readonly SlotView[]): TemplateResult {
    const tiles = row.map((view) => this.#tile(view));
    return html`<div class="row" role="row">${tiles}</div>`;
  }

  #tile(view: SlotView): TemplateResult {
    return html`<valet-tile
      .view=${view}
      .call=${this.call}
      .current=${view.slot === this.current}
      .remaining=${this.remaining}
      .nameOf=${this.nameOf}
    ></valet-tile>`;
  }

  #onFocusIn(event: FocusEvent): void {
    if (event.target instanceof ValetTile) this.current = event.target.view.slot;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.isComposing) return;
    const slot = this.#target(event.code);
    if (slot === null) return;
    event.preventDefault();
    this.#tiles()[slot - 1]?.focus();
  }

  #tiles(): ValetTile[] {
    return [...this.renderRoot.querySelectorAll('valet-tile')];
  }

  /** The slot that a key leads to. Up and down follow the rows that are seen, on a phone too. */
  #target(code: string): number | null {
    const last = this.slots.length;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
    if (digit !== undefined) return Number(digit) <= last ? Number(digit) : null;
    const tiles = this.#tiles();
    const width = tiles.filter((tile) => tile.offsetTop === tiles[0]?.offsetTop).length;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -width,
      ArrowDown: width,
      Home: 1 - this.current,
      End: last - this.current,
    };
    const step = steps[code];
    if (step === undefined) return null;
    const slot = this.current + step;
    return slot >= 1 && slot <= last ? slot : this.current;
  }
}
