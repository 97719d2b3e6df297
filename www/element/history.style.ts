import { css } from 'lit';

/** The history: tools above, then one list for each day. */
export const historyStyle = css`
  :host {
    container-type: inline-size;
    display: block;
    font-size: 0.875rem;
  }
  .tools {
    display: grid;
    gap: 0.5rem;
    grid-template-columns: minmax(0, 1fr) auto auto;
  }
  .tools > * {
    min-width: 0;
  }
  p {
    margin: 0.5rem 0 0;
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    font-size: 0.9375rem;
    font-weight: 600;
    gap: 0 0.75rem;
    margin: 1.25rem 0 0.25rem;
  }
  h3 span {
    color: var(--quiet);
    font-weight: 400;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    border-top: 1px solid var(--line);
    column-gap: 0.75rem;
    /* The browser leaves out the rows that are out of sight. */
    contain-intrinsic-height: auto 3.25rem;
    content-visibility: auto;
    display: grid;
    grid-template-columns: 6.5rem 2.25rem minmax(0, 5fr) minmax(0, 4fr) 3.5rem;
    padding: 0.375rem 0;
  }
  li > span {
    min-width: 0;
  }
  li span span {
    display: block;
    overflow-wrap: anywhere;
  }
  time {
    white-space: nowrap;
  }
  time,
  .slot,
  .waited {
    font-variant-numeric: tabular-nums;
  }
  .slot {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.1;
    text-align: end;
  }
  .waited {
    text-align: end;
  }
  .name {
    font-weight: 600;
  }
  .returned .how {
    color: var(--warm);
    font-weight: 600;
  }
  .foot {
    align-items: center;
    border-top: 1px solid var(--line);
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    justify-content: space-between;
    margin-top: 0.75rem;
    padding-top: 0.75rem;
  }
  .foot p {
    flex: 1 1 16rem;
    margin: 0;
  }
  @container (width < 34rem) {
    .tools {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .tools input {
      grid-column: 1 / -1;
    }
    li {
      grid-template-columns: 2.25rem minmax(0, 1fr) auto;
    }
    .slot {
      grid-row: 1 / span 2;
      order: -1;
    }
    .who {
      order: -1;
    }
    .waited {
      grid-column: 3;
      grid-row: 2;
    }
    li > .left {
      grid-column: 3;
      grid-row: 1;
      text-align: end;
    }
    .facts {
      grid-column: 2;
    }
  }
`;
