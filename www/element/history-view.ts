import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Departure } from 'valet-park';
import { download } from './browser-features.ts';
import type { ExtensionNames } from './departure-text.ts';
import { mostDepartures } from './history-merge.ts';
import { findDepartures, historyCsv, parkerText, reasonText } from './history-text.ts';
import { daysOf, type HistoryDay } from './history-totals.ts';
import { historyStyle } from './history.style.ts';
import type { HistorySource } from './history.ts';
import { knownWait } from './known-wait.ts';
import { PanelElement } from './panel-element.ts';
import { partyText } from './party.ts';
import { controls, fields, tokens } from './tokens.ts';
import { formatClock } from './wait-time.ts';

const reasons = ['bridged', 'returned', 'abandoned', 'unknown'] as const;

/**
 * The calls that have left, day by day, with a search and a file for spreadsheets. Fires
 * `parking-clear-history` to remove the history from this browser.
 */
export class ValetHistory extends PanelElement implements ExtensionNames {
  static override styles = [tokens, controls, fields, historyStyle];
  static override properties = {
    departures: { attribute: false },
    source: { attribute: false },
    home: { attribute: false },
    nameOf: { attribute: false },
    longestMs: { attribute: false },
    query: { state: true },
    reason: { state: true },
    isAsking: { state: true },
  };

  /** The departures, newest first. */
  declare departures: readonly Departure[];
  declare source: HistorySource;
  declare home: string;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;
  /** The longest time that a call can wait, in ms. */
  declare longestMs: number;
  /** The text in the search field. */
  declare query: string;
  /** The reason that is searched for; null for all. */
  declare reason: Departure['reason'] | null;
  /** True while the element asks whether to remove the history. */
  declare protected isAsking: boolean;

  constructor() {
    super();
    this.departures = [];
    this.source = 'browser';
    this.home = '';
    this.nameOf = (extension) => extension;
    this.longestMs = Infinity;
    this.query = '';
    this.reason = null;
    this.isAsking = false;
  }

  /** Moves the focus to the search, so that a person can type at once. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('input')?.focus(options);
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override render(): TemplateResult {
    const found = findDepartures(this.departures, this, this);
    const isSearch = found.length < this.departures.length;
    return html`
      ${this.#tools(found)}
      <p role="status" class="quiet">
        ${isSearch ? this.text('history.found', { n: found.length }) : ''}
      </p>
      ${this.departures.length === 0 ? html`<p>${this.text('history.none')}</p>` : ''}
      ${this.#days(found)} ${this.#foot()}
    `;
  }

  #tools(found: readonly Departure[]): TemplateResult {
    const search = this.text('history.search');
    return html`<div class="tools">
      <input
        type="search"
        aria-label=${search}
        placeholder=${search}
        .value=${this.query}
        @input=${this.#onSearch}
      />
      <select aria-label=${this.text('history.reason')} @change=${this.#onReason}>
        <option value="">${this.text('history.all')}</option>
        ${reasons.map(
          (reason) => html`<option value=${reason}>${this.text(`history.${reason}`)}</option>`,
        )}
      </select>
      <button ?disabled=${found.length === 0} @click=${() => this.#save(found)}>
        ${this.text('history.save')}
      </button>
    </div>`;
  }

  /** The days of all departures, each with those that the search has found. */
  #days(found: readonly Departure[]): TemplateResult[] {
    const isFound = new Set(found);
    return daysOf(this.departures, this.longestMs).map((day) => {
      const shown = day.departures.filter((departure) => isFound.has(departure));
      return shown.length === 0 ? html`` : this.#day(day, shown);
    });
  }

  #day(day: HistoryDay, shown: readonly Departure[]): TemplateResult {
    const { language, region } = this.locale;
    const id = `day-${day.start}`;
    const share = new Intl.NumberFormat(language, { style: 'percent' }).format(day.returnedShare);
    const totals = this.text('history.totals', {
      n: day.departures.length,
      time: formatClock(day.averageWaitMs),
      share,
    });
    const date = new Intl.DateTimeFormat(region, { dateStyle: 'full' }).format(day.start);
    return html`<h3 id=${id}>${date} <span>${totals}</span></h3>
      <ol aria-labelledby=${id}>
        ${repeat(
          shown,
          ({ slot, uuid, at }) => `${slot} ${uuid} ${at}`,
          (departure) => this.#row(departure),
        )}
      </ol>`;
  }

  #row(departure: Departure): TemplateResult {
    const { slot, at, reason, forWhom, note } = departure;
    const { name, number } = partyText(this.locale, departure.caller);
    const parker = parkerText(departure, this);
    const waitedMs = knownWait(departure, this.longestMs);
    const waited = waitedMs === null ? '' : formatClock(waitedMs);
    return html`<li class=${reason}>
      <span class="left">
        <time datetime=${new Date(at).toISOString()}>${this.locale.time(at)}</time>
      </span>
      <span class="slot" role="img" aria-label=${this.text('details.title', { n: slot })}>
        ${slot}
      </span>
      <span class="who">
        <span class="name"><bdi>${name}</bdi></span>
        ${number === null ? nothing : html`<span class="quiet"><bdi>${number}</bdi></span>`}
      </span>
      <span class="facts">
        <span class="how">${this.toHtml(reasonText(this.locale, departure, this))}</span>
        ${parker === null ? nothing : html`<span class="quiet">${this.toHtml(parker)}</span>`}
        ${
          forWhom === null
            ? nothing
            : html`<span>${this.toHtml({ key: 'history.for', params: { name: forWhom } })}</span>`
        }
        ${note === null ? nothing : html`<span class="note"><bdi>${note}</bdi></span>`}
      </span>
      ${
        waited === ''
          ? nothing
          : html`<span
              class="waited"
              role="img"
              aria-label=${this.text('history.waited', { time: waited })}
              >${waited}</span
            >`
      }
    </li>`;
  }

  #foot(): TemplateResult {
    const clear = this.isAsking ? 'history.clearConfirm' : 'history.clear';
    return html`<div class="foot">
      <p class="quiet">${this.text(`history.from.${this.source}`, { n: mostDepartures })}</p>
      ${
        this.source === 'journal' || this.departures.length === 0
          ? nothing
          : html`<button
              class=${this.isAsking ? 'main' : ''}
              @click=${this.#onClear}
              @blur=${() => (this.isAsking = false)}
            >
              ${this.text(clear)}
            </button>`
      }
    </div>`;
  }

  #onSearch({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.query = target.value;
  }

  #onReason({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement)) return;
    this.reason = reasons.find((reason) => reason === target.value) ?? null;
  }

  #onClear(): void {
    if (this.isAsking) this.fire('parking-clear-history');
    this.isAsking = !this.isAsking;
  }

  #save(found: readonly Departure[]): void {
    const day = new Date().toISOString().slice(0, 10);
    const csv = historyCsv(this.locale, found, this, this.longestMs);
    download(`valet-park-history-${day}.csv`, csv, 'text/csv;charset=utf-8');
  }
}
