import { css } from 'lit';

/** A tile keeps its size whatever is in it, so that nothing on the board ever moves. */
export const tileStyle = css`
  :host {
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
    grid-template-rows: 2.5rem 4.5rem auto;
    height: 100%;
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
  .mine {
    color: var(--accent);
    font-weight: 600;
  }
  .acts {
    display: grid;
    gap: 0.5rem;
    grid-column: 1 / -1;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .acts button {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
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
  .unsure .slot,
  .unsure .name {
    font-style: italic;
    font-weight: 400;
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
  @container (width < 38rem) {
    .tile {
      grid-template-columns: 2rem minmax(0, 1fr) auto;
      grid-template-rows: 4.5rem auto;
    }
    .who,
    .time {
      grid-row: 1;
    }
    .who {
      align-self: center;
      grid-column: 2;
    }
    .time {
      align-self: start;
      grid-column: 3;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy .time::before {
      animation: none;
    }
  }
`;
