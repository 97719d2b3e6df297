import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, Departure, SlotView } from 'valet-park';
import type { HostActionName } from './attempt.ts';
import { dialogStyle } from './dialog.style.ts';
import { departureText } from './departure-text.ts';
import type { HostActionRequest } from './host-actions.ts';
import { withoutDirection } from './locale.ts';
import type { Message, Param } from './messages.ts';
import { isHeld, whyNotBridge } from './obstacle.ts';
import { PanelElement } from './panel-element.ts';
import { cleanText, fullName, otherParty, partyText } from './party.ts';
import { PressGuard } from './press-guard.ts';
import type { TileDrop, TileRequest } from './tile-request.ts';
import { noteOf, noteTarget } from './note-editor.ts';
import { controls, tokens } from './tokens.ts';

/** A line of the list of facts. */
type Fact =
  'name' | 'number' | 'for' | 'note' | 'by' | 'since' | 'returns' | 'call' | 'state' | 'checked';

/**
 * All that is known of one slot, and our calls to bridge with the call that waits there.
 *
 * Fires `parking-drop` with a `TileDrop` when one of our calls is chosen, `parking-check` with a
 * `TileRequest`, and `parking-host-action` with a `HostActionRequest`. The fields for the note fire the
 * events of `ValetNoteForm`.
 */
export class ValetDetails extends PanelElement {
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
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-top: 0.75rem;
      }
      .note {
        container: notice / inline-size;
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
    namesOwn: { attribute: false },
    editsNote: { attribute: false },
    lookOnly: { attribute: false },
    hostActions: { attribute: false },
    notice: { state: true },
  };

  declare view: SlotView | null;
  declare calls: readonly CallView[];
  declare departures: readonly Departure[];
  declare nameOf: (extension: string) => string;
  /** The name of our extension, for people; empty if it has none, or if there are several. */
  declare home: string;
  /** True if we have several extensions, so that each call says to which of them it belongs. */
  declare namesOwn: boolean;
  /** True if the note of the call can be changed. */
  declare editsNote: boolean;
  /** True if the panel only shows the lot. */
  declare lookOnly: boolean;
  /** The actions that the page provides for a waiting call. */
  declare hostActions: readonly HostActionName[];
  /** Why a press did nothing. The message area of the panel is not read behind a modal dialog. */
  declare protected notice: Message | null;

  readonly #pressGuard = new PressGuard();

  constructor() {
    super();
    this.view = null;
    this.calls = [];
    this.departures = [];
    this.nameOf = (extension) => extension;
    this.home = '';
    this.namesOwn = false;
    this.editsNote = false;
    this.lookOnly = false;
    this.hostActions = [];
    this.notice = null;
  }

  protected override willUpdate(): void {
    // A press may hit another call when the list of calls or the number of facts above it changes.
    const { view } = this;
    const calls = this.#live().map(({ call }) => call);
    const facts = view === null ? [] : this.#facts(view).map(([key]) => key);
    if (this.#pressGuard.update([view?.uuid, ...calls, ...facts].join(' '))) this.notice = null;
  }

  /** The calls that can be bridged. */
  #live(): readonly CallView[] {
    return this.calls.filter(({ state }) => state !== 'parked');
  }

  protected override render(): TemplateResult | null {
    const { view } = this;
    if (view === null) return null;
    const waits = isHeld(view);
    return html`
      <dl>
        ${this.#facts(view).map(
          ([key, text]) =>
            html`<dt>${this.text(`details.${key}`)}</dt>
              <dd><bdi>${withoutDirection(text)}</bdi></dd>`,
        )}
      </dl>
      <div class="acts">
        <button aria-label=${this.text('act.checkSlot', { n: view.slot })} @click=${this.#onCheck}>
          ${this.text('act.check')}
        </button>
        ${waits ? this.hostActions.map((name) => this.#hostAction(view, name)) : ''}
      </div>
      ${this.#note(view)}
      <p role="status">
        ${keyed(this.notice, html`<span>${this.notice && this.toHtml(this.notice)}</span>`)}
      </p>
      ${waits && !this.lookOnly ? this.#bridges(view) : ''} ${waits ? this.#history(view) : ''}
    `;
  }

  /** Returns the known facts, line by line. */
  #facts(view: SlotView): [Fact, string][] {
    const { checkedAt } = view;
    const waits = isHeld(view);
    const facts: [Fact, string | null][] = [
      ...(waits ? this.#waiting(view) : []),
      ['state', this.#state(view)],
      ['checked', checkedAt === null ? this.text('details.never') : this.locale.time(checkedAt)],
    ];
    return facts.filter((fact): fact is [Fact, string] => fact[1] !== null);
  }

  #waiting(view: SlotView): [Fact, string | null][] {
    const { caller, parkedBy, heldSince, returnsAt, exact, call, note, forWhom } = view;
    const { name, number } = partyText(this.locale, caller);
    const time = (
      at: number | null,
      roughly: 'details.sinceAtLeast' | 'details.returnsBy',
    ): string | null => {
      if (at === null) return null;
      const time = this.locale.time(at);
      return exact ? time : this.text(roughly, { time });
    };
    return [
      ['name', name],
      ['number', number],
      ['for', this.editsNote ? null : forWhom],
      ['note', this.editsNote ? null : note],
      ['by', parkedBy === null ? this.text('slot.foreign') : this.nameOf(parkedBy)],
      ['since', time(heldSince, 'details.sinceAtLeast')],
      ['returns', time(returnsAt, 'details.returnsBy')],
      ['call', call],
    ];
  }

  /** The state of the slot; null if the call in it already says it. */
  #state({ state, pending, confirmed }: SlotView): string | null {
    if (pending !== null) return this.text(`slot.${pending}`);
    if (state === 'held') return confirmed ? null : this.text('details.unconfirmed');
    const text = this.text(`slot.${state}`);
    const isSure = confirmed || state === 'unknown' || state === 'returning';
    return isSure ? text : `${text} · ${this.text('details.unconfirmed')}`;
  }

  #onCheck(): void {
    const { slot, uuid } = this.view ?? { slot: 0, uuid: null };
    this.fire('parking-check', { slot, uuid } satisfies TileRequest);
  }

  /** The button of an action of the page. A call that waits for no person cannot be told to one. */
  #hostAction(view: SlotView, name: HostActionName): TemplateResult {
    const forWhom = cleanText(view.forWhom);
    const isBlocked = name === 'page' && forWhom === '';
    const reason = isBlocked ? this.text('why.needForWhom') : '';
    const text = isBlocked
      ? this.text('act.pageOn')
      : this.toHtml({ key: `act.${name}`, params: { name: forWhom } });
    return html`<button
      aria-disabled=${isBlocked ? 'true' : 'false'}
      aria-description=${reason}
      title=${reason}
      @click=${(event: MouseEvent) => event.detail < 2 && this.#onHostAction(view, name)}
    >
      ${text}
    </button>`;
  }

  #onHostAction({ slot, uuid, forWhom }: SlotView, name: HostActionName): void {
    if (name === 'page' && cleanText(forWhom) === '') this.notice = { key: 'why.needForWhom' };
    else if (this.#pressGuard.isBlocked) this.notice = { key: 'why.changed', params: { n: slot } };
    else this.fire('parking-host-action', { name, slot, uuid } satisfies HostActionRequest);
  }

  /** The fields for the note of the call. */
  #note(view: SlotView): TemplateResult | typeof nothing {
    const target = isHeld(view) && this.editsNote ? noteTarget(view) : null;
    if (target === null) return nothing;
    return html`<h3>${this.text('details.note')}</h3>
      <div class="note">
        <valet-note-form
          .locale=${this.locale}
          .target=${target}
          .value=${noteOf(view, target)}
        ></valet-note-form>
      </div>`;
  }

  #bridges(view: SlotView): TemplateResult {
    const live = this.#live();
    return html`
      <h3 id="bridges">${this.text('details.bridgeWith')}</h3>
      <ul class="calls" aria-labelledby="bridges">
        ${repeat(
          live,
          ({ call }) => call,
          (call) => {
            const obstacle = whyNotBridge(view, call);
            return html`<li>
              <button
                aria-disabled=${obstacle === null ? 'false' : 'true'}
                title=${obstacle === null ? '' : this.text(obstacle)}
                @click=${() => this.#onBridge(view, call)}
              >
                ${this.toHtml(this.#callName(call))}
              </button>
            </li>`;
          },
        )}
      </ul>
      ${live.length === 0 ? html`<p class="quiet">${this.text('why.needCall')}</p>` : ''}
    `;
  }

  #callName(call: CallView): Param {
    const who = fullName(this.locale, otherParty(call));
    if (!this.namesOwn) return who;
    return { key: 'label.partyOf', params: { who, name: this.nameOf(call.extension) } };
  }

  #onBridge(view: SlotView, call: CallView): void {
    const { slot, uuid } = view;
    const obstacle = whyNotBridge(view, call);
    if (obstacle !== null) this.notice = { key: obstacle };
    else if (this.#pressGuard.isBlocked) this.notice = { key: 'why.changed', params: { n: slot } };
    else this.fire('parking-drop', { slot, uuid, call: call.call } satisfies TileDrop);
  }

  #history({ uuid, caller }: SlotView): TemplateResult {
    const isSame = (one: Departure): boolean =>
      one.uuid === uuid || (!!caller?.number && one.caller?.number === caller.number);
    const earlier = this.departures.filter(isSame);
    return html`
      <h3 id="history">${this.text('details.history')}</h3>
      ${
        earlier.length === 0
          ? html`<p class="quiet">${this.text('details.noHistory')}</p>`
          : html`<ul aria-labelledby="history">
              ${earlier.map(
                (departure) =>
                  html`<li>
                    <time class="quiet">${this.locale.time(departure.at)}</time>
                    ${this.toHtml(departureText(this.locale, departure, this))}
                  </li>`,
              )}
            </ul>`
      }
    `;
  }
}
