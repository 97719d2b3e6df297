import { css } from 'lit';
import { backInRow } from './calls.style.ts';
import { oneLine } from './tokens.ts';

/**
 * The common style of the dock and the lamps. The panel is one row, messages lie beside it, and a tile
 * is one button. All tiles have the same width, so that a call that comes or goes moves no other tile.
 */
export const stripStyle = css`
  :host(:is([layout='dock'], [layout='lamps'])) .tile {
    align-items: center;
    border-radius: 10px;
    box-shadow: none;
    gap: 0 0.5rem;
    overflow: visible;
    padding: 0 0.375rem 0 0.75rem;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .tile::before {
    border-start-start-radius: inherit;
    border-end-start-radius: inherit;
  }
  :host(:is([layout='dock'], [layout='lamps'])) :is(.about, .ring) {
    display: none;
  }
  /* The first button covers the tile. The other actions have keys, and are in the details. */
  :host(:is([layout='dock'], [layout='lamps'])) .acts {
    display: contents;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .acts > :not(.first) {
    display: none;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .tile .acts .first {
    background: transparent;
    border: 0;
    border-radius: inherit;
    display: block;
    /* The button covers the border, too. */
    inset: -1px;
    max-height: none;
    max-width: none;
    min-height: 0;
    min-width: 0;
    overflow: hidden;
    padding: 0 0.375rem;
    position: absolute;
    text-overflow: clip;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .first > span {
    opacity: 0;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .time {
    display: block;
    height: auto;
    line-height: 1.25;
    min-width: 0;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* A word and a time, one below the other. */
  :host(:is([layout='dock'], [layout='lamps'])) .time.text:not(.busy) {
    font-size: 0.6875rem;
    line-height: 14px;
    white-space: normal;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .arrow {
    height: 1.25em;
    vertical-align: middle;
    width: 1.25em;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .ready:hover {
    border-color: var(--accent);
  }
  @media (forced-colors: active) {
    /* Else the browser paints a ground behind the invisible text, which covers the tile. */
    :host(:is([layout='dock'], [layout='lamps'])) .first {
      forced-color-adjust: none;
    }
    :host(:is([layout='dock'], [layout='lamps'])) .asking {
      border: 3px solid Highlight;
    }
  }
`;

/** The dock: chips of 64 px in a row of at most 96 px. */
export const dockStyle = css`
  :host([layout='dock']) .tile {
    --tile-digit: 1.5rem;
    --tile-height: 64px;
    --tile-name: var(--text-12);
    --tile-time: var(--text-14);
    grid-template: 28px minmax(0, 1fr) / auto minmax(0, 1fr);
    padding-block-start: 2px;
  }
  :host([layout='dock']) :is(.near, .late, .over) {
    --edge-width: 6px;
    --tile-time: var(--text-20);
  }
  :host([layout='dock']) .asking .first > span {
    opacity: 1;
  }
  /* The digit and the time are in the first line. The name has two lines of the whole width, or one line
     and the age of the information below. */
  :host([layout='dock']) .slot {
    grid-area: 1 / 1;
  }
  :host([layout='dock']) .time {
    grid-area: 1 / 2;
    text-align: end;
  }
  :host([layout='dock']) .who {
    align-self: start;
    grid-area: 2 / 1 / 3 / 3;
    line-height: 15px;
  }
  :host([layout='dock']) .name {
    line-height: inherit;
  }
  :host([layout='dock']) :is(.free, .unknown) .name,
  :host([layout='dock']) .who:has(:is(.age, .checked):not(:empty)) .name {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :host([layout='dock']) .who:has(:is(.age, .checked):not(:empty)) .name bdi {
    ${oneLine}
  }
  :host([layout='dock']) .about {
    display: block;
    font-size: var(--text-12);
    line-height: inherit;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :host([layout='dock']) .part:not(:has(.age, .checked)) {
    display: none;
  }
  /* The question takes the place of the name. Four lines of it fit. */
  :host([layout='dock']) .tile.asking .acts .first {
    background: var(--accent);
    color: var(--on-accent);
    font-size: var(--text-12);
    line-height: 1.2;
    white-space: normal;
  }
  /* The ground of a selection lets through what lies below it. */
  :host([layout='dock']) .asking :is(.slot, .time, .who) {
    visibility: hidden;
  }
  @media (forced-colors: active) {
    :host([layout='dock']) .tile.asking .acts .first {
      background: Highlight;
      color: HighlightText;
    }
  }
`;

/** The lamps: a digit and a time of 36 px in a row of at most 48 px. */
export const lampsStyle = css`
  :host([layout='lamps']) .tile {
    --tile-digit: var(--text-16);
    --tile-height: 36px;
    display: flex;
    justify-content: center;
    padding-inline: 0.375rem;
  }
  :host([layout='lamps']) .slot {
    font-weight: var(--bold);
  }
  :host([layout='lamps']) .tile .time {
    align-self: center;
    font-size: 0.8125rem;
  }
  :host([layout='lamps']) .tile::before,
  :host([layout='lamps']) .who,
  :host([layout='lamps']) .time:empty {
    display: none;
  }
  :host([layout='lamps']) :is(.held, .returning):not(.unsure) {
    background: var(--stage);
    border-color: var(--stage);
  }
  :host([layout='lamps']) :is(.held, .returning):not(.unsure) :is(.slot, .time) {
    color: var(--ground);
  }
  :host([layout='lamps']) .tile.asking:not(.unsure) {
    background: var(--accent);
    border-color: var(--accent);
    text-decoration: underline;
  }
  @container (width < 44rem) {
    :host([layout='lamps']) .tile {
      --tile-digit: var(--text-14);
      flex-direction: column;
      gap: 0;
    }
    :host([layout='lamps']) .tile .time {
      font-size: 0.6875rem;
      line-height: 1.1;
    }
  }
  @media (forced-colors: active) {
    :host([layout='lamps']) :is(.held, .returning):not(.unsure) {
      border: 3px solid CanvasText;
    }
    :host([layout='lamps']) :is(.held, .returning):not(.unsure) :is(.slot, .time) {
      color: CanvasText;
    }
    /* The ground says that a call is about to return, and that the lamp asks. */
    :host([layout='lamps']) :is(.late, .over, .asking):not(.unsure) {
      background: CanvasText;
      forced-color-adjust: none;
    }
    :host([layout='lamps']) :is(.late, .over, .asking):not(.unsure) :is(.slot, .time) {
      color: Canvas;
    }
    :host([layout='lamps']) .tile.asking:not(.unsure) {
      background: Highlight;
      border-color: Highlight;
    }
    :host([layout='lamps']) .tile.asking:not(.unsure) :is(.slot, .time) {
      color: HighlightText;
    }
  }
`;

/** The panel as one row, for the style of the whole panel. */
export const stripPanelStyle = css`
  .dock,
  .lamps {
    align-items: center;
    background: var(--ground);
    display: grid;
    gap: 0.5rem;
    grid-template: minmax(0, 1fr) / auto minmax(0, auto) minmax(0, 1fr);
    min-height: 0;
    padding-inline: 0.5rem;
    position: relative;
  }
  .dock {
    height: 96px;
  }
  .lamps {
    height: 48px;
    grid-template-columns: auto minmax(0, 1fr);
  }
  .dock .desk,
  .lamps .desk {
    display: contents;
  }
  .dock valet-board,
  .lamps valet-board,
  .dock valet-calls,
  .lamps valet-calls {
    grid-area: auto;
    min-width: 0;
  }
  /* Two cards beside the slots. A wide panel has room for four of them. */
  .dock valet-calls {
    max-width: max(min(29rem, 34cqi), min(58rem, 100cqi - 90rem));
  }
  /* A phone: each half of the row shows one chip, and scrolls. */
  @container lot (width < 40rem) {
    .dock {
      gap: 0.25rem;
      grid-template-columns: auto minmax(0, 5fr) minmax(0, 4fr);
      padding-inline: 0.25rem;
    }
    .dock valet-calls {
      max-width: none;
    }
  }
  .lamps valet-calls {
    display: none;
  }
  /* Messages lie beside the row where there is room, else over the row. */
  .dock valet-notices,
  .lamps valet-notices {
    inset: 0 0 auto;
    position: absolute;
  }
  .dock.below valet-notices,
  .lamps.below valet-notices {
    --dismiss-column: 56px;
    --dismiss-end: auto;
    --dismiss-row: 0;
    --dismiss-start: 6px;
    --toast-end: auto;
    --toast-start: 8px;
    inset-block-start: 100%;
  }
  .dock.over valet-notices,
  .lamps.over valet-notices {
    inset-block-start: calc(100% + 14px);
  }
`;

/** Our calls in the dock: one row of chips that scrolls sideways. */
export const stripCallsStyle = css`
  ${backInRow(':host(.dock)')}
  :host(.dock) li.back {
    flex-basis: min(17rem, 100%);
  }
  /* A chip has no room for a hint beside "No calls". */
  :host(.dock) slot[name='none'] {
    display: none;
  }
  :host(.dock) h2 {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    width: 1px;
  }
  :host(.dock) ul {
    display: flex;
    height: auto;
    /* The list of the board is higher while a call is back. */
    min-height: 0;
    overflow: auto hidden;
    padding: 2px;
    scrollbar-width: thin;
  }
  :host(.dock) li {
    flex: 0 0 14rem;
    padding-inline: 0.625rem;
  }
  :host(.dock) li button {
    font-size: var(--text-12);
    padding-inline: 0.375rem;
    white-space: nowrap;
  }
  :host(.dock) li.none {
    flex: 0 0 7rem;
  }
  @container lot (width < 40rem) {
    :host(.dock) li,
    :host(.dock) li.none {
      flex-basis: 100%;
    }
    :host(.dock) li {
      gap: 0.25rem;
      padding-inline: 0.375rem;
    }
    :host(.dock) li:not(.back) label {
      padding-inline-start: 1.25rem;
    }
    :host(.dock) .name {
      font-size: var(--text-14);
    }
    :host(.dock) .why {
      font-size: var(--text-12);
      font-weight: var(--medium);
    }
  }
  /* The chips of the slots show the parked calls. */
  :host(.dock) li:has(.parked) {
    display: none;
  }
`;
