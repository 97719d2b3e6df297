import { css } from 'lit';
import { oneLine } from './tokens.ts';

/**
 * The wall: every size follows the width, so that a television of any resolution shows the same
 * picture.
 */
export const wallStyle = css`
  :host {
    background: var(--shade);
    container: wall / inline-size;
    display: block;
    min-height: var(--parking-min-height, 100%);
  }
  .wall {
    display: grid;
    font-variant-numeric: tabular-nums;
    gap: 1.4cqi;
    padding: 2cqi 2.6cqi;
  }
  header {
    align-items: baseline;
    color: var(--quiet);
    display: flex;
    font-size: 1.9cqi;
    gap: 0 1.6cqi;
  }
  h2 {
    color: var(--ink);
    font-size: 2.8cqi;
    font-weight: 700;
    margin: 0;
    white-space: nowrap;
  }
  .clock {
    color: var(--ink);
    font-size: 2.8cqi;
  }
  valet-sync {
    font-size: inherit;
  }
  ol {
    display: grid;
    gap: 0.8cqi;
    grid-template-columns: minmax(0, 1fr);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .many {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  li {
    align-items: center;
    background: var(--ground);
    border-radius: 1.1cqi;
    display: grid;
    gap: 0 1.6cqi;
    grid-template-columns: 5cqi minmax(0, 1fr) auto;
    height: 7.6cqi;
    overflow: hidden;
    padding-inline: 2.4cqi 2.2cqi;
    position: relative;
    --stage: var(--calm, light-dark(#2f7d6d, #6fcbb6));
  }
  /* The edge. Its width does not move the texts. */
  li::before {
    background: var(--stage);
    content: '';
    inset-block: 0;
    inset-inline-start: 0;
    position: absolute;
    width: var(--edge-width, 0.8cqi);
  }
  .soon,
  .near {
    background: var(--warm-tint);
    --stage: var(--warm);
  }
  .near {
    --edge-width: 1.4cqi;
  }
  .late,
  .over {
    background: var(--alarm-tint);
    --edge-width: 2cqi;
    --stage: var(--alarm);
  }
  .unsure {
    background: transparent;
    --edge-width: 0.8cqi;
    --stage: var(--edge);
  }
  .slot,
  .time {
    font-size: 4.4cqi;
    font-weight: 700;
    line-height: 1;
  }
  .slot {
    text-align: center;
  }
  .time {
    white-space: nowrap;
  }
  :is(.soon, .near, .late, .over) .time {
    color: var(--stage);
  }
  .time.text {
    font-size: 2.4cqi;
  }
  .unsure .name,
  .unsure .time {
    color: var(--quiet);
    font-style: italic;
  }
  .facts i:not(:empty)::before {
    content: '· ';
  }
  .who {
    min-width: 0;
  }
  .name,
  .facts {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name bdi {
    ${oneLine}
  }
  .name {
    font-size: 2.8cqi;
    font-weight: 600;
    line-height: 1.2;
  }
  .facts {
    color: var(--quiet);
    font-size: 1.55cqi;
    line-height: 1.3;
  }
  .many .slot,
  .many .time {
    font-size: 3.6cqi;
  }
  .many .time.text {
    font-size: 1.9cqi;
  }
  .many .name {
    font-size: 2.2cqi;
  }
  .none {
    color: var(--quiet);
    font-size: 3.4cqi;
    margin: 16cqi 0;
    text-align: center;
  }
  .more {
    color: var(--quiet);
    font-size: 1.9cqi;
    margin: 0;
  }
  .menu {
    align-self: center;
    margin-inline-start: auto;
    opacity: 0;
  }
  .wall:hover .menu,
  .menu:focus-within {
    opacity: 1;
  }
  @container wall (width < 40rem) {
    /* Not a television: the text stays readable on a phone. */
    .wall {
      font-size: 1rem;
    }
    header,
    .more,
    .facts {
      font-size: 0.875rem;
    }
    header {
      flex-wrap: wrap;
    }
    .clock {
      white-space: nowrap;
    }
    /* Without a pointer, nothing would show the menu. */
    .menu {
      opacity: 1;
    }
    h2,
    .clock,
    .name,
    .many .name {
      font-size: 1.125rem;
    }
    .slot,
    .time,
    .many .slot,
    .many .time {
      font-size: 1.5rem;
    }
    .time.text,
    .many .time.text {
      font-size: 0.875rem;
    }
    .many {
      grid-template-columns: minmax(0, 1fr);
    }
    li {
      grid-template-columns: 2rem minmax(0, 1fr) auto;
      height: 4rem;
    }
  }
  @media (forced-colors: active) {
    li {
      border: 1px solid CanvasText;
    }
    li::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .unsure .name,
    .unsure .time {
      color: GrayText;
    }
  }
`;
