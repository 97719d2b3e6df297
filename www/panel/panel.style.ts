import { css } from 'lit';

/** The panel fills the page. The tools of the demo lie over its end. */
export const panelStyle = css`
  :host {
    background: var(--shade);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 100dvh;
  }
  main {
    min-width: 0;
  }
  valet-lot {
    --parking-min-height: 100dvh;
  }
  #toggle {
    flex: none;
    white-space: nowrap;
  }
  .hint {
    background: transparent;
    border: 0;
    color: var(--accent);
    font-weight: var(--medium);
    padding: 0;
    text-align: end;
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  nav a {
    align-items: center;
    border-radius: 8px;
    color: var(--accent);
    display: flex;
    min-height: 36px;
    padding: 0 0.75rem;
    text-decoration: none;
  }
  nav a:hover {
    text-decoration: underline;
  }
  nav a[aria-current='page'] {
    background: var(--tint);
    color: var(--ink);
    font-weight: var(--medium);
  }
  aside {
    align-content: start;
    background: var(--ground);
    border-inline-start: 1px solid var(--line);
    display: grid;
    gap: 20px;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    overflow: auto;
    padding: 16px 20px 32px;
  }
  @media (width >= 75rem) {
    :host([open]) {
      grid-template-columns: minmax(0, 1fr) var(--tools-width, 22rem);
    }
    aside {
      height: 100dvh;
      inset-block-start: 0;
      position: sticky;
    }
  }
`;
