import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView } from 'valet-park';
import { withoutDirection } from './locale.ts';
import type { Message } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import { fullName, otherParty, partyText } from './party.ts';
import { whyNotPark } from './obstacle.ts';
import { dragged, type ParkRequest } from './tile.ts';
import { controls, tokens } from './tokens.ts';

/**
 * Our calls in one row, with one of them selected. Parked calls are last. The height is fixed: a new
 * call must not move the board while a person presses a tile.
 *
 * Fires `parking-select` with the name of a call, `parking-park` with a `ParkRequest` for any slot,
 * and `parking-message` with a `Message` that says why a press does nothing.
 */
export class ValetCalls extends PanelElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        align-items: center;
        background: var(--shade);
        border-radius: var(--radius);
        display: grid;
        gap: 0.25rem 0.75rem;
        grid-template-columns: minmax(0, 1fr) auto;
        padding: 0.75rem;
      }
      h2 {
        grid-column: 1 / -1;
      }
      ul {
        display: flex;
        gap: 0.5rem;
        height: 4.25rem;
        list-style: none;
        margin: 0;
        min-width: 0;
        overflow-x: auto;
        padding: 0.25rem;
        scrollbar-width: thin;
      }
      li {
        align-items: start;
        display: flex;
        flex: none;
      }
      label,
      .parked {
        align-items: center;
        background: var(--ground);
        border: 1px solid var(--line);
        border-radius: 8px;
        display: grid;
        gap: 0 0.625rem;
        grid-template-columns: auto minmax(0, 1fr);
        min-height: 3.25rem;
        min-width: 0;
        padding: 0.25rem 0.75rem;
      }
      label {
        cursor: pointer;
      }
      label:has(:checked) {
        background: var(--tint);
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      .parked {
        background: transparent;
        grid-template-columns: minmax(0, 1fr);
      }
      input {
        accent-color: var(--accent);
        grid-row: 1 / 3;
        height: 1.125rem;
        margin: 0;
        width: 1.125rem;
      }
      .name,
      .state {
        grid-column: 2;
        max-width: 14rem;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        font-weight: 600;
      }
      .parked > * {
        grid-column: 1;
      }
      .state {
        color: var(--quiet);
        font-size: 0.8125rem;
      }
      .busy {
        color: var(--accent);
        font-style: italic;
      }
    `,
  ];
  static override properties = {
    calls: { attribute: false },
    call: { attribute: false },
    heading: { attribute: false },
    shortcut: { attribute: false },
    nameOf: { attribute: false },
  };

  declare calls: readonly CallView[];
  /** The selected call, one of `calls`, or null. */
  declare call: CallView | null;
  /** The heading, which says whose calls these are. */
  declare heading: Message | null;
  /** The key that parks in any slot, in the form of `aria-keyshortcuts`. */
  declare shortcut: string;
  /** Returns the name of an extension. Null if we have only one: then no call names it. */
  declare nameOf: ((extension: string) => string) | null;

  constructor() {
    super();
    this.calls = [];
    this.call = null;
    this.heading = null;
    this.shortcut = '';
    this.nameOf = null;
  }

  protected override render(): TemplateResult {
    const obstacle = whyNotPark(this.call);
    const reason = obstacle === null ? '' : this.text(obstacle);
    return html`
      <h2 id="heading">${this.heading === null ? '' : this.toHtml(this.heading)}</h2>
      <ul role="radiogroup" aria-labelledby="heading">
        ${repeat(
          [...this.calls].sort(
            (a, b) => Number(a.state === 'parked') - Number(b.state === 'parked'),
          ),
          ({ call }) => call,
          (call) => html`<li role="presentation">${this.#one(call)}</li>`,
        )}
        ${
          this.calls.length === 0
            ? html`<li class="quiet" role="presentation">${this.text('calls.none')}</li>`
            : ''
        }
      </ul>
      <button
        class=${obstacle === null ? 'main' : ''}
        aria-disabled=${obstacle === null ? 'false' : 'true'}
        aria-description=${reason}
        aria-keyshortcuts=${this.shortcut}
        title=${reason}
        @click=${this.#onPark}
      >
        ${this.text('act.parkNext')}
      </button>
    `;
  }

  #one(view: CallView): TemplateResult {
    const { call, state, direction, extension } = view;
    const party = otherParty(view);
    const title = this.text(direction === 'out' ? 'call.out' : 'call.in');
    const own = this.nameOf?.(extension);
    const params = { who: fullName(this.locale, party), state: stateOf(view) };
    const label =
      own === undefined
        ? this.text('label.call', params)
        : this.text('label.callOf', { ...params, name: own });
    const shown = html`
      <span class="name"><bdi>${partyText(this.locale, party).name}</bdi></span>
      <span class="state ${view.pending === null ? '' : 'busy'}"
        >${this.toHtml(stateOf(view))}${own === undefined ? '' : html` · <bdi>${withoutDirection(own)}</bdi>`}</span
      >
    `;
    if (state === 'parked') return html`<div class="parked" title=${title}>${shown}</div>`;
    return html`<label
      title=${title}
      draggable="true"
      @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(dragged, call)}
    >
      <input
        type="radio"
        name="call"
        value=${call}
        aria-label=${label}
        .checked=${call === this.call?.call}
        @change=${() => this.fire('parking-select', call)}
      />
      ${shown}
    </label>`;
  }

  /** The second click of a double click must not park the call that is selected after the first. */
  #onPark(event: MouseEvent): void {
    if (event.detail < 2) this.press();
  }

  /** Moves the focus of a parked call to the call that is selected now. */
  protected override onFocusLost(): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked, button')?.focus();
  }

  /** Parks the selected call in any slot, or says why that is not possible. */
  press(): void {
    const obstacle = whyNotPark(this.call);
    if (obstacle === null) this.fire('parking-park', { slot: null } satisfies ParkRequest);
    else this.fire('parking-message', { key: obstacle } satisfies Message);
  }
}

function stateOf({ state, slot, pending }: CallView): Message {
  if (pending !== null) return { key: `slot.${pending}` };
  if (state !== 'parked') return { key: `call.${state}` };
  return slot === null
    ? { key: 'call.parkedSomewhere' }
    : { key: 'call.parked', params: { n: slot } };
}
