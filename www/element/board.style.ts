import { css } from 'lit';

/** Tiles of one size, in the number of columns that fits the width of the board. */
export const boardStyle = css`
  :host {
    container: board / inline-size;
    display: block;
  }
  .board {
    display: grid;
    gap: 12px;
  }
  .row {
    display: grid;
    gap: 12px;
    grid-template-columns: repeat(var(--columns, 3), minmax(0, 1fr));
  }
  @container board (width < 34rem) {
    .board,
    .row {
      gap: 8px;
    }
  }
  [hidden] {
    display: none;
  }
  /* The tiles that the search finds stand side by side. */
  :host([layout='board']) .searching {
    grid-template-columns: repeat(var(--columns, 3), minmax(0, 1fr));
  }
  :host([layout='board']) .searching .row:not([hidden]) {
    display: contents;
  }
  :host([layout='list']) .board {
    gap: 4px;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .board {
    overflow-x: auto;
    padding: 4px;
    scrollbar-width: thin;
  }
  :host(:is([layout='dock'], [layout='lamps'])) .row {
    gap: 6px;
    grid-template-columns: repeat(var(--columns, 9), minmax(6.25rem, 13rem));
  }
  :host([layout='lamps']) .row {
    grid-template-columns: repeat(var(--columns, 9), minmax(44px, 5.75rem));
  }
  /* A high window has room for a whole note in each tile. */
  @media (height >= 860px) {
    :host([layout='board']) .board:not(.many) {
      --tile-tall: 208px;
    }
  }
  @media (height >= 1280px) {
    :host([layout='board']) .board:not(.many) {
      --tile-tall: 280px;
    }
  }
  .many valet-tile {
    /* The browser skips layout and painting of tiles that are out of sight. */
    contain-intrinsic-block-size: auto 12.5rem;
    content-visibility: auto;
    overflow-clip-margin: 8px;
  }
`;
