import { css } from 'lit';

/**
 * The colours and sizes of all elements. A page can override each with its `--parking-…` property.
 *
 * The contrast of text is at least 4.5 to 1, in the light and in the dark theme.
 */
export const tokens = css`
  :host {
    --ink: var(--parking-ink, light-dark(#1c2128, #e6e9ed));
    --quiet: var(--parking-quiet, light-dark(#57606a, #a3acb8));
    --ground: var(--parking-ground, light-dark(#ffffff, #1d2229));
    --shade: var(--parking-shade, light-dark(#f2f4f6, #171b21));
    --line: var(--parking-line, light-dark(#d3d9df, #343c46));
    --edge: var(--parking-edge, light-dark(#818b96, #76818d));
    --accent: var(--parking-accent, light-dark(#0b5cad, #7ab7ff));
    --on-accent: var(--parking-on-accent, light-dark(#ffffff, #0b1a2b));
    --tint: var(--parking-tint, light-dark(#eaf2fb, #1b2c40));
    --warm: var(--parking-warm, light-dark(#8a4b00, #ffb95e));
    --warm-tint: var(--parking-warm-tint, light-dark(#fff4e3, #362712));
    --alarm: var(--parking-alarm, light-dark(#a4161a, #ff9a94));
    --alarm-tint: var(--parking-alarm-tint, light-dark(#fdecec, #3b1d1d));
    --radius: var(--parking-radius, 10px);
    --target: 44px;
    box-sizing: border-box;
    color: var(--ink);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
`;

/** Buttons and headings. */
export const controls = css`
  h2 {
    font-size: 0.9375rem;
    font-weight: 600;
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
    font-size: 0.875rem;
    min-height: var(--target);
    min-width: var(--target);
    padding: 0.25rem 0.75rem;
  }
  button:hover {
    background: var(--shade);
  }
  button.main {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.main:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  button.soft {
    background: var(--tint);
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  button.soft:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  button[aria-disabled='true'] {
    background: transparent;
    border-color: var(--line);
    border-style: dashed;
    color: var(--quiet);
    cursor: default;
    font-weight: 400;
  }
  button[aria-disabled='true']:hover {
    background: transparent;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .quiet {
    color: var(--quiet);
  }
  bdi {
    overflow-wrap: anywhere;
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
