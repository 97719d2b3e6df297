import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Party } from 'valet-park';
import type { Message } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import { partyText } from './party.ts';
import { controls, tokens } from './tokens.ts';

/** Longer messages are shown in smaller type, on three lines instead of two. */
const longLength = 100;

/** A call that has just been parked. Its slot is announced to the person it waits for. */
export interface Announcement {
  readonly slot: number;
  readonly caller: Party | null;
}

/**
 * The status and the alert of the panel, for the eye and for screen readers. It lies over the bottom of
 * the panel: a message must not move the board while a person presses a tile.
 *
 * The two live regions always exist, because a screen reader ignores text that appears together with
 * its region. A repeated message is a new node, so that it is read again.
 *
 * Fires `parking-dismiss` to remove the alert, `parking-report` to save a report, and `parking-copy`
 * with a `Message` to copy it.
 */
export class ValetNotices extends PanelElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        font-size: var(--text-16);
        height: 0;
        inset-block-end: 0;
        position: sticky;
        z-index: 2;
      }
      /* The message lies over the bottom of the panel. The board does not move. */
      .toast {
        align-items: center;
        background: var(--ground);
        border: 1px solid var(--edge);
        border-radius: var(--radius);
        box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
        display: flex;
        gap: 0.75rem;
        inset-block-end: 16px;
        inset-inline: 12px;
        margin-inline: auto;
        max-width: 44rem;
        min-height: 3.5rem;
        padding: 0.5rem 1rem;
        position: absolute;
        width: fit-content;
      }
      .toast.empty {
        clip-path: inset(50%);
      }
      .toast.alarm {
        background: var(--alarm-tint);
        border-color: var(--alarm);
        color: var(--alarm);
      }
      .status,
      [role='alert'] {
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        display: -webkit-box;
        line-height: 1.3;
        overflow: hidden;
      }
      .status {
        min-width: 0;
      }
      .status.long,
      [role='alert'].long {
        -webkit-line-clamp: 3;
        font-size: 0.875rem;
      }
      .status span {
        margin-inline-end: 0.5ch;
      }
      .huge {
        color: var(--accent);
        font-size: var(--text-40);
        font-variant-numeric: tabular-nums;
        font-weight: 700;
        line-height: 1;
      }
      .say {
        font-weight: 600;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .alert {
        align-items: center;
        display: flex;
        gap: 0.5rem;
        min-width: 0;
      }
      .alert button {
        flex: none;
      }
      .alert .report {
        flex: 0 1 auto;
        line-height: 1.15;
        min-width: min-content;
      }
      .alert.none {
        display: contents;
      }
      .alert div > span {
        margin-inline-end: 0.5ch;
      }
    `,
  ];
  static override properties = {
    status: { attribute: false },
    parked: { attribute: false },
    alert: { attribute: false },
    isBug: { attribute: false },
  };

  /** The sentences that a screen reader reads at the next pause. */
  declare status: readonly Message[];
  /** The call that was parked last, while its slot is announced. */
  declare parked: Announcement | null;
  /** The sentences that a screen reader reads at once. */
  declare alert: readonly Message[];
  /** True if the alert is about a fault of this package. Then the person can save a report. */
  declare isBug: boolean;

  constructor() {
    super();
    this.status = [];
    this.parked = null;
    this.alert = [];
    this.isBug = false;
  }

  protected override render(): TemplateResult {
    const hasAlert = this.alert.length > 0;
    // The announcement already shows the slot. The status is still read aloud.
    const isAnnounced = !hasAlert && this.parked !== null && this.status[0]?.key === 'toast.parked';
    const isLong = this.#length > longLength;
    const isHidden = isAnnounced || this.status.length === 0;
    const isEmpty = !hasAlert && this.parked === null && this.status.length === 0;
    return html`<div class="toast ${isEmpty ? 'empty' : ''} ${hasAlert ? 'alarm' : ''}">
      ${!hasAlert && this.parked !== null ? this.#announcement(this.parked) : ''}
      <div class="status ${isHidden ? 'visually-hidden' : isLong ? 'long' : ''}" role="status">
        ${keyed(
          this.status,
          this.status.map((each) => html`<span>${this.toHtml(each)}</span> `),
        )}
      </div>
      <div class="alert ${hasAlert ? '' : 'none'}">
        <div role="alert" class=${isLong ? 'long' : ''}>
          ${keyed(
            this.alert,
            this.alert.map((each) => html`<span>${this.toHtml(each)}</span> `),
          )}
        </div>
        <button class="report" ?hidden=${!this.isBug} @click=${() => this.fire('parking-report')}>
          ${this.text('act.report')}
        </button>
        <button ?hidden=${!hasAlert} @click=${() => this.fire('parking-dismiss')}>
          ${this.text('act.dismiss')}
        </button>
      </div>
    </div>`;
  }

  /** The number of characters to show. The status and the alert share one line. */
  get #length(): number {
    const all = [...this.alert, ...this.status];
    return all.map((each) => this.locale.format(each)).join(' ').length;
  }

  #announcement({ slot, caller }: Announcement): TemplateResult {
    const sentence: Message = {
      key: 'announce.say',
      params: { n: slot, who: partyText(this.locale, caller).name },
    };
    return html`
      <span class="huge" part="announcement" aria-hidden="true">${slot}</span>
      <span class="say">${this.toHtml(sentence)}</span>
      <button @click=${() => this.fire('parking-copy', sentence)}>${this.text('act.copy')}</button>
    `;
  }
}
