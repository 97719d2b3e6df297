import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Departure } from 'valet-park';
import { farewell, hidesParker, type Names } from './farewell.ts';
import { Part } from './part.ts';
import { controls, tokens } from './tokens.ts';

/** Who has left the lot lately, newest first, and why, as far as anybody saw it. */
export class ValetDepartures extends Part implements Names {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
      }
      ol {
        display: grid;
        font-size: 0.875rem;
        gap: 0.25rem 0.75rem;
        grid-template-columns: auto minmax(0, 1fr);
        list-style: none;
        margin: 0.5rem 0 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
      }
      time {
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
      }
      p {
        font-size: 0.875rem;
        margin: 0.5rem 0 0;
      }
    `,
  ];
  static override properties = {
    departures: { attribute: false },
    home: { attribute: false },
    nameOf: { attribute: false },
  };

  declare departures: readonly Departure[];
  /** How our own extension is called by people. */
  declare home: string;
  /** How any extension is called by people. */
  declare nameOf: (extension: string) => string;

  constructor() {
    super();
    this.departures = [];
    this.home = '';
    this.nameOf = (extension) => extension;
  }

  protected override render(): TemplateResult {
    return html`
      <h2 id="heading">${this.words('departures.title')}</h2>
      ${
        this.departures.length === 0
          ? html`<p class="quiet">${this.words('departures.none')}</p>`
          : html`<ol aria-labelledby="heading">
              ${repeat(
                this.departures,
                ({ slot, uuid, at }) => `${slot} ${uuid} ${at}`,
                (departure) =>
                  html`<li>
                    <time datetime=${new Date(departure.at).toISOString()}>
                      ${this.tongue.time(departure.at)}
                    </time>
                    <span>
                      ${this.spoken(farewell(this.tongue, departure, this))}
                      ${this.#parker(departure)}
                    </span>
                  </li>`,
              )}
            </ol>`
      }
    `;
  }

  /** Who had parked the call, where the sentence does not say it. */
  #parker(departure: Departure): TemplateResult | string {
    if (!hidesParker(departure, this)) return '';
    const { mine, parkedBy } = departure;
    const name = this.nameOf(parkedBy ?? '');
    return html`<span class="quiet"
      >·
      ${
        mine && !parkedBy
          ? `★ ${this.words('slot.mine')}`
          : this.spoken({ key: 'slot.parkedBy', params: { name } })
      }</span
    >`;
  }
}
