import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Departure } from 'valet-park';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import { who } from './party.ts';
import { controls, tokens } from './tokens.ts';
import type { Tongue } from './tongue.ts';

/**
 * Where a call went, in words.
 *
 * It returns to the extension that parked it, which is known for our own calls only: `home` is how
 * our extension is called.
 */
export function farewell(tongue: Tongue, departure: Departure, home: string): Message {
  const { slot, caller, reason, mine } = departure;
  const params = { n: slot, who: who(tongue, caller).name };
  if (reason === 'returned' && mine) {
    return { key: 'departure.returnedTo', params: { ...params, name: home } };
  }
  return { key: `departure.${reason}`, params };
}

/** Who has left the lot lately, newest first, and why, as far as anybody saw it. */
export class ValetDepartures extends Part {
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
  };

  declare departures: readonly Departure[];
  /** How our own extension is called by people. */
  declare home: string;

  constructor() {
    super();
    this.departures = [];
    this.home = '';
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
                    <span>${this.spoken(farewell(this.tongue, departure, this.home))}</span>
                  </li>`,
              )}
            </ol>`
      }
    `;
  }
}
