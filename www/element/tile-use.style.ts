import { css } from 'lit';

/** The buttons that appear on use, the motion, and the forced colours of a tile. */
export const tileUse = css`
  /* The further buttons appear when the tile is used. */
  .acts .quietly,
  .acts .sign {
    opacity: 0;
  }
  .tile:focus-within :is(.quietly, .sign),
  .with-call:is(.held, .returning) .quietly,
  .unsure:is(.held, .returning) .check {
    opacity: 1;
  }
  @media (hover: hover) {
    .tile:hover :is(.quietly, .sign) {
      opacity: 1;
    }
    .ready:is(.free, .unknown):hover {
      background: var(--tint);
      border-color: var(--accent);
    }
    .ready:is(.free, .unknown):hover .first > span {
      opacity: 1;
    }
    .ready:is(.free, .unknown):hover .slot {
      color: var(--accent);
    }
  }
  @media (hover: none) {
    :is(.held, .returning) .more {
      opacity: 1;
    }
    .held:not(.unsure) .quietly:not(.with-call *) {
      display: none;
    }
    /* An invisible button must not take a tap. */
    :is(.free, .unknown):not(:focus-within) .sign {
      pointer-events: none;
    }
  }
  @media (pointer: coarse) {
    .acts button:not(.sentence) {
      min-height: var(--target);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .tile {
      animation: change 150ms ease-out;
      transition:
        background-color 150ms,
        border-color 150ms;
    }
    .held,
    .returning {
      animation-name: arrive;
    }
    .late .digits {
      animation: beat 1s ease-in-out infinite alternate;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy.time::before {
      animation: none;
    }
  }
  @keyframes change {
    from {
      opacity: 0.4;
    }
  }
  @keyframes arrive {
    from {
      opacity: 0.4;
      scale: 0.97;
    }
  }
  @keyframes beat {
    to {
      scale: 1.12;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (forced-colors: active) {
    .tile::before {
      background: CanvasText !important;
      forced-color-adjust: none;
    }
    .unsure :is(.slot, .name, .time) {
      color: GrayText;
    }
    :is(.free, .unknown) .first {
      color: ButtonText;
      forced-color-adjust: none;
    }
    /* A thin circle with a thick arc. */
    .ring {
      stroke: CanvasText;
      stroke-width: 1;
    }
    .ring .left {
      stroke: CanvasText;
      stroke-width: 6;
    }
    :is(.near, .late, .over):not(.unsure) {
      outline: 2px solid CanvasText;
      outline-offset: -2px;
    }
    .asking {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`;
