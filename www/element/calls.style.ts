import { css, unsafeCSS, type CSSResult } from 'lit';

/**
 * Returns the style of a call that is back, where the cards stand in one row: it has the height of the
 * others. `host` selects the element.
 */
export function backInRow(host: ':host' | ':host(.dock)'): CSSResult {
  const scope = unsafeCSS(host);
  return css`
    ${scope} li.back {
      flex-basis: min(26rem, 88cqi);
      height: 4rem;
      padding-block: 0;
    }
    ${scope} li.back .name {
      -webkit-line-clamp: 1;
    }
    ${scope} li.back .acts {
      flex-wrap: nowrap;
      grid-column: auto;
    }
    ${scope} .why {
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      display: -webkit-box;
      line-height: 1.0625rem;
    }
    ${scope} :is(.about, li.back .again) {
      display: none;
    }
  `;
}

/** The cards of our calls: one column, or one row if the panel is narrow. */
export const callsStyle = css`
  :host {
    display: grid;
    gap: 0.5rem;
    grid-template-columns: minmax(0, 1fr);
  }
  h2 {
    color: var(--quiet);
    font-size: var(--text-12);
  }
  /* Else the browser makes the cards lower than their content, to fit them in the list. */
  ul {
    display: grid;
    gap: 0.5rem;
    grid-auto-rows: max-content;
    grid-template-columns: minmax(0, 1fr);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  /* All cards have one height, so that a selection moves no card. */
  li {
    align-items: center;
    background: var(--ground);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    display: grid;
    gap: 0.5rem;
    grid-template-columns: minmax(0, 1fr) auto;
    height: 4rem;
    padding-inline: 0.875rem;
  }
  li:has(:checked) {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  li:has(.parked),
  li.none {
    background: transparent;
  }
  /* The text of the page beside "No calls" gives way. */
  li.none {
    border-style: dashed;
    color: var(--quiet);
    grid-template-columns: auto minmax(0, 1fr);
  }
  li.none ::slotted(*) {
    justify-self: end;
    max-width: 100%;
  }
  label,
  .parked {
    align-content: center;
    align-self: stretch;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    position: relative;
  }
  /* Three lines fit: of a long name, the state is the last one. */
  li:not(.back) :is(label, .parked) {
    align-content: start;
    align-self: center;
    max-height: 3.5rem;
    overflow: visible clip;
  }
  label {
    cursor: pointer;
    padding-inline-start: 1.625rem;
  }
  input {
    accent-color: var(--accent);
    height: 1rem;
    inset-block-start: calc(50% - 0.5rem);
    inset-inline-start: 0;
    margin: 0;
    position: absolute;
    width: 1rem;
  }
  /* One weight in every state, so that a button that is withdrawn keeps its width. */
  li button[aria-disabled] {
    font-weight: var(--medium);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  /* A number that does not fit beside the state moves to the next line. There its dot is out of sight. */
  .state {
    max-height: 2rem;
    overflow: hidden;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    margin-inline-start: -0.75em;
  }
  .line > :first-child {
    min-width: 0;
    padding-inline-start: 0.75em;
  }
  .dot {
    display: inline-block;
    text-align: center;
    width: 0.75em;
  }
  .number {
    display: inline-block;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: nowrap;
  }
  /* Two lines and the state have the height of a card. */
  .name {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    font-size: var(--text-16);
    font-weight: var(--medium);
    line-height: 1.25rem;
    overflow: hidden;
  }
  .state {
    color: var(--quiet);
    font-size: var(--text-12);
    line-height: 1rem;
  }
  /* Room for four cards, so that a call that comes or is parked does not move what stands below. */
  @container lot (width >= 62rem) {
    ul {
      align-content: start;
      height: calc(17.5rem + 4px);
      margin: -2px;
      overflow-y: auto;
      padding: 2px;
      scrollbar-width: thin;
    }
    /* A call that is back, and more than four live calls, are all in sight. The board shows the calls
       that wait. */
    ul:is(:has(.back), :has(> :nth-child(n + 5) label)) {
      height: auto;
      min-height: calc(17.5rem + 4px);
    }
    ul:is(:has(.back), :has(> :nth-child(n + 5) label)) li:has(.parked) {
      display: none;
    }
  }
  /* Beside nothing: one row of cards that scrolls sideways. */
  @container lot (width < 62rem) {
    h2 {
      clip-path: inset(50%);
      height: 1px;
      position: absolute;
      width: 1px;
    }
    ul {
      display: flex;
      height: 4rem;
      overflow-x: auto;
      scrollbar-width: none;
    }
    li {
      flex: 0 0 min(18rem, 86cqi);
    }
    li.none {
      flex: 1;
    }
  }
  li.pick-up {
    background: var(--tint);
    border-color: var(--accent);
  }
  .busy {
    color: var(--accent);
    font-weight: var(--medium);
  }

  /* A call that is back: the loudest card. It is taller in the column, and it is the last live card, so
     that no other live card moves. */
  li.back {
    align-content: center;
    background: var(--alarm-tint);
    border: 2px solid var(--alarm);
    gap: 0.25rem 0.5rem;
    height: auto;
    min-height: 4rem;
    padding-block: 0.5rem;
  }
  .why {
    color: var(--alarm);
    font-weight: var(--bold);
    line-height: 1.25rem;
  }
  .why::first-letter,
  .about::first-letter {
    text-transform: uppercase;
  }
  .why,
  .about {
    display: block;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  li.back .acts {
    grid-column: 1 / -1;
  }
  /* The radio button stands beside the name, and the sentences have the whole width. */
  li.back label {
    padding-inline-start: 0;
  }
  li.back .name {
    padding-inline-start: 1.625rem;
  }
  li.back input {
    inset-block-start: 0.125rem;
  }
  @media (forced-colors: active) {
    li:has(:checked) {
      outline: 2px solid Highlight;
    }
    li.back {
      border-width: 4px;
    }
  }

  @container lot (width < 62rem) {
    ${backInRow(':host')}
  }
`;
