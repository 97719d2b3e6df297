import { css, html, type TemplateResult } from 'lit';
import type { Snapshot } from 'valet-park';
import type { Message } from '../element/messages.ts';
import { who } from '../element/party.ts';
import { keep, kept } from '../element/refusals.ts';
import { controls, tokens } from '../element/tokens.ts';
import { PagePart, type PageKey } from './page-part.ts';

/** What somebody does who tries it for the first time, in order. */
const steps = ['ring', 'answer', 'park', 'hear', 'bridge', 'done'] as const;
type Step = (typeof steps)[number];

/** Where a browser keeps that the tour was taken. */
const storageKey = 'valet-park tour';

/**
 * A minute at the reception desk: says what to do next, until two callers are connected.
 *
 * It watches what happens instead of leading: whoever does something else is not held up.
 */
export class ValetTour extends PagePart {
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
        /* A longer sentence must not push the board away. */
        height: 4.25rem;
        overflow: auto;
        padding: 0.5rem 0.75rem;
      }
      @container (width < 44rem) {
        section {
          height: 10rem;
        }
      }
      p {
        flex: 1 1 20rem;
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
  /** How many had been bridged when the tour began. */
  #bridgedBefore = -1;

  constructor() {
    super();
    this.isOver = kept(storageKey) !== null;
  }

  protected override render(): TemplateResult | null {
    const step = this.#step();
    if (this.isOver) return null;
    const held = this.snapshot.slots.find(({ mine, state }) => mine && state === 'held');
    const params = { n: held?.slot ?? 0, who: who(this.tongue, held?.caller ?? null).name };
    const key: PageKey = `tour.${step}`;
    const text: Message = { key: 'announce.say', params };
    return html`<section aria-label=${this.say('tour.title')}>
      <span class="step" aria-hidden="true">${steps.indexOf(step) + 1}/${steps.length}</span>
      <p role="status">${this.spell({ key, params: { text } })}</p>
      <button @click=${step === 'done' ? this.#onAgain : this.#onSkip}>
        ${this.say(step === 'done' ? 'tour.again' : 'tour.skip')}
      </button>
      ${step === 'done' ? html`<button @click=${this.#onSkip}>${this.say('act.close')}</button>` : ''}
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
    keep(storageKey, 'taken');
  }
}
