import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, Departure, Party } from 'valet-park';
import { callsStyle } from './calls.style.ts';
import { withoutDirection } from './locale.ts';
import type { Message, MessageKey } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import { fullName, otherParty, partyText } from './party.ts';
import { whyNotPark, type Obstacle } from './obstacle.ts';
import { PressGuard } from './press-guard.ts';
import { isBack, returnedTexts } from './returned.ts';
import { slowMs } from './slow.ts';
import { stripCallsStyle } from './strip.style.ts';
import { timed } from './timed.ts';
import { dragged, type ParkRequest } from './tile-request.ts';
import { controls, tokens } from './tokens.ts';

/** How much of the card before a call that is back stays in sight, with the gap between them, in px. */
const edgePx = 20;

/** The keys that answer a call, in the form of `aria-keyshortcuts`. */
export interface AnswerKeys {
  readonly answer: string;
  readonly parkAgain: string;
}

/**
 * Our calls in one column, with one of them selected; in one row if the panel is narrow. Calls that
 * are connected with a caller, and parked calls, are last. A new call does not move the board while a person presses a tile.
 *
 * Fires `parking-select` with the name of a call, `parking-park` with a `ParkRequest` for any slot,
 * and `parking-message` with a `Message` that says why a press does nothing. If the page can answer
 * calls, fires `parking-answer` and `parking-park-again` with a `CallView`.
 */
export class ValetCalls extends PanelElement {
  static override styles = [tokens, controls, callsStyle, stripCallsStyle];
  static override properties = {
    calls: { attribute: false },
    call: { attribute: false },
    connected: { attribute: false },
    isOffline: { attribute: false },
    lookOnly: { attribute: false },
    heading: { attribute: false },
    shortcut: { attribute: false },
    nameOf: { attribute: false },
    departures: { attribute: false },
    longestMs: { attribute: false },
    rings: { attribute: false },
    answering: { attribute: false },
    names: { attribute: false },
    answerKeys: { attribute: false },
  };

  declare calls: readonly CallView[];
  /** The selected call, one of `calls`, or null. */
  declare call: CallView | null;
  /** The calls that are connected with a caller, and this caller. */
  declare connected: ReadonlyMap<string, Party | null>;
  /** True while nothing can be asked. */
  declare isOffline: boolean;
  /** True if the panel only shows the lot. Then no call has a button. */
  declare lookOnly: boolean;
  /** The heading, which says whose calls these are. */
  declare heading: Message | null;
  /** The key that parks in any slot, in the form of `aria-keyshortcuts`. */
  declare shortcut: string;
  /** Returns the name of an extension. Null if we have only one: then no call names it. */
  declare nameOf: ((extension: string) => string) | null;
  /** The latest departures. They say who parked a call that is back, and for whom. */
  declare departures: readonly Departure[];
  /** The longest time that a call can wait, in ms. */
  declare longestMs: number;
  /** The calls that ring to pick up a waiting call, and what they are for. */
  declare rings: ReadonlyMap<string, Message>;
  /** The calls that the page is answering. */
  declare answering: ReadonlySet<string>;
  /** Returns the name of any extension. */
  declare names: (extension: string) => string;
  /** The keys that answer a call. Null if the page cannot answer calls: then there are no buttons. */
  declare answerKeys: AnswerKeys | null;

  /** Blocks a press just after the row of cards has scrolled by itself. */
  readonly #pressGuard = new PressGuard();
  /** When the command for a call began, in ms since 1970. Only calls with a command. */
  readonly #busySince = new Map<string, number>();
  /** The calls that are back and have been in sight. */
  #seenBack: ReadonlySet<string> = new Set();

  constructor() {
    super();
    this.calls = [];
    this.call = null;
    this.connected = new Map();
    this.isOffline = false;
    this.lookOnly = false;
    this.heading = null;
    this.shortcut = '';
    this.nameOf = null;
    this.departures = [];
    this.longestMs = Infinity;
    this.rings = new Map();
    this.answering = new Set();
    this.names = (extension) => extension;
    this.answerKeys = null;
  }

  protected override willUpdate(): void {
    const busy = this.calls.filter((view) => this.#busyKey(view) !== null).map(({ call }) => call);
    for (const call of this.#busySince.keys()) {
      if (!busy.includes(call)) this.#busySince.delete(call);
    }
    for (const call of busy) {
      if (!this.#busySince.has(call)) this.#busySince.set(call, Date.now());
    }
  }

  protected override updated(): void {
    const back = this.calls.filter(isBack).map(({ call }) => call);
    if (back.some((call) => !this.#seenBack.has(call))) this.#showBack();
    this.#seenBack = new Set(back);
  }

  /** Scrolls a row of cards so that a call that is back is in sight. */
  #showBack(): void {
    const row = this.renderRoot.querySelector('ul');
    const card = row?.querySelector('li.back');
    if (!row || !card) return;
    const [outer, inner] = [row.getBoundingClientRect(), card.getBoundingClientRect()];
    if (inner.left >= outer.left && inner.right <= outer.right) return;
    this.#pressGuard.update(String(row.scrollLeft));
    const isRtl = this.locale.direction === 'rtl';
    row.scrollLeft += isRtl ? inner.right - outer.right + edgePx : inner.left - outer.left - edgePx;
    this.#pressGuard.update(String(row.scrollLeft));
  }

  protected override render(): TemplateResult {
    return html`
      <h2 id="heading">${this.heading === null ? '' : this.toHtml(this.heading)}</h2>
      <ul role="radiogroup" aria-labelledby="heading">
        ${repeat(
          [...this.calls].sort((a, b) => this.#place(a) - this.#place(b)),
          ({ call }) => call,
          (call) =>
            html`<li role="presentation" class=${this.#classOf(call)}>
              ${this.#one(call)} ${this.#buttons(call)}
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

  /** A call that is back, or that rings to pick up a waiting call, is marked. */
  #classOf(view: CallView): string {
    if (isBack(view)) return 'back';
    return this.rings.has(view.call) ? 'pick-up' : '';
  }

  /** The place of a call in the column: calls that need us, then connected calls, then parked ones. */
  #place({ call, state }: CallView): number {
    if (state === 'parked') return 2;
    return this.connected.has(call) ? 1 : 0;
  }

  /** The buttons to answer a call that rings, or the button of the selected call. */
  #buttons(view: CallView): TemplateResult | typeof nothing {
    if (this.lookOnly) return nothing;
    if (view.state === 'ringing' && this.answerKeys !== null) {
      return this.#answers(view, this.answerKeys);
    }
    return view.call === this.call?.call ? this.#button() : nothing;
  }

  #answers(view: CallView, keys: AnswerKeys): TemplateResult {
    const ring = this.rings.get(view.call);
    const who = ring ?? partyText(this.locale, otherParty(view)).name;
    // While the own telephone rings for a waiting call, this is the call to answer.
    const isMain = this.rings.size === 0 || ring !== undefined;
    const isAnswering = this.#busyKey(view) !== null;
    const n = view.returnedFrom?.slot ?? 0;
    const press = (type: string) => (event: MouseEvent) => {
      // The second click of a double click must not answer the call that moved under the pointer.
      if (event.detail < 2 && !this.#hasMoved(event)) this.fire(type, view);
    };
    const again = html`<button
      class="again"
      aria-label=${this.text('act.parkAgainWho', { who, n })}
      aria-keyshortcuts=${keys.parkAgain}
      aria-disabled=${isAnswering}
      title=${this.text('act.parkAgainWho', { who, n })}
      @click=${press('parking-park-again')}
    >
      ${this.text('act.parkAgain')}
    </button>`;
    return html`<div class="acts">
      <button
        class=${isAnswering ? '' : isMain ? 'main' : 'soft'}
        aria-label=${this.text('act.answerWho', { who })}
        aria-keyshortcuts=${keys.answer}
        aria-disabled=${isAnswering}
        @click=${press('parking-answer')}
      >
        ${this.text('act.answer')}
      </button>
      ${isBack(view) ? again : nothing}
    </div>`;
  }

  /** The button of the selected call. */
  #button(): TemplateResult {
    const { obstacle, call, connected } = this;
    const reason = obstacle === null ? '' : this.text(obstacle);
    // To park a connected call takes it from the caller.
    const isConnected = connected.has(call?.call ?? '');
    return html`<button
      class=${obstacle !== null ? '' : isConnected ? 'soft' : 'main'}
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
    const ring = this.rings.get(call);
    const { name: who, number } = partyText(this.locale, party);
    // The extension that parked a call may be unknown.
    const own = extension === '' ? undefined : this.nameOf?.(extension);
    const { departures, names, longestMs } = this;
    const back = isBack(view) ? returnedTexts(view, departures, names, longestMs) : [];
    const shownState = this.#stateOf(view);
    const busy = this.#busyKey(view);
    const told = back.length === 0 ? shownState : [...back, shownState];
    const way: Message = { key: direction === 'out' ? 'call.out' : 'call.in' };
    const title = this.text('label.call', { who: fullName(this.locale, party), state: way });
    const params = { who: ring ?? fullName(this.locale, party), state: told };
    const label =
      own === undefined
        ? this.text('label.call', params)
        : this.text('label.callOf', { ...params, name: own });
    // Another text of this line is longer, or the tile shows the number.
    const isConnected = shownState.key === 'call.connected';
    const isCalm =
      ring === undefined &&
      own === undefined &&
      state !== 'parked' &&
      busy === null &&
      !isConnected;
    const shownName = ring === undefined ? html`<bdi>${who}</bdi>` : this.toHtml(ring);
    const name = html`<span class="name">${shownName}</span>`;
    const owner = own === undefined ? '' : html` ·&nbsp;<bdi>${withoutDirection(own)}</bdi>`;
    const digits =
      number === null || !isCalm
        ? ''
        : html` <span class="number"><span class="dot">· </span><bdi>${number}</bdi></span>`;
    const progress = busy === null ? this.toHtml(shownState) : this.#progress(call, busy);
    const status = html`<span class="state ${busy === null ? '' : 'busy'}"
      ><span class="line"><span>${progress}${owner}</span>${digits}</span></span
    >`;
    const shown = html`
      ${name} ${this.#back(back, busy === null ? null : progress)}
      ${back.length > 0 ? nothing : status}
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

  /** Returns the text for the command that runs for a call; null if none runs. */
  #busyKey({ call, state, pending }: CallView): MessageKey | null {
    if (pending !== null) return `slot.${pending}`;
    return state === 'ringing' && this.answering.has(call) ? 'call.answering' : null;
  }

  /** The text for a command that runs. After some seconds the text says that the line is slow. */
  #progress(call: string, busy: MessageKey): unknown {
    const since = this.#busySince.get(call) ?? Date.now();
    return timed(() => this.text(Date.now() - since >= slowMs ? 'slot.slow' : busy));
  }

  /** Returns the state of a call, or with whom this panel has connected it. */
  #stateOf(view: CallView): Message {
    const busy = this.#busyKey(view);
    if (busy !== null) return { key: busy };
    const caller = this.connected.get(view.call);
    if (caller === undefined || view.state !== 'talking') return stateOf(view);
    return { key: 'call.connected', params: { who: partyText(this.locale, caller).name } };
  }

  /**
   * From which slot a call is back and how long it waited, then who parked it and for whom. The text for
   * a command that runs takes the place of the first line.
   */
  #back(texts: readonly Message[], progress: unknown): TemplateResult | typeof nothing {
    if (texts.length === 0) return nothing;
    const line = (some: readonly Message[]): readonly unknown[] =>
      some.map((each, at) => html`${at === 0 ? '' : ' ·\u00a0'}${this.toHtml(each)}`);
    return html`<span class="why">${progress ?? line(texts.slice(0, 2))}</span>
      ${texts.length > 2 ? html`<span class="about">${line(texts.slice(2))}</span>` : nothing}`;
  }

  /** The second click of a double click must not park the call that is selected after the first. */
  #onPark(event: MouseEvent): void {
    if (event.detail < 2 && !this.#hasMoved(event)) this.press();
  }

  /** True if the pointer presses a card that has just moved. Then a message says so. */
  #hasMoved({ detail }: MouseEvent): boolean {
    const hasMoved = detail > 0 && this.#pressGuard.isBlocked;
    if (hasMoved) this.fire('parking-message', { key: 'why.movedCalls' } satisfies Message);
    return hasMoved;
  }

  /** Moves the focus to the selected call. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked, button')?.focus();
  }

  /** Moves the focus of a parked call to the call that is selected now. */
  protected override onFocusLost(): void {
    this.focus();
  }

  /** Why the selected call cannot be parked; null if that is possible. */
  get obstacle(): Obstacle {
    if (this.lookOnly) return 'why.lookOnly';
    return this.isOffline ? 'why.offline' : whyNotPark(this.call);
  }

  /** Parks the selected call in any slot, or says why that is not possible. */
  press(): void {
    const { obstacle } = this;
    if (obstacle === null) this.fire('parking-park', { slot: null } satisfies ParkRequest);
    else this.fire('parking-message', { key: obstacle } satisfies Message);
  }
}

function stateOf({ state, slot }: CallView): Message {
  if (state !== 'parked') return { key: `call.${state}` };
  return slot === null
    ? { key: 'call.parkedSomewhere' }
    : { key: 'call.parked', params: { n: slot } };
}
