import { css } from 'lit';

/** One row of 48 px. */
export const barStyle = css`
  :host {
    container-type: inline-size;
    display: block;
    position: relative;
    z-index: 2;
  }
  header {
    align-items: center;
    background: var(--ground);
    border-bottom: 1px solid var(--line);
    display: flex;
    gap: 0.75rem;
    height: 48px;
    padding: 0 var(--pad, 20px);
  }
  h2 {
    display: flex;
    font-weight: var(--bold);
    gap: 0.75rem;
    min-width: 0;
    white-space: nowrap;
  }
  h2 bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .count {
    color: var(--quiet);
    font-weight: var(--regular);
  }
  .search {
    align-items: center;
    display: flex;
    /* The search and the hint about sound give way. The heading and the state stay whole. */
    flex: 0 1000 22rem;
    margin-inline-start: auto;
    min-width: min(9rem, 100%);
    position: relative;
  }
  .search input {
    background: var(--shade);
    border-color: transparent;
    font-size: var(--text-14);
    min-height: 32px;
    padding-inline-end: 6.5rem;
    text-overflow: ellipsis;
    width: 100%;
  }
  .search input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  /* The sign that empties the search, also while the pointer is elsewhere. */
  .search input::-webkit-search-cancel-button {
    opacity: 1;
    pointer-events: auto;
  }
  .search span,
  kbd {
    font: inherit;
    font-size: var(--text-12);
    inset-inline-end: 0.625rem;
    pointer-events: none;
    position: absolute;
  }
  .search span {
    inset-inline-end: 2rem;
  }
  kbd {
    border: 1px solid var(--line);
    /* The place of the key follows the language. */
    direction: inherit;
    border-radius: 4px;
    color: var(--quiet);
    padding: 0 0.375rem;
  }
  .find {
    display: none;
    padding: 0;
  }
  .blocked {
    align-items: center;
    display: flex;
    flex: 0 1000 auto;
    gap: 0.375rem;
    min-width: 0;
    white-space: nowrap;
  }
  .blocked span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  svg {
    fill: none;
    flex: none;
    height: 20px;
    stroke: currentcolor;
    stroke-width: 1.75;
    vertical-align: middle;
    width: 20px;
  }
  @container (width < 56rem) {
    .count {
      display: none;
    }
  }
  @container (width < 40rem) {
    header {
      gap: 0.25rem;
      padding: 0 12px;
    }
    valet-sync {
      margin-inline: 0.5rem auto;
    }
    .search {
      display: none;
    }
    .find {
      display: block;
    }
    .blocked span {
      clip-path: inset(50%);
      height: 1px;
      position: absolute;
      width: 1px;
    }
    .blocked {
      padding: 0 0.5rem;
    }
    .searching .search {
      display: flex;
      flex: 1;
    }
    .searching :is(h2, valet-sync, .find, .blocked) {
      display: none;
    }
    .searching kbd {
      display: none;
    }
  }
  /* Beside a row of chips, the bar has the state and the menu. */
  :host(:is(.dock, .lamps)) {
    container-type: normal;
  }
  :host(:is(.dock, .lamps)) header {
    background: transparent;
    border: 0;
    gap: 0.375rem;
    height: auto;
    padding: 0;
  }
  :host(:is(.dock, .lamps)) :is(h2, .search, .find) {
    display: none;
  }
  :host(:is(.dock, .lamps)) .blocked span {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    width: 1px;
  }
  /* One width for every state, so that a lost connection moves no chip. */
  :host(:is(.dock, .lamps)) valet-sync {
    margin: 0;
    --sync-wrap: normal;
    width: 6.75rem;
  }
  @container lot (width < 40rem) {
    :host(:is(.dock, .lamps)) header {
      gap: 0;
    }
    :host(:is(.dock, .lamps)) ::slotted(*) {
      display: none;
    }
    :host(:is(.dock, .lamps)) valet-sync {
      margin-inline: 0.5rem;
      overflow: hidden;
      width: 8px;
    }
  }
`;
