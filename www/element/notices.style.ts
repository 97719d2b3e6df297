import { css } from 'lit';

/**
 * One message in the corner at the bottom of the panel, where a thumb reaches it. The board does not move.
 *
 * The message grows away from that corner, so that its button "Dismiss" keeps its place.
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
    inset-inline: var(--toast-inline-start, 12px) 12px;
    margin-inline: auto 0;
    max-width: 46rem;
    pointer-events: none;
    position: absolute;
  }
  .toast {
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
    font-size: var(--text-16);
    line-height: 1.35;
    margin-inline: auto 0;
    padding-block: 6px;
    padding-inline: 16px 60px;
    pointer-events: auto;
    position: relative;
    width: fit-content;
  }
  .toast:has(valet-note-form) {
    width: auto;
  }
  .toast > .sign {
    height: var(--target);
    inset-block: var(--dismiss-start, auto) var(--dismiss-end, 6px);
    inset-inline-end: 8px;
    position: absolute;
    width: var(--target);
  }
  .body {
    align-content: center;
    display: grid;
    gap: 8px;
    min-height: var(--target);
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
  svg {
    fill: none;
    height: 20px;
    stroke: currentcolor;
    stroke-width: 1.5;
    width: 20px;
  }
  .copy svg {
    display: none;
  }
  /* A phone: few rows, each with its whole width. "Dismiss" stands beside the last one. */
  @container notice (width < 30rem) {
    .toast {
      font-size: var(--text-14);
      padding-inline: 12px var(--dismiss-column, 12px);
      width: auto;
    }
    .body {
      gap: 4px;
    }
    .body > :last-child:not(.wide),
    .body > .wide:last-child .acts {
      padding-inline-end: var(--dismiss-row, 44px);
    }
    .row {
      column-gap: 8px;
    }
    .urgent.wide {
      grid-template-columns: minmax(0, 1fr);
    }
    .parked:last-child {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .parked:last-child .acts {
      grid-column: 1 / -1;
    }
    .parked:not(:last-child) .acts {
      flex-wrap: nowrap;
    }
    .huge {
      font-size: var(--text-28);
    }
    .acts {
      gap: 4px;
    }
    .acts button {
      padding-inline: 0.625rem;
    }
    .copy .word {
      display: none;
    }
    .copy svg {
      display: block;
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
