import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Party } from 'valet-park';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import { who } from './party.ts';
import { controls, tokens } from './tokens.ts';

/** From how many letters on they are smaller, so that three lines of them have room. */
const longLength = 100;

/** A call that was parked just now, and where: somebody has to be told. */
export interface Announcement {
  readonly slot: number;
  readonly caller: Party | null;
}

/**
 * What has happened last, and what went wrong last, shown and read aloud, in a place of a fixed
 * height: news must not push the board away from under a finger.
 *
 * The two live regions are there from the beginning and stay: a screen reader does not read what
 * was in a region when the region appeared. What is said twice is a new node the second time, so it
 * is read twice. Fires `parking-dismiss` to have the alert taken away.
 */
export class ValetNotices extends Part {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        align-items: center;
        display: flex;
        gap: 0.75rem;
        height: 3.75rem;
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
      .status.long,
      [role='alert'].long {
        -webkit-line-clamp: 3;
        font-size: 0.875rem;
      }
      .status span {
        margin-inline-end: 0.5ch;
      }
      .unseen {
        clip-path: inset(50%);
        height: 1px;
        position: absolute;
        width: 1px;
      }
      .huge {
        color: var(--accent);
        font-size: 3.5rem;
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
        background: var(--alarm-tint);
        border: 1px solid var(--alarm);
        border-radius: 8px;
        color: var(--alarm);
        display: flex;
        gap: 0.5rem;
        min-width: 0;
        padding: 0.125rem 0.125rem 0.125rem 0.75rem;
      }
      .alert button {
        flex: none;
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
    parked: { attribute: false },
    alarm: { attribute: false },
  };

  /** Sentences that a screen reader reads at the next pause. */
  declare news: readonly Message[];
  /** Where the last call was parked, for as long as that is to be said aloud. */
  declare parked: Announcement | null;
  /** What went wrong, sentence by sentence, read at once. */
  declare alarm: readonly Message[];

  constructor() {
    super();
    this.news = [];
    this.parked = null;
    this.alarm = [];
  }

  protected override render(): TemplateResult {
    const quiet = this.alarm.length === 0;
    // The announcement shows it, larger; it is still read aloud.
    const isSaid = quiet && this.parked !== null && this.news[0]?.key === 'toast.parked';
    const isLong = this.#length > longLength;
    const looks = isSaid || this.news.length === 0 ? 'unseen' : isLong ? 'long' : '';
    return html`
      ${quiet && this.parked !== null ? this.#announcement(this.parked) : ''}
      <div class="status ${looks}" role="status">
        ${keyed(
          this.news,
          this.news.map((each) => html`<span>${this.spoken(each)}</span> `),
        )}
      </div>
      <div class="alert ${quiet ? 'none' : ''}">
        <div role="alert" class=${isLong ? 'long' : ''}>
          ${keyed(
            this.alarm,
            this.alarm.map((each) => html`<span>${this.spoken(each)}</span> `),
          )}
        </div>
        <button ?hidden=${quiet} @click=${this.#onDismiss}>${this.words('act.dismiss')}</button>
      </div>
    `;
  }

  /** How many letters there are to be shown. News and an alarm share one line. */
  get #length(): number {
    const all = [...this.alarm, ...this.news];
    return all.map((each) => this.tongue.text(each)).join(' ').length;
  }

  #announcement({ slot, caller }: Announcement): TemplateResult {
    const sentence: Message = {
      key: 'announce.say',
      params: { n: slot, who: who(this.tongue, caller).name },
    };
    return html`
      <span class="huge" part="announcement" aria-hidden="true">${slot}</span>
      <span class="say">${this.spoken(sentence)}</span>
      <button @click=${() => this.fire('parking-copy', sentence)}>${this.words('act.copy')}</button>
    `;
  }

  #onDismiss(): void {
    this.fire('parking-dismiss');
  }
}
