import { css, html, type TemplateResult } from 'lit';
import type { Snapshot } from 'valet-park';
import type { Message } from '../element/messages.ts';
import { partyText } from '../element/party.ts';
import { readStored, store } from '../element/browser-features.ts';
import { controls, tokens } from '../element/tokens.ts';
import { PageElement, type PageKey } from './page-element.ts';

/** The steps of the tour, in order. */
const steps = ['ring', 'answer', 'park', 'hear', 'bridge', 'done'] as const;
type Step = (typeof steps)[number];

/** The entry of `localStorage` that says that the tour is over. */
const storageKey = 'valet-park tour';

/**
 * A guided tour: says what to do next, until two callers are connected.
 *
 * The state of the lot decides which step is shown. A person can do something else at any time.
 */
export class ValetTour extends PageElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        container-type: inline-size;
        display: block;
      }
      section {
        align-items: center;
        background: var(--tint);
        border-radius: var(--radius);
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        padding: 0.5rem 0.75rem;
      }
      p {
        flex: 1 1 12rem;
        margin: 0;
      }
      .step {
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  static override properties = {
    snapshot: { attribute: false },
    isOver: { state: true },
  };

  declare snapshot: Snapshot;
  declare protected isOver: boolean;
  /** The number of bridged calls when the tour began; -1 before that. */
  #bridgedBefore = -1;

  constructor() {
    super();
    this.isOver = readStored(storageKey) !== null;
  }

  protected override render(): TemplateResult | null {
    const step = this.#step();
    if (this.isOver) return null;
    const held = this.snapshot.slots.find(({ mine, state }) => mine && state === 'held');
    const params = { n: held?.slot ?? 0, who: partyText(this.locale, held?.caller ?? null).name };
    const key: PageKey = `tour.${step}`;
    const text: Message = { key: 'announce.say', params };
    return html`<section aria-label=${this.pageText('tour.title')}>
      <span class="step" aria-hidden="true">${steps.indexOf(step) + 1}/${steps.length}</span>
      <p role="status">${this.pageHtml({ key, params: { text } })}</p>
      <button @click=${step === 'done' ? this.#onAgain : this.#onSkip}>
        ${this.pageText(step === 'done' ? 'tour.again' : 'tour.skip')}
      </button>
      ${step === 'done' ? html`<button @click=${this.#onSkip}>${this.pageText('act.close')}</button>` : ''}
    </section>`;
  }

  #step(): Step {
    const { calls, slots, departures } = this.snapshot;
    const bridged = departures.filter(({ reason }) => reason === 'bridged').length;
    if (this.#bridgedBefore < 0) this.#bridgedBefore = bridged;
    if (bridged > this.#bridgedBefore) return 'done';
    const isParked = slots.some(({ mine, state }) => mine && state === 'held');
    const talks = calls.some(({ state }) => state === 'talking');
    if (talks) return isParked ? 'bridge' : 'park';
    if (isParked) return 'hear';
    return calls.some(({ state }) => state === 'ringing') ? 'answer' : 'ring';
  }

  #onAgain(): void {
    this.#bridgedBefore = -1;
    this.requestUpdate();
  }

  #onSkip(): void {
    this.isOver = true;
    store(storageKey, 'over');
  }
}
