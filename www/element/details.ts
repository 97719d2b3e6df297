import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, Departure, SlotView } from 'valet-park';
import { dialogStyle } from './dialog.style.ts';
import { farewell } from './departures.ts';
import { Part } from './part.ts';
import { fullName, who } from './party.ts';
import { primaryAct, whyNotBridge } from './possible.ts';
import { controls, tokens } from './tokens.ts';

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
      dl {
        display: grid;
        gap: 0.25rem 1rem;
        grid-template-columns: auto minmax(0, 1fr);
        margin: 0;
      }
      dt {
        color: var(--quiet);
      }
      dd {
        margin: 0;
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
  };

  declare view: SlotView | null;
  declare calls: readonly CallView[];
  declare departures: readonly Departure[];
  declare nameOf: (extension: string) => string;
  /** How our own extension is called by people. */
  declare home: string;

  constructor() {
    super();
    this.view = null;
    this.calls = [];
    this.departures = [];
    this.nameOf = (extension) => extension;
    this.home = '';
  }

  protected override render(): TemplateResult | null {
    const { view } = this;
    if (view === null) return null;
    const isHeld = primaryAct(view) === 'bridge';
    return html`
      <dl>${isHeld ? this.#waiting(view) : ''} ${this.#facts(view)}</dl>
      ${isHeld ? this.#bridges(view) : ''} ${isHeld ? this.#history(view) : ''}
    `;
  }

  #waiting(view: SlotView): TemplateResult[] {
    const { caller, parkedBy, heldSince, returnsAt, exact, call } = view;
    const { name, number } = who(this.tongue, caller);
    const returns = returnsAt === null ? null : this.tongue.time(returnsAt);
    const since = heldSince === null ? null : this.tongue.time(heldSince);
    return [
      this.#fact('details.name', name),
      number === null ? html`` : this.#fact('details.number', number),
      this.#fact(
        'details.by',
        parkedBy === null ? this.words('slot.foreign') : this.nameOf(parkedBy),
      ),
      since === null
        ? html``
        : this.#fact(
            'details.since',
            exact ? since : this.words('details.sinceAtLeast', { time: since }),
          ),
      returns === null
        ? html``
        : this.#fact(
            'details.returns',
            exact ? returns : this.words('details.returnsBy', { time: returns }),
          ),
      call === null ? html`` : this.#fact('details.call', call),
    ];
  }

  #facts({ state, pending, confirmed, checkedAt }: SlotView): TemplateResult[] {
    const shown = pending ?? (state === 'held' ? 'waiting' : state);
    const words =
      shown === 'waiting'
        ? confirmed
          ? ''
          : this.words('slot.unconfirmed')
        : this.words(`slot.${shown}`);
    return [
      words === '' ? html`` : this.#fact('details.state', words),
      this.#fact(
        'details.checked',
        checkedAt === null ? this.words('details.never') : this.tongue.time(checkedAt),
      ),
    ];
  }

  #fact(
    key: `details.${'name' | 'number' | 'state' | 'by' | 'since' | 'returns' | 'checked' | 'call'}`,
    text: string,
  ): TemplateResult {
    return html`<dt>${this.words(key)}</dt>
      <dd><bdi>${text}</bdi></dd>`;
  }

  #bridges(view: SlotView): TemplateResult {
    const live = this.calls.filter(({ state }) => state !== 'parked');
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
                @click=${() => this.#onBridge(view, call, obstacle === null)}
              >
                <bdi
                  >${fullName(this.tongue, call.direction === 'out' ? call.called : call.caller)}</bdi
                >
              </button>
            </li>`;
          },
        )}
      </ul>
      ${live.length === 0 ? html`<p class="quiet">${this.words('why.needCall')}</p>` : ''}
    `;
  }

  #onBridge({ slot, uuid }: SlotView, { call }: CallView, isPossible: boolean): void {
    if (isPossible) this.fire('parking-drop', { slot, uuid, call });
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
                    ${this.spoken(farewell(this.tongue, departure, this.home))}
                  </li>`,
              )}
            </ul>`
      }
    `;
  }
}
