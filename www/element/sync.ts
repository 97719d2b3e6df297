import { css, html, type TemplateResult } from 'lit';
import type { SyncView } from 'valet-park';
import { PanelElement } from './panel-element.ts';
import { tokens } from './tokens.ts';

/** How current the board is, as a text and a dot. Pointing at it shows when the lot was checked. */
export class ValetSync extends PanelElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        font-size: var(--text-12);
        font-variant-numeric: tabular-nums;
        min-width: 0;
      }
      .state {
        align-items: center;
        color: var(--quiet);
        display: flex;
        gap: 0.5em;
      }
      .state > span {
        line-height: 1.3;
        max-height: 2.6em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: var(--sync-wrap, nowrap);
      }
      .state::before {
        background: var(--quiet);
        border-radius: 50%;
        content: '';
        flex: none;
        forced-color-adjust: none;
        height: max(8px, 0.6em);
        width: max(8px, 0.6em);
      }
      .live::before {
        background: var(--calm);
      }
      .limited,
      .blind,
      .lost {
        color: var(--warm);
        font-weight: var(--medium);
      }
      .limited::before,
      .blind::before,
      .lost::before {
        background: var(--warm);
      }
      .offline,
      .unauthorized,
      .closed {
        color: var(--alarm);
        font-weight: var(--bold);
      }
      .offline::before,
      .unauthorized::before,
      .closed::before {
        background: transparent;
        border: 2px solid var(--alarm);
      }
      @media (forced-colors: active) {
        .state,
        .state::before {
          border-color: CanvasText;
          color: CanvasText;
        }
        .live::before {
          background: CanvasText;
        }
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
    const { state, checkedAt, budget } = this.sync;
    const until =
      state === 'limited' && budget.resetsAt !== null ? this.locale.time(budget.resetsAt) : null;
    const text =
      until === null ? this.text(`sync.${state}`) : this.text('sync.limitedUntil', { time: until });
    const checked =
      checkedAt === null ? '' : this.text('sync.checked', { time: this.locale.time(checkedAt) });
    return html`<span class="state ${state}" title="${text} ${checked}">
      <span>${text}</span>
    </span>`;
  }
}
