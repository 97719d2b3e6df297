import { css } from 'lit';

/** Tiles of one size, in the number of columns that fits the width of the board. */
export const boardStyle = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  .board {
    display: grid;
    gap: 0.75rem;
  }
  .row {
    display: grid;
    gap: 0.75rem;
    grid-template-columns: repeat(var(--columns, 3), minmax(0, 1fr));
  }
  :host([layout='list']) .board {
    gap: 0.25rem;
  }
  :host([layout='dock']) .board {
    overflow-x: auto;
    padding: 4px;
    scrollbar-width: thin;
  }
  :host([layout='dock']) .row {
    gap: 0.5rem;
    grid-template-columns: repeat(var(--columns, 9), minmax(13rem, 1fr));
  }
  .many valet-tile {
    /* The browser skips layout and painting of tiles that are out of sight. */
    contain-intrinsic-block-size: auto 11.5rem;
    content-visibility: auto;
    overflow-clip-margin: 8px;
  }
  .search {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    margin-bottom: 0.75rem;
  }
  .search input {
    flex: 1 1 16rem;
    max-width: 28rem;
    padding: 0 0.75rem;
  }
`;
