import { css } from 'lit';

/** The content of a dialog. */
export const dialogStyle = css`
  :host {
    display: block;
    font-size: 0.9375rem;
  }
  h3 {
    font-size: 0.9375rem;
    font-weight: 600;
    margin: 1.25rem 0 0.25rem;
  }
  p {
    margin: 0.25rem 0;
  }
  label {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    justify-content: space-between;
    min-height: var(--target);
  }
  dl {
    display: grid;
    gap: 0.25rem 1rem;
    grid-template-columns: auto minmax(0, 1fr);
    margin: 0;
  }
  dd {
    margin: 0;
  }
  select {
    padding: 0 0.5rem;
  }
  input[type='checkbox'] {
    accent-color: var(--accent);
    height: 1.5rem;
    width: 1.5rem;
  }
`;
