import { css } from 'lit';
import { dockStyle, lampsStyle, stripStyle } from './strip.style.ts';
import { tileActs } from './tile-acts.style.ts';
import { restLines, tileLayouts } from './tile-layouts.style.ts';
import { tileUse } from './tile-use.style.ts';
import { dot } from './tokens.ts';

/**
 * A tile has the same size in every state, so that no tile of the board moves.
 *
 * The stage of a call is said by the ring, the size of its digits, the edge, the ground and a word.
 */
const tileBase = css`
  :host {
    /* A change in a tile does not move other tiles. */
    contain: layout style;
    display: block;
    min-width: 0;
  }
  .tile {
    --stage: var(--calm);
    --edge-width: 4px;
    background: var(--ground);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    column-gap: 10px;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(28px, auto) minmax(0, 1fr) auto;
    height: var(--tile-height, var(--tile-tall, 168px));
    overflow: hidden;
    padding: 14px 14px 12px 18px;
    position: relative;
    row-gap: 8px;
  }
  /* The edge. */
  .tile.held::before,
  .tile.returning::before {
    background: var(--stage);
    content: '';
    inset-block: 0;
    inset-inline-start: 0;
    position: absolute;
    width: var(--edge-width);
  }
  .content {
    display: contents;
  }
  .slot {
    font-size: var(--tile-digit, var(--text-28));
    font-variant-numeric: tabular-nums;
    font-weight: var(--medium);
    line-height: 1;
  }
  .who {
    min-width: 0;
    overflow: hidden;
  }
  .name {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    font-size: var(--tile-name, var(--text-20));
    font-weight: var(--medium);
    line-height: 1.25;
    overflow: hidden;
  }
  /* A link is at least 24 px high, so that a finger hits it. */
  .name:has(a) {
    line-height: max(1.25em, 24px);
  }
  .name a {
    color: inherit;
    padding-block: 2px;
    text-decoration-color: var(--edge);
    text-underline-offset: 3px;
  }
  .about {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    color: var(--quiet);
    display: -webkit-box;
    font-size: var(--text-14);
    line-height: 1.3;
    margin-top: 2px;
    overflow: hidden;
  }
  .part:has(> :only-child:empty),
  .part:has(> :only-child:empty) + .dot {
    display: none;
  }
  /* The stage stands alone in its line. */
  .part:has(> .stage:not(:empty)) {
    display: block;
  }
  .stage {
    color: var(--stage);
    font-weight: var(--bold);
  }
  .next,
  .mine {
    white-space: nowrap;
  }
  .next,
  .mine,
  .for bdi,
  .note {
    color: var(--ink);
    font-weight: var(--medium);
  }
  :is(.late, .over) .part:has(.next),
  :is(.late, .over) .part:has(.next) + .dot {
    display: none;
  }
  .number,
  .age,
  .checked {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  /* A number in the place of a name is the only thing known of the caller. So it may break. */
  .name.number {
    font-size: min(var(--tile-name, var(--text-20)), 0.9375rem);
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .number.long {
    -webkit-line-clamp: 3;
    font-size: var(--text-14);
    line-height: 1.2;
  }

  .time {
    align-self: start;
    display: grid;
    font-size: var(--tile-time, var(--text-16));
    font-variant-numeric: tabular-nums;
    font-weight: var(--medium);
    height: var(--tile-ring, 72px);
    min-width: var(--tile-ring, 72px);
    place-items: center;
  }
  .time > * {
    grid-area: 1 / 1;
  }
  .time.text {
    font-size: var(--text-14);
    height: auto;
    max-width: 8rem;
    min-width: 0;
    text-align: end;
  }
  .arrow {
    fill: none;
    height: 40px;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2.25;
    width: 40px;
  }
  .ring {
    fill: none;
    height: 100%;
    stroke: var(--line);
    stroke-width: 5;
    transform: rotate(-90deg);
    width: var(--tile-ring, 72px);
  }
  .ring .left {
    stroke: var(--stage);
    stroke-linecap: round;
  }
  .busy.time {
    align-items: center;
    color: var(--accent);
    display: flex;
    gap: 0.5rem;
  }
  .busy.time::before {
    animation: turn 1s linear infinite;
    border: 2px solid var(--line);
    border-radius: 50%;
    border-top-color: var(--accent);
    content: '';
    flex: none;
    height: 1rem;
    width: 1rem;
  }

  .acts {
    align-items: center;
    display: flex;
    gap: 8px;
    grid-column: 2 / -1;
    min-height: 36px;
    min-width: 0;
  }
  .acts button {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .acts .first {
    flex: none;
    max-width: 70%;
  }
  .acts .second {
    padding-inline: 0.5rem;
  }
  .acts .sign {
    flex: none;
    min-width: 36px;
    padding: 0;
  }
  .acts .check {
    margin-inline-start: auto;
  }
  .acts .word {
    display: none;
  }
  .held .more,
  .returning .more {
    margin-inline-start: auto;
  }
  .acts .sentence,
  .acts .sentence:hover {
    background: transparent;
    border: 0;
    color: var(--quiet);
    flex: 1 1 auto;
    font-size: var(--text-12);
    max-width: none;
    line-height: 1.3;
    max-height: 36px;
    min-height: 0;
    padding: 0;
    text-align: start;
    white-space: normal;
  }
  .rings .acts .sentence {
    color: var(--accent);
    font-size: var(--text-14);
    font-weight: var(--medium);
  }
  .asking .first {
    flex: 0 1 auto;
    max-width: none;
  }
  .acts .cancel {
    border-color: transparent;
    flex: none;
  }

  /* A free slot is one quiet target. */
  .free,
  .unknown {
    background: transparent;
  }
  :is(.free, .unknown) :is(.slot, .name) {
    color: var(--quiet);
    font-weight: var(--regular);
  }
  :is(.free, .unknown) .name {
    font-size: var(--text-14);
  }
  :is(.free, .unknown) .first {
    background: transparent;
    border: 0;
    border-radius: var(--radius);
    color: var(--accent);
    font-weight: var(--medium);
    inset: -1px;
    max-width: none;
    padding: 14px 18px;
    place-content: end start;
    position: absolute;
    text-align: start;
    display: grid;
    padding-inline-start: calc(28px + 28px);
    white-space: normal;
  }
  :is(.free, .unknown) .first:focus-visible {
    outline-offset: -3px;
  }
  :is(.free, .unknown) .sign {
    position: relative;
  }
  .unknown {
    border-color: var(--edge);
    border-style: dashed;
  }
  :is(.free, .unknown):not(.ready:focus-within) .first > span {
    opacity: 0;
  }
  .ready:is(.free, .unknown):focus-within {
    background: var(--tint);
    border-color: var(--accent);
  }

  /* The three stages before a return, and the return. */
  .soon {
    --stage: var(--warm);
    --tile-time: var(--text-20);
    background: var(--warm-tint);
    border-color: color-mix(in srgb, var(--warm) 35%, var(--line));
  }
  .near {
    --edge-width: 8px;
    --stage: var(--warm);
    --tile-time: var(--text-28);
    background: var(--warm-tint);
    border-color: var(--warm);
  }
  .late,
  .over {
    --edge-width: 12px;
    --stage: var(--alarm);
    --tile-time: var(--text-40);
    background: var(--alarm-tint);
    border-color: var(--alarm);
    box-shadow: 0 0 0 1px var(--alarm);
  }
  .late .digits {
    letter-spacing: -0.06em;
  }
  :is(.soon, .near, .late, .over) .time {
    color: var(--stage);
    font-weight: var(--bold);
  }

  /* Not confirmed: nothing can be asked, or the answer is old. */
  .unsure {
    --stage: var(--edge);
    --tile-time: var(--text-16);
    background: var(--shade);
    border-color: var(--edge);
    border-style: dashed;
    box-shadow: none;
  }
  .unsure :is(.slot, .name, .time, .mine, .stage) {
    color: var(--quiet);
    font-weight: var(--regular);
  }
  .unsure :is(.name, .time, .digits) {
    font-style: italic;
  }
  .unsure .ring .left {
    stroke-dasharray: 3 6;
  }
  .age {
    color: var(--ink);
    font-style: italic;
    font-weight: var(--medium);
  }
  /* The age of a free slot is no news. */
  .unsure.free {
    background: transparent;
    border-color: var(--line);
  }
  .unsure.free .age {
    color: var(--quiet);
    font-weight: var(--regular);
  }
  .unsure .quietly {
    display: none;
  }
  .unsure:is(.held, .returning) .check {
    color: var(--accent);
    display: block;
    margin: 0;
    padding: 0 0.5rem;
  }
  .unsure:is(.held, .returning) .check .word {
    display: inline;
    margin-inline-start: 0.375rem;
  }
  .over-it {
    outline: 3px dashed var(--accent);
    outline-offset: -3px;
  }
`;

export const tileStyle = [
  dot,
  tileBase,
  tileUse,
  tileActs,
  ...restLines,
  tileLayouts,
  stripStyle,
  dockStyle,
  lampsStyle,
];
