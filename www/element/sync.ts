import { css, html, type TemplateResult } from 'lit';
import type { SyncView } from 'valet-park';
import { PanelElement } from './panel-element.ts';
import { tokens } from './tokens.ts';

/** How current the board is, as a text and a coloured dot that says the same. */
export class ValetSync extends PanelElement {
  static override styles = [
    tokens,
    css`
      :host {
        align-items: baseline;
        display: flex;
        flex-wrap: wrap;
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
        gap: 0 0.5rem;
      }
      .state {
        font-weight: 600;
      }
      .state::before {
        background: var(--quiet);
        border-radius: 50%;
        content: '';
        display: inline-block;
        height: 0.625rem;
        margin-inline-end: 0.4rem;
        width: 0.625rem;
      }
      .live::before {
        background: light-dark(#1a7f37, #57d17a);
      }
      .limited::before,
      .blind::before,
      .lost::before {
        background: var(--warm);
      }
      .offline::before,
      .unauthorized::before,
      .closed::before {
        background: var(--alarm);
      }
      .quiet {
        color: var(--quiet);
      }
    `,
  ];
  static override properties = { sync: { attribute: false } };

  declare sync: SyncView | null;

  constructor() {
    super();
    this.sync = null;
  }

  protected override render(): TemplateResult | null {
    if (this.sync === null) return null;
    const { state, checkedAt } = this.sync;
    const { limit, remaining, resetsAt } = this.sync.budget;
    const until = state === 'limited' && resetsAt !== null ? this.locale.time(resetsAt) : null;
    return html`
      <span class="state ${state}">
        ${until === null ? this.text(`sync.${state}`) : this.text('sync.limitedUntil', { time: until })}
      </span>
      ${
        checkedAt === null
          ? ''
          : html`<span class="quiet">
              ${this.text('sync.checked', { time: this.locale.time(checkedAt) })}
            </span>`
      }
      ${
        remaining === null || limit === null
          ? ''
          : html`<span class="quiet">${this.text('sync.budget', { remaining, limit })}</span>`
      }
    `;
  }
}
