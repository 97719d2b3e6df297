import { css } from 'lit';

/**
 * The colours and sizes of all elements. A page can override each colour with its `--parking-…`
 * property.
 *
 * The contrast of text is at least 4.5 to 1, in the light and in the dark theme. There are six sizes
 * of type and three weights. `--accent` marks what can be done. A waiting call has one of three
 * stages: `--calm`, `--warm` (returns soon) and `--alarm` (returns at once).
 */
export const tokens = css`
  :host {
    --ink: var(--parking-ink, light-dark(#14181f, #eef1f5));
    --quiet: var(--parking-quiet, light-dark(#5b6472, #a2acb9));
    --ground: var(--parking-ground, light-dark(#ffffff, #191d23));
    --shade: var(--parking-shade, light-dark(#f4f5f7, #101317));
    --line: var(--parking-line, light-dark(#e3e6eb, #2a3038));
    --edge: var(--parking-edge, light-dark(#858e9b, #717c8a));
    --accent: var(--parking-accent, light-dark(#1f56d8, #8ab4ff));
    --on-accent: var(--parking-on-accent, light-dark(#ffffff, #0a1730));
    --tint: var(--parking-tint, light-dark(#eaf0ff, #1a2740));
    --calm: var(--parking-calm, light-dark(#2f7d6d, #6fcbb6));
    --warm: var(--parking-warm, light-dark(#955000, #ffb454));
    --warm-tint: var(--parking-warm-tint, light-dark(#fff6e6, #2b2113));
    --alarm: var(--parking-alarm, light-dark(#b92323, #ff8f86));
    --alarm-tint: var(--parking-alarm-tint, light-dark(#fdeeee, #331919));
    --radius: var(--parking-radius, 12px);
    --text-12: 0.75rem;
    --text-14: 0.875rem;
    --text-16: 1rem;
    --text-20: 1.25rem;
    --text-28: 1.75rem;
    --text-40: 2.5rem;
    --regular: 400;
    --medium: 550;
    --bold: 700;
    --target: 44px;
    box-sizing: border-box;
    color: var(--ink);
    font-size: var(--text-14);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  /* Digits keep their direction in a language that is written from right to left. */
  [role='timer'],
  kbd {
    direction: ltr;
  }
  .visually-hidden {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
`;

/** Buttons and headings. */
export const controls = css`
  h2 {
    font-size: var(--text-14);
    font-weight: var(--medium);
    margin: 0;
  }
  button {
    appearance: none;
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: 8px;
    color: var(--ink);
    cursor: pointer;
    font: inherit;
    font-size: var(--text-14);
    min-height: 36px;
    min-width: 36px;
    padding: 0.25rem 0.875rem;
  }
  button.main {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: var(--medium);
  }
  button.soft {
    background: var(--tint);
    border-color: transparent;
    color: var(--accent);
    font-weight: var(--medium);
  }
  button.quietly,
  button.sign {
    background: transparent;
    border-color: transparent;
    color: var(--quiet);
  }
  /* On a touch screen a tapped button stays in the state of hover. */
  @media (hover: hover) {
    button:hover {
      background: var(--shade);
    }
    button.main:hover {
      background: color-mix(in srgb, var(--accent) 88%, var(--ink));
    }
    button.soft:hover {
      background: color-mix(in srgb, var(--accent) 18%, var(--tint));
    }
  }
  @media (pointer: coarse) {
    button {
      min-height: var(--target);
      min-width: var(--target);
    }
  }
  button[aria-disabled='true'],
  button[aria-disabled='true']:hover {
    background: transparent;
    border-color: var(--line);
    border-style: dashed;
    color: var(--quiet);
    cursor: default;
    font-weight: var(--regular);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .quiet {
    color: var(--quiet);
  }
  bdi {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    button.main {
      background: Highlight;
      border-color: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;

/**
 * A name in one line. It stands where the language begins, and is cut at its own end: a name in Arabic
 * at the left.
 */
export const oneLine = css`
  display: block;
  overflow: hidden;
  text-align: -webkit-match-parent;
  text-align: match-parent;
  text-overflow: ellipsis;
`;

/**
 * A dot between two texts of one line. It is the ground of a space. The browser removes a space at the end
 * of a line, so no dot stands there.
 */
export const dot = css`
  .dot {
    background: radial-gradient(circle, currentcolor 1px, transparent 1.5px);
    word-spacing: 0.5em;
  }
  @media (forced-colors: active) {
    .dot {
      color: CanvasText;
      forced-color-adjust: none;
    }
  }
`;

/** Text fields and lists. */
export const fields = css`
  :where(select, input:not([type='checkbox'])) {
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: 8px;
    color: var(--ink);
    font: inherit;
    max-width: 100%;
    min-height: var(--target);
    padding: 0 0.625rem;
  }
`;
