import { LitElement, css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { spoken, words, type Message } from './messages.ts';
import { controls, tokens } from './tokens.ts';

/**
 * What has happened last, and what went wrong last, shown and read aloud, in a place of a fixed
 * height: news must not push the board away from under a finger.
 *
 * The two live regions are there from the beginning and stay: a screen reader does not read what
 * was in a region when the region appeared. What is said twice is a new node the second time, so it
 * is read twice. Fires `parking-dismiss` to have the alert taken away.
 */
export class ValetNotices extends LitElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        align-items: center;
        display: flex;
        gap: 0.75rem;
        height: 3.5rem;
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
        font-size: 1.125rem;
        min-width: 0;
      }
      .alert {
        align-items: center;
        background: var(--alarm-tint);
        border: 1px solid var(--alarm);
        border-radius: 8px;
        color: var(--alarm);
        display: flex;
        gap: 0.5rem;
        min-width: 0;
        padding: 0.125rem 0.125rem 0.125rem 0.75rem;
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
    news: { attribute: false },
    alarm: { attribute: false },
  };

  /** What has happened, read when there is a pause. */
  declare news: Message | null;
  /** What went wrong, sentence by sentence, read at once. */
  declare alarm: readonly Message[];

  constructor() {
    super();
    this.news = null;
    this.alarm = [];
  }

  protected override render(): TemplateResult {
    const quiet = this.alarm.length === 0;
    return html`
      <div class="status" role="status">
        ${keyed(this.news, this.news === null ? '' : html`<span>${spoken(this.news)}</span>`)}
      </div>
      <div class="alert ${quiet ? 'none' : ''}">
        <div role="alert">
          ${keyed(
            this.alarm,
            this.alarm.map((each) => html`<span>${spoken(each)}</span> `),
          )}
        </div>
        <button ?hidden=${quiet} @click=${this.#onDismiss}>${words('act.dismiss')}</button>
      </div>
    `;
  }

  #onDismiss(): void {
    this.dispatchEvent(new CustomEvent('parking-dismiss', { bubbles: true, composed: true }));
  }
}
