import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Departure } from 'valet-park';
import { departureText, omitsParker, type ExtensionNames } from './departure-text.ts';
import { PanelElement } from './panel-element.ts';
import { noteTexts } from './returned.ts';
import { controls, tokens } from './tokens.ts';

/** The recent departures with their known reasons, newest first. Fires `parking-history`. */
export class ValetDepartures extends PanelElement implements ExtensionNames {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
      }
      h2 {
        color: var(--quiet);
        font-size: var(--text-12);
      }
      header {
        align-items: center;
        display: flex;
        justify-content: space-between;
      }
      header button {
        margin-inline-end: -0.5rem;
        padding-inline: 0.5rem;
      }
      @media (forced-colors: active) {
        header button {
          margin: 0;
        }
      }
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        list-style: none;
        margin: 0.25rem 0 0;
        padding: 0;
      }
      li {
        border-bottom: 1px solid var(--line);
        display: grid;
        gap: 0.5rem;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        padding: 0.375rem 0;
      }
      time {
        grid-column: 2;
        grid-row: 1;
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
  /** The name of our extension, for people; empty if it has none, or if there are several. */
  declare home: string;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;

  constructor() {
    super();
    this.departures = [];
    this.home = '';
    this.nameOf = (extension) => extension;
  }

  protected override render(): TemplateResult {
    return html`
      <header>
        <h2 id="heading">${this.text('departures.title')}</h2>
        <button class="sign" @click=${() => this.fire('parking-history')}>
          ${this.text('history.title')}
        </button>
      </header>
      ${
        this.departures.length === 0
          ? html`<p class="quiet">${this.text('departures.none')}</p>`
          : html`<ol aria-labelledby="heading">
              ${repeat(
                this.departures,
                ({ slot, uuid, at }) => `${slot} ${uuid} ${at}`,
                (departure) =>
                  html`<li>
                    <time datetime=${new Date(departure.at).toISOString()}>
                      ${this.locale.shortTime(departure.at)}
                    </time>
                    <span>
                      ${this.toHtml(departureText(this.locale, departure, this))}
                      ${this.#parker(departure)} ${this.#note(departure)}
                    </span>
                  </li>`,
              )}
            </ol>`
      }
    `;
  }

  /** For whom the call waited, and its note. */
  #note(departure: Departure): readonly TemplateResult[] {
    return noteTexts(departure).map(
      (each) => html`<span class="quiet">·&nbsp;${this.toHtml(each)}</span> `,
    );
  }

  /** The extension that parked the call, if the sentence does not name it. */
  #parker(departure: Departure): TemplateResult | string {
    if (!omitsParker(departure, this)) return '';
    const { mine, parkedBy } = departure;
    const name = this.nameOf(parkedBy ?? '');
    return html`<span class="quiet"
      >·&nbsp;${
        mine && !parkedBy
          ? `★ ${this.text('slot.mine')}`
          : this.toHtml({ key: 'slot.parkedBy', params: { name } })
      }</span
    >`;
  }
}
