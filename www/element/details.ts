import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, Departure, SlotView } from 'valet-park';
import { dialogStyle } from './dialog.style.ts';
import { farewell } from './farewell.ts';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import { farParty, fullName, who } from './party.ts';
import { primaryAct, whyNotBridge } from './possible.ts';
import { Settling } from './settling.ts';
import { controls, tokens } from './tokens.ts';
import { unturned } from './tongue.ts';

/** What may be known of a slot. */
type Fact = 'name' | 'number' | 'by' | 'since' | 'returns' | 'call' | 'state' | 'checked';

/**
 * All that is known of one slot, and the calls that may be bridged with whoever waits there.
 *
 * Fires `parking-drop` when a call of ours was chosen for it.
 */
export class ValetDetails extends Part {
  static override styles = [
    tokens,
    controls,
    dialogStyle,
    css`
      dt {
        color: var(--quiet);
      }
      dd {
        overflow-wrap: anywhere;
      }
      ul {
        display: grid;
        gap: 0.5rem;
        list-style: none;
        margin: 0.5rem 0 0;
        padding: 0;
      }
      .calls button {
        text-align: start;
        width: 100%;
      }
    `,
  ];
  static override properties = {
    view: { attribute: false },
    calls: { attribute: false },
    departures: { attribute: false },
    nameOf: { attribute: false },
    home: { attribute: false },
    notice: { state: true },
  };

  declare view: SlotView | null;
  declare calls: readonly CallView[];
  declare departures: readonly Departure[];
  declare nameOf: (extension: string) => string;
  /** How our own extension is called by people. */
  declare home: string;
  /** Why nothing was done: the rest of the panel is out of reach behind a dialogue. */
  declare protected notice: Message | null;

  readonly #settling = new Settling();

  constructor() {
    super();
    this.view = null;
    this.calls = [];
    this.departures = [];
    this.nameOf = (extension) => extension;
    this.home = '';
    this.notice = null;
  }

  protected override willUpdate(): void {
    // Which call is under the finger depends on all of them, and on how many facts stand above.
    const { view } = this;
    const calls = this.#live().map(({ call }) => call);
    const facts = view === null ? [] : this.#facts(view).map(([key]) => key);
    if (this.#settling.note([view?.uuid, ...calls, ...facts].join(' '))) this.notice = null;
  }

  /** The calls that may be bridged with. */
  #live(): readonly CallView[] {
    return this.calls.filter(({ state }) => state !== 'parked');
  }

  protected override render(): TemplateResult | null {
    const { view } = this;
    if (view === null) return null;
    const isHeld = primaryAct(view) === 'bridge';
    return html`
      <dl>
        ${this.#facts(view).map(
          ([key, text]) =>
            html`<dt>${this.words(`details.${key}`)}</dt>
              <dd><bdi>${unturned(text)}</bdi></dd>`,
        )}
      </dl>
      <p role="status">
        ${keyed(this.notice, html`<span>${this.notice && this.spoken(this.notice)}</span>`)}
      </p>
      ${isHeld ? this.#bridges(view) : ''} ${isHeld ? this.#history(view) : ''}
    `;
  }

  /** What is known, line by line. */
  #facts(view: SlotView): [Fact, string][] {
    const { checkedAt } = view;
    const isHeld = primaryAct(view) === 'bridge';
    const facts: [Fact, string | null][] = [
      ...(isHeld ? this.#waiting(view) : []),
      ['state', this.#state(view)],
      ['checked', checkedAt === null ? this.words('details.never') : this.tongue.time(checkedAt)],
    ];
    return facts.filter((fact): fact is [Fact, string] => fact[1] !== null);
  }

  #waiting(view: SlotView): [Fact, string | null][] {
    const { caller, parkedBy, heldSince, returnsAt, exact, call } = view;
    const { name, number } = who(this.tongue, caller);
    const time = (
      at: number | null,
      roughly: 'details.sinceAtLeast' | 'details.returnsBy',
    ): string | null => {
      if (at === null) return null;
      const time = this.tongue.time(at);
      return exact ? time : this.words(roughly, { time });
    };
    return [
      ['name', name],
      ['number', number],
      ['by', parkedBy === null ? this.words('slot.foreign') : this.nameOf(parkedBy)],
      ['since', time(heldSince, 'details.sinceAtLeast')],
      ['returns', time(returnsAt, 'details.returnsBy')],
      ['call', call],
    ];
  }

  /** How the slot stands, where that is not plain from who waits there. */
  #state({ state, pending, confirmed }: SlotView): string | null {
    if (pending !== null) return this.words(`slot.${pending}`);
    if (state === 'held') return confirmed ? null : this.words('details.unconfirmed');
    const stands = this.words(`slot.${state}`);
    const isSure = confirmed || state === 'unknown' || state === 'returning';
    return isSure ? stands : `${stands} · ${this.words('details.unconfirmed')}`;
  }

  #bridges(view: SlotView): TemplateResult {
    const live = this.#live();
    return html`
      <h3 id="bridges">${this.words('details.bridgeWith')}</h3>
      <ul class="calls" aria-labelledby="bridges">
        ${repeat(
          live,
          ({ call }) => call,
          (call) => {
            const obstacle = whyNotBridge(view, call);
            return html`<li>
              <button
                aria-disabled=${obstacle === null ? 'false' : 'true'}
                title=${obstacle === null ? '' : this.words(obstacle)}
                @click=${() => this.#onBridge(view, call)}
              >
                ${this.tongue.marked(fullName(this.tongue, farParty(call)))}
              </button>
            </li>`;
          },
        )}
      </ul>
      ${live.length === 0 ? html`<p class="quiet">${this.words('why.needCall')}</p>` : ''}
    `;
  }

  #onBridge(view: SlotView, call: CallView): void {
    const { slot, uuid } = view;
    const obstacle = whyNotBridge(view, call);
    if (obstacle !== null) this.notice = { key: obstacle };
    else if (this.#settling.isUnsettled) this.notice = { key: 'why.changed', params: { n: slot } };
    else this.fire('parking-drop', { slot, uuid, call: call.call });
  }

  #history({ uuid, caller }: SlotView): TemplateResult {
    const isSame = (one: Departure): boolean =>
      one.uuid === uuid || (!!caller?.number && one.caller?.number === caller.number);
    const before = this.departures.filter(isSame);
    return html`
      <h3 id="history">${this.words('details.history')}</h3>
      ${
        before.length === 0
          ? html`<p class="quiet">${this.words('details.noHistory')}</p>`
          : html`<ul aria-labelledby="history">
              ${before.map(
                (departure) =>
                  html`<li>
                    <time class="quiet">${this.tongue.time(departure.at)}</time>
                    ${this.spoken(farewell(this.tongue, departure, this))}
                  </li>`,
              )}
            </ul>`
      }
    `;
  }
}
