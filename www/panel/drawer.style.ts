import { css } from 'lit';

/** The drawer: a form and short lists in one column. */
export const drawerStyle = css`
  :host {
    display: block;
    font-size: 0.875rem;
  }
  h3 {
    font-size: 0.875rem;
    font-weight: 600;
    margin: 1.25rem 0 0.25rem;
  }
  p {
    margin: 0.25rem 0 0.5rem;
  }
  form {
    display: grid;
    gap: 0.5rem;
    grid-template-columns: 1fr 1fr;
    margin-top: 0.75rem;
  }
  label {
    color: var(--quiet);
    display: grid;
    gap: 0.125rem;
  }
  input,
  select {
    min-width: 0;
    width: 100%;
  }
  form button {
    grid-column: 1 / -1;
  }
  ul {
    display: grid;
    gap: 0.375rem;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    align-items: center;
    display: flex;
    gap: 0.375rem;
  }
  li button {
    flex: none;
  }
  .who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .who > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .forward {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  [role='alert']:not(:empty) {
    color: var(--alarm);
  }
`;
