import { css } from 'lit';

/** A tile has the same size in every state, so that no tile of the board moves. */
export const tileStyle = css`
  :host {
    /* A change in a tile does not move other tiles. */
    contain: layout style;
    display: block;
    min-width: 0;
  }
  .tile {
    background: var(--ground);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    display: grid;
    gap: 0.125rem 0.75rem;
    grid-template-columns: auto minmax(0, 1fr);
    grid-template-rows: 2.5rem minmax(0, 1fr) auto;
    height: 168px;
    padding: 0.625rem 0.75rem 0.75rem;
  }
  .slot {
    color: var(--quiet);
    font-size: 2.25rem;
    font-variant-numeric: tabular-nums;
    font-weight: 300;
    line-height: 1.1;
  }
  .time {
    align-items: center;
    align-self: center;
    display: flex;
    font-size: 1.25rem;
    font-variant-numeric: tabular-nums;
    gap: 0.5rem;
    justify-content: flex-end;
    white-space: nowrap;
  }
  .time.text {
    font-size: 0.9375rem;
  }
  .ring {
    fill: none;
    flex: none;
    height: 1.25rem;
    stroke: var(--line);
    stroke-width: 4;
    transform: rotate(-90deg);
    width: 1.25rem;
  }
  .ring .left {
    stroke: var(--accent);
  }
  .who {
    grid-column: 1 / -1;
    min-width: 0;
    overflow: hidden;
  }
  .who > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
    line-height: 1.5;
  }
  .number {
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
    min-height: 1.4em;
  }
  .parked {
    color: var(--quiet);
    font-size: 0.8125rem;
    line-height: 1.6;
  }
  .checked:not(:empty)::before {
    content: '· ';
  }
  /* The age comes first, because a narrow tile cuts off the end of the line. */
  .held .age::after,
  .returning .age::after {
    content: ' ·';
  }
  .age {
    font-style: italic;
    font-variant-numeric: tabular-nums;
  }
  .mine {
    color: var(--accent);
    font-weight: 600;
  }
  .acts {
    display: grid;
    gap: 0.5rem;
    grid-column: 1 / -1;
    grid-template-columns: minmax(0, 1fr) auto auto;
  }
  .acts .sign {
    font-size: 1.125rem;
    padding: 0;
  }
  .acts button {
    line-height: 1.15;
    overflow: hidden;
  }
  .asking .acts {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .asking .acts > :last-child {
    display: none;
  }

  .held {
    border-color: var(--edge);
    box-shadow: inset 4px 0 0 var(--edge);
  }
  .held .slot,
  .returning .slot {
    color: var(--ink);
    font-weight: 500;
  }
  .held.own {
    background: var(--tint);
    border-color: var(--accent);
    box-shadow: inset 4px 0 0 var(--accent);
  }
  .returning,
  .returning.own {
    background: var(--warm-tint);
    border-color: var(--warm);
    box-shadow: inset 4px 0 0 var(--warm);
  }
  .returning .time {
    color: var(--warm);
    font-weight: 600;
  }
  .tile.unsure {
    border-style: dashed;
    box-shadow: none;
  }
  .tile.unsure,
  .unsure.own,
  .unsure.free {
    background: var(--shade);
    border-color: var(--edge);
  }
  .unsure .slot,
  .unsure .name,
  .unsure .time,
  .unsure .mine {
    color: var(--quiet);
    font-style: italic;
    font-weight: 400;
  }
  .unsure .ring .left {
    stroke: var(--edge);
  }
  .free {
    background: transparent;
  }
  .free .name,
  .unknown .name {
    color: var(--quiet);
    font-weight: 400;
  }
  .unknown {
    background: repeating-linear-gradient(
      135deg,
      transparent 0 9px,
      color-mix(in srgb, var(--line) 45%, transparent) 9px 10px
    );
    border-color: var(--edge);
    border-style: dotted;
  }
  .busy .time::before {
    animation: turn 1s linear infinite;
    border: 2px solid var(--line);
    border-radius: 50%;
    border-top-color: var(--accent);
    content: '';
    height: 1rem;
    width: 1rem;
  }
  .over {
    outline: 3px dashed var(--accent);
    outline-offset: 2px;
  }
  @container board (width < 34rem) {
    :host([layout='board']) .tile {
      height: 128px;
    }
  }
  :host([layout='dock']) .tile {
    grid-template-columns: auto minmax(0, 1fr) auto;
    grid-template-rows: 2.75rem auto;
    height: auto;
    padding: 0.375rem 0.625rem 0.5rem;
  }
  :host([layout='dock']) .slot {
    font-size: 1.75rem;
  }
  :host([layout='dock']) .who {
    grid-column: 2;
    grid-row: 1;
  }
  :host([layout='dock']) .time {
    font-size: 1rem;
    grid-column: 3;
    grid-row: 1;
  }
  :host([layout='dock']) .name,
  :host([layout='dock']) .number {
    font-size: 0.875rem;
  }
  :host([layout='dock']) .parked > :not(.age),
  :host([layout='dock']) .ring {
    display: none;
  }
  :host([layout='dock']) .parked {
    font-size: 0;
    line-height: 0;
  }
  :host([layout='dock']) .age {
    font-size: 0.75rem;
    line-height: 1.3;
  }
  :host([layout='dock']) .unsure .number {
    display: none;
  }
  :host([layout='dock']) .tile .age::after {
    content: none;
  }

  :host([layout='list']) .tile {
    align-items: center;
    grid-template-columns: 2.5rem minmax(0, 1fr) 6.5rem 13.5rem;
    grid-template-rows: auto;
    height: auto;
    padding: 0.375rem 0.75rem;
  }
  :host([layout='list']) .slot {
    font-size: 1.75rem;
  }
  :host([layout='list']) .who {
    align-items: center;
    display: grid;
    gap: 0 1rem;
    grid-column: 2;
    grid-row: 1;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  }
  :host([layout='list']) .number {
    font-size: 0.875rem;
    grid-column: 1;
  }
  :host([layout='list']) .parked {
    grid-column: 2;
    grid-row: 1 / 3;
  }
  :host([layout='list']) .time {
    grid-column: 3;
    grid-row: 1;
  }
  :host([layout='list']) .acts {
    grid-column: 4;
  }
  @container (width < 44rem) {
    :host([layout='list']) .tile {
      grid-template-columns: 2.5rem minmax(0, 1fr) auto;
    }
    :host([layout='list']) .who {
      grid-template-columns: minmax(0, 1fr);
    }
    :host([layout='list']) .parked {
      grid-column: 1;
      grid-row: auto;
    }
    :host([layout='list']) .acts {
      grid-column: 1 / -1;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (forced-colors: active) {
    .unsure .slot,
    .unsure .name,
    .unsure .time {
      color: GrayText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy .time::before {
      animation: none;
    }
  }
`;
