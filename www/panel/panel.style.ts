import { css } from 'lit';

/** The panel on the left and the drawer on the right; one column on a narrow page. */
export const panelStyle = css`
  :host {
    display: block;
    margin: 0 auto;
    max-width: 84rem;
    padding: 0.75rem clamp(0.75rem, 3vw, 2rem) 3rem;
  }
  .bar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    justify-content: space-between;
    margin-bottom: 0.75rem;
  }
  h1 {
    font-size: 1.125rem;
    font-weight: 600;
    margin: 0;
  }
  #toggle {
    margin-inline-start: auto;
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
  }
  nav a {
    align-items: center;
    border-radius: 8px;
    color: var(--accent);
    display: flex;
    font-size: 0.875rem;
    min-height: var(--target);
    padding: 0 0.75rem;
    text-decoration: none;
  }
  nav a:hover {
    text-decoration: underline;
  }
  nav a[aria-current='page'] {
    background: var(--tint);
    color: var(--ink);
    font-weight: 600;
  }
  .columns {
    display: grid;
    gap: 1.5rem 2rem;
    grid-template-columns: minmax(0, 1fr);
  }
  main {
    align-content: start;
    display: grid;
    gap: 0.75rem;
    min-width: 0;
  }
  aside {
    align-content: start;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
    min-width: 0;
  }
  @media (width >= 64rem) {
    .columns.open {
      grid-template-columns: minmax(0, 1fr) 22rem;
    }
  }
`;
