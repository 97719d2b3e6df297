import { css } from 'lit';

/** The bar above, the calls beside the board, and the departures under the calls. */
export const lotStyle = css`
  :host {
    --pad: var(--parking-padding, 20px);
    container: lot / inline-size;
    display: block;
    font-family: var(--parking-font, system-ui, sans-serif);
    line-height: 1.4;
  }
  .lot {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-height: var(--parking-min-height, 0);
  }
  .themed {
    /* A theme that differs from the page needs its own background. */
    background: var(--shade);
    border-radius: var(--radius);
  }
  .desk {
    align-content: start;
    display: grid;
    gap: 16px 20px;
    grid-template:
      'calls board' auto
      'recent board' minmax(0, 1fr) / 300px minmax(0, 1fr);
    /* Room to scroll the last tiles out from under a message. */
    padding: var(--pad) var(--pad) 96px;
  }
  valet-calls {
    grid-area: calls;
  }
  valet-board {
    grid-area: board;
  }
  valet-departures {
    grid-area: recent;
  }
  /* A message stands over the board, so that it hides no call that rings. */
  @container lot (width >= 62rem) {
    .lot:is(.board, .list) {
      --toast-inline-start: calc(300px + 2 * var(--pad));
    }
  }
  @container lot (width >= 120rem) {
    .desk {
      grid-template-columns: 400px minmax(0, 1fr);
    }
    .lot:is(.board, .list) {
      --toast-inline-start: calc(400px + 2 * var(--pad));
    }
  }
  @container lot (width < 62rem) {
    .desk {
      grid-template: 'calls' auto 'board' auto 'recent' auto / minmax(0, 1fr);
    }
  }
  @container lot (width < 40rem) {
    .desk {
      gap: 12px;
      /* The message about a parked call is higher here. */
      padding: 12px 12px 148px;
    }
  }
  dialog {
    background: var(--ground);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: 0 8px 32px rgb(0 0 0 / 25%);
    color: var(--ink);
    max-height: min(48rem, 90vh);
    overflow: auto;
    padding: 1rem 1.25rem 1.25rem;
    width: min(32rem, 92vw);
  }
  dialog.wide {
    width: min(60rem, 94vw);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 35%);
  }
  dialog header {
    align-items: center;
    display: flex;
    justify-content: space-between;
    margin-bottom: 0.75rem;
  }
  dialog h2 {
    font-size: var(--text-20);
  }
`;
