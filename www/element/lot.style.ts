import { css } from 'lit';

/** The layout of the panel: one column, as wide as its container. */
export const lotStyle = css`
  :host {
    container-type: inline-size;
    display: block;
    font-family: var(--parking-font, system-ui, sans-serif);
    line-height: 1.5;
  }
  .lot {
    display: grid;
    gap: 0.75rem;
    grid-template-columns: minmax(0, 1fr);
  }
  .themed {
    /* A theme that differs from the page needs its own background. */
    background: var(--ground);
    border-radius: var(--radius);
    padding: 0.75rem;
  }
  header {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    justify-content: space-between;
  }
  .title {
    font-size: 1.25rem;
  }
  .title span {
    color: var(--quiet);
    font-size: 1rem;
    font-weight: 400;
    margin-inline-start: 0.5rem;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-inline-start: auto;
  }
  .messages {
    align-items: center;
    display: grid;
    gap: 0 1rem;
    grid-template-columns: minmax(0, 1fr) minmax(0, auto);
    height: 3.75rem;
  }
  valet-sync {
    justify-content: end;
    max-height: 3.75rem;
    max-width: 19rem;
    overflow: hidden;
  }
  @container (width < 44rem) {
    .messages {
      grid-template-columns: minmax(0, 1fr);
      height: auto;
    }
    valet-sync {
      height: 2.75rem;
      justify-content: start;
      max-width: none;
    }
  }
  .dock .title {
    display: none;
  }
  dialog {
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    box-shadow: 0 8px 32px rgb(0 0 0 / 25%);
    color: var(--ink);
    max-height: min(48rem, 90vh);
    overflow: auto;
    padding: 1rem 1.25rem 1.25rem;
    width: min(32rem, 92vw);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 35%);
  }
  dialog header {
    margin-bottom: 0.75rem;
  }
  dialog h2 {
    font-size: 1.125rem;
  }
`;
