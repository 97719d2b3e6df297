import { css } from 'lit';

/**
 * One message over the bottom of the panel, where a thumb reaches it. The board does not move.
 */
export const noticesStyle = css`
  :host {
    display: block;
    height: 0;
    inset-block-end: 0;
    position: sticky;
    z-index: 2;
  }
  /* Below the end of the page, the hidden sentences would make the page one pixel higher. */
  .visually-hidden {
    inset-block-end: 0;
  }
  .place {
    container: notice / inline-size;
    inset-block: var(--toast-start, auto) var(--toast-end, max(16px, env(safe-area-inset-bottom)));
    inset-inline: 12px;
    margin-inline: auto;
    max-width: 46rem;
    pointer-events: none;
    position: absolute;
  }
  .toast {
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
    display: grid;
    font-size: var(--text-16);
    gap: 8px;
    grid-template-columns: minmax(0, 1fr) auto;
    line-height: 1.35;
    margin-inline: auto;
    padding: 10px 10px 10px 16px;
    pointer-events: auto;
    width: fit-content;
  }
  .toast:has(valet-note-form) {
    width: auto;
  }
  .toast > .sign {
    align-self: start;
  }
  .body {
    align-self: center;
    display: grid;
    gap: 8px;
  }
  .alarm {
    border-color: var(--alarm);
    border-inline-start-width: 5px;
  }
  .row {
    align-items: center;
    display: grid;
    gap: 4px 12px;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .parked {
    grid-template-columns: auto minmax(0, 1fr) auto;
  }
  p {
    display: -webkit-box;
    margin: 0;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .hint {
    color: var(--quiet);
    font-size: var(--text-14);
  }
  .urgent p {
    color: var(--alarm);
    font-weight: var(--medium);
  }
  .acts {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: end;
  }
  .huge {
    color: var(--accent);
    font-size: var(--text-40);
    font-variant-numeric: tabular-nums;
    font-weight: var(--bold);
    line-height: 1;
  }
  .say {
    font-weight: var(--medium);
  }
  @container notice (width < 30rem) {
    .toast {
      width: auto;
    }
    .row.wide {
      grid-template-columns: minmax(0, 1fr);
    }
    .parked.wide {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .parked.wide .acts {
      grid-column: 1 / -1;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .toast {
      animation: rise 150ms ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 8px;
      }
    }
  }
`;
