import { css } from 'lit';

/** The program, and its output below. */
export const playgroundStyle = css`
  :host {
    display: block;
  }
  p {
    margin: 0.25rem 0 0.5rem;
  }
  .row {
    display: flex;
    gap: 0.5rem;
  }
  select {
    flex: 1;
    min-width: 0;
  }
  textarea,
  output {
    border: 1px solid var(--edge);
    border-radius: 8px;
    color: var(--ink);
    display: block;
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 0.75rem;
    line-height: 1.6;
    margin-top: 0.5rem;
    padding: 0.625rem 0.75rem;
    width: 100%;
  }
  textarea {
    background: var(--shade);
    direction: ltr;
    field-sizing: content;
    min-height: 16rem;
    resize: vertical;
    white-space: pre;
  }
  output {
    border-color: var(--line);
    min-height: 2.5rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .failed {
    color: var(--alarm);
  }
`;
