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
 * Our calls in one column, with one of them selected; in one row if the panel is narrow. Parked calls
 * are last. A new call does not move the board while a person presses a tile.
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
        display: grid;
        gap: 0.5rem;
        grid-template-columns: minmax(0, 1fr);
      }
      h2 {
        color: var(--quiet);
        font-size: var(--text-12);
      }
      ul {
        display: grid;
        gap: 0.5rem;
        grid-template-columns: minmax(0, 1fr);
        list-style: none;
        margin: 0;
        padding: 0;
      }
      /* All cards have one height, so that a selection moves no card. */
      li {
        align-items: center;
        background: var(--ground);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        display: grid;
        gap: 0.5rem;
        grid-template-columns: minmax(0, 1fr) auto;
        height: 4rem;
        padding-inline: 0.875rem;
      }
      li:has(:checked) {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      li:has(.parked),
      li.none {
        background: transparent;
      }
      li.none {
        border-style: dashed;
        color: var(--quiet);
      }
      label,
      .parked {
        align-content: center;
        align-self: stretch;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        min-width: 0;
        position: relative;
      }
      label {
        cursor: pointer;
        padding-inline-start: 1.625rem;
      }
      input {
        accent-color: var(--accent);
        height: 1rem;
        inset-block-start: calc(50% - 0.5rem);
        inset-inline-start: 0;
        margin: 0;
        position: absolute;
        width: 1rem;
      }
      .name,
      .state {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        font-size: var(--text-16);
        font-weight: var(--medium);
        line-height: 1.25rem;
      }
      .state {
        color: var(--quiet);
        font-size: var(--text-12);
        line-height: 1rem;
      }
      /* Beside nothing: one row of cards that scrolls sideways. */
      @container lot (width < 62rem) {
        h2 {
          clip-path: inset(50%);
          height: 1px;
          position: absolute;
          width: 1px;
        }
        ul {
          display: flex;
          height: 4rem;
          overflow-x: auto;
          scrollbar-width: none;
        }
        li {
          flex: 0 0 min(18rem, 86cqi);
        }
        li.none {
          flex: 1;
        }
      }
      .busy {
        color: var(--accent);
        font-weight: var(--medium);
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
    return html`
      <h2 id="heading">${this.heading === null ? '' : this.toHtml(this.heading)}</h2>
      <ul role="radiogroup" aria-labelledby="heading">
        ${repeat(
          [...this.calls].sort(
            (a, b) => Number(a.state === 'parked') - Number(b.state === 'parked'),
          ),
          ({ call }) => call,
          (call) =>
            html`<li role="presentation">
              ${this.#one(call)} ${call.call === this.call?.call ? this.#button() : ''}
            </li>`,
        )}
        ${
          this.calls.length === 0
            ? html`<li class="none" role="presentation">
                <span>${this.text('calls.none')}</span><slot name="none"></slot>
              </li>`
            : ''
        }
      </ul>
    `;
  }

  /** The button of the selected call. */
  #button(): TemplateResult {
    const obstacle = whyNotPark(this.call);
    const reason = obstacle === null ? '' : this.text(obstacle);
    return html`<button
      class=${obstacle === null ? 'main' : ''}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-description=${reason}
      aria-keyshortcuts=${this.shortcut}
      title=${reason}
      @click=${this.#onPark}
    >
      ${this.text('act.parkNext')}
    </button>`;
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
