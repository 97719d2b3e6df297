import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CallView, Party } from 'valet-park';
import { sayText } from './host-actions.ts';
import type { Spoken } from './message-area.ts';
import type { Message } from './messages.ts';
import type { NoteInput, NoteTarget } from './note-editor.ts';
import { noticesStyle } from './notices.style.ts';
import { PanelElement } from './panel-element.ts';
import { controls, tokens } from './tokens.ts';
import type { Undo } from './undo.ts';

/** Matches the focus of the keyboard, but not a button that was clicked with the mouse. */
const focused = 'valet-note-form:focus-within, :focus-visible';

/** The sign of "Copy", where its word has no room. */
const copySign = html`<svg viewBox="0 0 20 20" aria-hidden="true">
  <path d="M7 7h9v9H7zM13 7V4H4v9h3" />
</svg>`;

/** A call that has just been parked. Its slot is announced to the person it waits for. */
export interface Announcement {
  readonly slot: number;
  /** The UUID of the call. */
  readonly uuid: string;
  readonly caller: Party | null;
  /** For whom the call waits; empty if that is not known. */
  readonly forWhom: string;
  /** True while the fields for a note are shown. */
  readonly asksNote: boolean;
}

/** The fields for a note, and the note that is stored. */
export interface NoteFields {
  readonly target: NoteTarget;
  readonly value: NoteInput;
  /** True if a person has asked for the fields. Then they take the focus. */
  readonly isAsked: boolean;
}

/**
 * The messages of the panel. For the eye they are one box at the bottom of the panel, with the most
 * urgent sentence first. For screen readers there are two live regions, in which each sentence appears
 * once.
 *
 * The regions always exist, because a screen reader ignores text that appears together with its region.
 * A repeated sentence is a new node, so that it is read again.
 *
 * Fires `parking-dismiss` to remove the messages, `parking-hold` with true while a person points at them,
 * `parking-undo` to take the last command back, `parking-report` to save a report, and `parking-copy`
 * with a `Message` to copy it. The fields for a note fire the events of `ValetNoteForm`.
 */
export class ValetNotices extends PanelElement {
  static override styles = [tokens, controls, noticesStyle];
  static override properties = {
    status: { attribute: false },
    alert: { attribute: false },
    spoken: { attribute: false },
    parked: { attribute: false },
    fields: { attribute: false },
    undo: { attribute: false },
    canPickUp: { attribute: false },
    confirmsUndo: { attribute: false },
    isBug: { attribute: false },
    back: { attribute: false },
    asksUndo: { state: true },
  };

  /** The latest news, sentence by sentence. */
  declare status: readonly Message[];
  /** The urgent messages, sentence by sentence. */
  declare alert: readonly Message[];
  /** The sentences for screen readers. */
  declare spoken: Spoken;
  /** The call that was parked last, while its slot is announced. */
  declare parked: Announcement | null;
  /** The fields for a note; null if there are none. */
  declare fields: NoteFields | null;
  /** How to take the last command back; null if that is not possible. */
  declare undo: Undo | null;
  /** True if our telephone can be connected with a call that was just parked. */
  declare canPickUp: boolean;
  /** True if taking a call back needs a second press, as fetching it does. */
  declare confirmsUndo: boolean;
  /** True if the alert is about a fault of this package. Then the person can save a report. */
  declare isBug: boolean;
  /** The call that is back, if there is one, and if the page can answer it. */
  declare back: CallView | null;
  /** True while the button to take back asks for a second press. */
  declare protected asksUndo: boolean;
  #isPointedAt = false;
  #isHeld = false;

  constructor() {
    super();
    this.status = [];
    this.alert = [];
    this.spoken = { polite: [], assertive: [] };
    this.parked = null;
    this.fields = null;
    this.undo = null;
    this.canPickUp = true;
    this.confirmsUndo = false;
    this.isBug = false;
    this.back = null;
    this.asksUndo = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const last = changed.get('undo');
    if (changed.has('undo') && JSON.stringify(last) !== JSON.stringify(this.undo)) {
      this.asksUndo = false;
    }
  }

  protected override updated(): void {
    this.#hold();
  }

  protected override render(): TemplateResult {
    const { polite, assertive } = this.spoken;
    const sentences = (all: readonly Message[]): unknown =>
      keyed(
        all,
        all.map((each) => html`<span>${this.toHtml(each)}</span> `),
      );
    return html`
      <div class="visually-hidden" role="status">${sentences(polite)}</div>
      <div class="visually-hidden" role="alert">${sentences(assertive)}</div>
      <div class="place">${this.#toast()}</div>
    `;
  }

  #toast(): TemplateResult | typeof nothing {
    const { alert, status, parked, fields } = this;
    // The announcement already shows the slot.
    const news = parked !== null && status[0]?.key === 'toast.parked' ? [] : status;
    const isEmpty = alert.length === 0 && news.length === 0 && parked === null && fields === null;
    if (isEmpty) return nothing;
    return html`<div
      class="toast ${alert.length > 0 ? 'alarm' : ''}"
      @pointerenter=${(event: PointerEvent) => this.#point(event.pointerType === 'mouse')}
      @pointerleave=${() => this.#point(false)}
      @focusin=${() => this.#hold()}
      @focusout=${() => queueMicrotask(() => this.#hold())}
    >
      <div class="body">
        ${alert.length > 0 ? this.#urgent() : nothing}
        ${parked !== null ? this.#announcement(parked) : nothing}
        ${news.length > 0 ? this.#news(news) : nothing}
        ${fields !== null ? this.#note(fields, news.length > 0) : nothing}
      </div>
      ${this.#dismiss()}
    </div>`;
  }

  #point(isPointedAt: boolean): void {
    this.#isPointedAt = isPointedAt;
    this.#hold();
  }

  /** Says whether a person points at the message, or has the focus of the keyboard in it. */
  #hold(): void {
    const toast = this.renderRoot.querySelector('.toast');
    const hasFocus = toast?.querySelector(focused) ?? null;
    const isHeld = toast !== null && (this.#isPointedAt || hasFocus !== null);
    if (toast === null) this.#isPointedAt = false;
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.fire('parking-hold', isHeld);
  }

  #urgent(): TemplateResult {
    const report = html`<button @click=${() => this.fire('parking-report')}>
      ${this.text('act.report')}
    </button>`;
    return html`<div class="row urgent ${this.isBug || this.back ? 'wide' : ''}">
      <div>${this.alert.map((each) => html`<p>${this.toHtml(each)}</p>`)}</div>
      <div class="acts">${this.isBug ? report : nothing} ${this.#answer()}</div>
    </div>`;
  }

  /** The buttons to answer the call that is back. */
  #answer(): TemplateResult | typeof nothing {
    const { back } = this;
    if (back === null) return nothing;
    return html`<button class="main" @click=${() => this.fire('parking-answer', back)}>
        ${this.text('act.answer')}
      </button>
      <button @click=${() => this.fire('parking-park-again', back)}>
        ${this.text('act.parkAgain')}
      </button>`;
  }

  #news(news: readonly Message[]): TemplateResult {
    const undo = this.#undoesPark ? nothing : this.#undo();
    return html`<div class="row">
      <div>
        ${news.map((each) => html`<p>${this.toHtml(each)}</p>`)}
        ${this.undo === null || this.#undoesPark ? this.#noUndo(news) : nothing}
      </div>
      <div class="acts">${undo}</div>
    </div>`;
  }

  /** Says how a bridge can be undone that this panel cannot take back. */
  #noUndo([first]: readonly Message[]): TemplateResult | typeof nothing {
    if (first?.key !== 'toast.connected') return nothing;
    const hint: Message = { ...first, key: 'toast.askToPark' };
    return html`<p class="hint">${this.toHtml(hint)}</p>`;
  }

  #announcement(parked: Announcement): TemplateResult {
    const { slot } = parked;
    const sentence = sayText(this.locale, parked);
    return html`<div class="row parked wide">
      <span class="huge" part="announcement" aria-hidden="true">${slot}</span>
      <div>
        <p class="say">${this.toHtml(sentence)}</p>
        ${this.canPickUp ? nothing : html`<p class="hint">${this.text('why.howToReach')}</p>`}
      </div>
      <div class="acts">
        <button
          class="copy"
          aria-label=${this.text('act.copy')}
          title=${this.text('act.copy')}
          @click=${() => this.fire('parking-copy', sentence)}
        >
          <span class="word">${this.text('act.copy')}</span>${copySign}
        </button>
        ${this.#undoesPark ? this.#undo() : nothing}
      </div>
    </div>`;
  }

  /** True if the last command is the park that is announced. */
  get #undoesPark(): boolean {
    const { undo, parked } = this;
    return undo?.what === 'takeBack' && undo.slot === parked?.slot;
  }

  /** The fields for a note, under the slot that they belong to. The announcement may already name it. */
  #note({ target, value, isAsked }: NoteFields, hasNews: boolean): TemplateResult {
    const title: Message = { key: 'note.title', params: { n: target.slot } };
    const isNamed = this.parked?.uuid === target.uuid && !hasNews;
    // One template for both cases: a new form would lose what a person has typed.
    return html`${isNamed ? nothing : html`<p class="say">${this.toHtml(title)}</p>`}
      <valet-note-form
        .locale=${this.locale}
        .target=${target}
        .value=${value}
        .takesFocus=${isAsked}
      ></valet-note-form>`;
  }

  #undo(): TemplateResult | typeof nothing {
    if (this.undo === null) return nothing;
    const text = this.text(this.asksUndo ? 'act.sure' : `act.${this.undo.what}`);
    return html`<button class=${this.asksUndo ? 'main' : 'soft'} @click=${this.#onUndo}>
      ${text}
    </button>`;
  }

  #dismiss(): TemplateResult {
    return html`<button
      class="sign"
      aria-label=${this.text('act.dismiss')}
      title=${this.text('act.dismiss')}
      @click=${() => this.fire('parking-dismiss')}
    >
      <span aria-hidden="true">✕</span>
    </button>`;
  }

  /** The second click of a double click must not answer the question that the first one opened. */
  #onUndo(event: MouseEvent): void {
    if (event.detail > 1) return;
    if (this.undo?.what === 'takeBack' && this.confirmsUndo && !this.asksUndo) this.asksUndo = true;
    else this.fire('parking-undo');
  }
}
