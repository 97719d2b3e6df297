import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CallView, Party, SlotView } from 'valet-park';
import { showsAge } from './age.ts';
import { keyName, type KeyMap } from './keys.ts';
import { label, question } from './label.ts';
import type { Message } from './messages.ts';
import { isHeld } from './obstacle.ts';
import { ringText, type Ring } from './own-rings.ts';
import { PanelElement } from './panel-element.ts';
import { PressGuard } from './press-guard.ts';
import type { Settings } from './settings.ts';
import { slowMs } from './slow.ts';
import {
  actionName,
  actionText,
  firstAction,
  secondAction,
  whyNotAction,
  type ActionContext,
  type TileAction,
} from './tile-actions.ts';
import { callerOf, type CallerTile } from './tile-caller.ts';
import { dragged, type TileDrop, type TileRequest } from './tile-request.ts';
import { TileTime, type TimedTile } from './tile-time.ts';
import { tileStyle } from './tile.style.ts';
import { controls, tokens } from './tokens.ts';

/**
 * One slot of the board.
 *
 * Fires `parking-park`, `parking-bridge`, `parking-pick-up`, `parking-cancel`, `parking-check` and
 * `parking-details` with a `TileRequest`, and `parking-drop` with a `TileDrop`. Fires
 * `parking-message` with a `Message` that says why a press does nothing, or that asks before a call is
 * taken; with null to remove that question.
 *
 * The buttons are the same nodes in every state, so that a focused button keeps the focus.
 */
export class ValetTile extends PanelElement implements CallerTile, TimedTile, ActionContext {
  static override styles = [tokens, controls, tileStyle];
  static override properties = {
    view: { attribute: false },
    call: { attribute: false },
    current: { type: Boolean },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    callerHref: { attribute: false },
    namesOwn: { attribute: false },
    confirm: { attribute: false },
    layout: { reflect: true },
    keys: { attribute: false },
    live: { attribute: false },
    isOffline: { attribute: false },
    canPickUp: { attribute: false },
    lookOnly: { attribute: false },
    ring: { attribute: false },
    isNext: { attribute: false },
    asked: { state: true },
    isDropTarget: { state: true },
  };

  declare view: SlotView;
  /** The selected call, or null. */
  declare call: CallView | null;
  /** True for the one tile of the board that Tab reaches. */
  declare current: boolean;
  /** Returns the ms until the call in a slot returns; null if that is not known. */
  declare remaining: (slot: number) => number | null;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;
  /** Returns the address of a page about a caller, or null. */
  declare callerHref: ((caller: Party) => string | null) | null;
  /** True if we have several extensions, so that the tile says which of them parked a call. */
  declare namesOwn: boolean;
  /** Which calls need a second press before they are taken. */
  declare confirm: Settings['confirm'];
  declare layout: Settings['layout'];
  /** The keys to show; null if single-character keys are switched off. */
  declare keys: KeyMap | null;
  /** True if a feed reports every change. Then the tile does not say when it was checked. */
  declare live: boolean;
  declare isOffline: boolean;
  declare canPickUp: boolean;
  declare lookOnly: boolean;
  /** How far the pick-up of the call in this slot is. Null without a pick-up. */
  declare ring: Ring | null;
  /** True if the call in this slot returns before all others, and others wait. */
  declare isNext: boolean;
  /** The action about which the tile asks; null if it does not ask. */
  declare protected asked: TileAction | null;
  /** True while a call is dragged over the tile. */
  declare protected isDropTarget: boolean;
  /** False while the tile is far outside of the visible part of the page. */
  inSight = true;

  readonly #pressGuard = new PressGuard();
  readonly #time = new TileTime(this);
  /** When the command for this slot began, in ms since 1970; null without a command. */
  #pendingSince: number | null = null;

  constructor() {
    super();
    this.current = false;
    this.call = null;
    this.asked = null;
    this.confirm = 'others';
    this.layout = 'board';
    this.keys = null;
    this.live = false;
    this.isOffline = false;
    this.canPickUp = false;
    this.lookOnly = false;
    this.ring = null;
    this.isNext = false;
    this.isDropTarget = false;
    this.namesOwn = false;
    this.callerHref = null;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.tile')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { view } = this;
    const isMoved = this.#pressGuard.update(`${isHeld(view)} ${view.uuid}`);
    // The question was about other calls, so the next press must not answer it.
    const isOther = changed.has('call') && changed.get('call')?.call !== this.call?.call;
    if (isMoved || (isOther && this.asked === 'bridge')) this.asked = null;
    if (view.pending === null) this.#pendingSince = null;
    else this.#pendingSince ??= Date.now();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('asked')) return;
    if (this.asked === null) {
      if (changed.get('asked')) this.fire('parking-message', null);
      return;
    }
    this.fire('parking-message', question(this.locale, this.view, this.asked, this.call));
    // The second button has asked. It is "Cancel" now, and the first one answers.
    const { activeElement } = this.shadowRoot ?? {};
    if (activeElement?.matches('.second'))
      this.renderRoot.querySelector<HTMLElement>('.first')?.focus();
  }

  protected override render(): TemplateResult {
    const { view, locale } = this;
    const { slot } = view;
    const name = (): string =>
      this.asked === null
        ? label(locale, view, {
            ...{ names: this, waitTime: this.#time.wait, now: Date.now() },
            ...{ isNext: this.isNext, ring: this.ring },
          })
        : locale.format(question(locale, view, this.asked, this.call));
    return html`
      <div
        class=${this.#isTimed ? this.#time.bySecond(() => this.#classes()) : this.#classes()}
        part="tile"
        role="gridcell"
        tabindex=${this.current ? 0 : -1}
        aria-keyshortcuts=${this.keys !== null && slot < 10 ? slot : nothing}
        @keydown=${this.#onKey}
        @focusout=${this.#onFocusOut}
        @dragover=${this.#onDragOver}
        @dragleave=${() => (this.isDropTarget = false)}
        @drop=${this.#onDrop}
      >
        <div
          class="content"
          role="group"
          aria-label=${this.#isTimed ? this.#time.bySecond(name) : name()}
        >
          <span class="slot" part="slot" aria-hidden="true">${slot}</span>
          ${callerOf(this, this.#time)} ${this.#clock()}
          <div class="acts">
            ${this.#first()} ${this.#second()} ${this.#check()} ${this.#more()}
          </div>
        </div>
      </div>
    `;
  }

  #first(): TemplateResult {
    const { view } = this;
    const action = this.asked ?? firstAction(view, this);
    const obstacle = ringText(this.ring) ?? whyNotAction(action, view, this);
    const reason = obstacle === null ? nothing : this.text(obstacle);
    const isSentence = isHeld(view) && (this.ring !== null || obstacle === 'why.howToReach');
    const style = isSentence
      ? 'sentence'
      : this.asked !== null
        ? 'main'
        : action === 'park'
          ? ''
          : 'soft';
    return html`<button
      part="action"
      class="first ${style}"
      tabindex=${this.current ? 0 : -1}
      ?hidden=${action === null}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-label=${isSentence ? nothing : this.#nameOf(action)}
      aria-description=${isSentence ? nothing : reason}
      aria-keyshortcuts=${this.#shortcut(action)}
      title=${reason}
      @click=${(event: MouseEvent) => this.#onPress(event, null)}
    >
      <span>${isSentence ? reason : this.#textOf(action)}</span>
    </button>`;
  }

  #second(): TemplateResult {
    const { view } = this;
    const action = secondAction(view, this);
    const isCancel = this.#asksOrRings;
    const obstacle = isCancel ? null : whyNotAction(action, view, this);
    const reason = obstacle === null ? nothing : this.text(obstacle);
    return html`<button
      class="second ${isCancel ? 'cancel' : 'quietly'}"
      tabindex=${this.current ? 0 : -1}
      ?hidden=${!isCancel && action === null}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-label=${isCancel ? nothing : this.#nameOf(action)}
      aria-description=${reason}
      aria-keyshortcuts=${isCancel ? nothing : this.#shortcut(action)}
      title=${reason}
      @click=${(event: MouseEvent) => (isCancel ? this.#cancel() : this.#onPress(event, action))}
    >
      <span>${isCancel ? this.text('act.cancel') : this.#textOf(action)}</span>
    </button>`;
  }

  #check(): TemplateResult {
    const { slot: n } = this.view;
    return html`<button
      class="check sign"
      tabindex=${this.current ? 0 : -1}
      ?hidden=${this.#asksOrRings}
      aria-label=${this.text('act.checkSlot', { n })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.check)}
      title=${this.text('act.check')}
      @click=${() => this.#request('check')}
    >
      <span aria-hidden="true">⟳</span><span class="word">${this.text('act.check')}</span>
    </button>`;
  }

  #more(): TemplateResult {
    const { slot: n } = this.view;
    return html`<button
      class="more sign"
      tabindex=${this.current ? 0 : -1}
      ?hidden=${this.#asksOrRings}
      aria-label=${this.text('act.detailsSlot', { n })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.details)}
      title=${this.text('act.details')}
      @click=${() => this.#request('details')}
    >
      <span aria-hidden="true">⋯</span>
    </button>`;
  }

  /** The text of the button of an action. */
  #textOf(action: TileAction | null): TemplateResult | string {
    return this.toHtml(actionText(this, this.asked, action));
  }

  /** The accessible name of the button of an action. */
  #nameOf(action: TileAction | null): string {
    return this.locale.format(actionName(this, this.asked, action));
  }

  #shortcut(action: TileAction | null): string | typeof nothing {
    if (this.keys === null) return nothing;
    if (action === 'bridge') return keyName(this.keys.bridge);
    return action === 'park' && this.view.slot < 10 ? `Shift+${this.view.slot}` : nothing;
  }

  #classes(): string {
    const { state, mine, confirmed, pending } = this.view;
    const classes = ['tile', state];
    if (isHeld(this.view) && pending === null) classes.push(this.#time.stage);
    if (mine) classes.push('own');
    if (pending !== null) classes.push('busy');
    if ((!confirmed || this.isOffline) && state !== 'unknown' && pending === null) {
      classes.push('unsure');
    }
    if (this.isDropTarget) classes.push('over-it');
    if (this.asked !== null) classes.push('asking');
    if (this.ring !== null) classes.push('rings');
    const first = firstAction(this.view, this);
    if (whyNotAction(first, this.view, this) === null) classes.push('ready');
    if (this.call?.state === 'talking') classes.push('with-call');
    return classes.join(' ');
  }

  /** True while the second button is "Cancel". */
  get #asksOrRings(): boolean {
    return this.asked !== null || this.ring !== null;
  }

  /** True if a text of the tile changes as time passes. */
  get #isTimed(): boolean {
    return this.#time.wait !== null || showsAge(this.view, this.live);
  }

  #clock(): TemplateResult | typeof nothing {
    const { pending } = this.view;
    if (pending === null) return this.#time.clock((message) => this.locale.format(message));
    const text = (): string => {
      const isSlow = Date.now() - (this.#pendingSince ?? Date.now()) >= slowMs;
      return this.text(isSlow ? 'slot.slow' : `slot.${pending}`);
    };
    return html`<span class="time text busy">${this.#time.bySecond(text)}</span>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.#asksOrRings) {
      this.#cancel();
      event.preventDefault();
      event.stopPropagation();
    }
    const onTile = event.target === event.currentTarget;
    if (!onTile || event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    this.press();
  }

  #onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (!(next instanceof Node && this.renderRoot.contains(next))) this.asked = null;
  }

  /**
   * Runs an action of the tile, or says why that is not possible. Without `action`: the one that the
   * tile asks about, else the first one. `seen` is the call that the person saw in the slot.
   */
  press(action: TileAction | null = null, seen = this.view.uuid): void {
    const { view } = this;
    const wanted = action ?? this.asked ?? firstAction(view, this);
    const obstacle = ringText(this.ring) ?? whyNotAction(wanted, view, this);
    if (obstacle !== null || wanted === null) {
      this.fire('parking-message', { key: obstacle ?? 'why.lookOnly' } satisfies Message);
    } else if (this.#pressGuard.isBlocked || seen !== view.uuid) {
      this.fire('parking-message', {
        key: 'why.changed',
        params: { n: view.slot },
      } satisfies Message);
    } else if (wanted === 'park' || this.asked === wanted || !this.#asksFirst()) {
      this.asked = null;
      this.#request(wanted === 'pickUp' ? 'pick-up' : wanted);
    } else {
      this.asked = wanted;
    }
  }

  #asksFirst(): boolean {
    return this.confirm === 'always' || (this.confirm === 'others' && !this.view.mine);
  }

  /** The second click of a double click must not answer the question that the first one opened. */
  #onPress(event: MouseEvent, action: TileAction | null): void {
    if (event.detail < 2) this.press(action);
  }

  #cancel(): void {
    if (this.ring !== null) this.#request('cancel');
    this.asked = null;
  }

  #onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes(dragged)) return;
    event.preventDefault();
    this.isDropTarget = true;
  }

  #onDrop(event: DragEvent): void {
    this.isDropTarget = false;
    const call = event.dataTransfer?.getData(dragged);
    if (!call) return;
    event.preventDefault();
    const { slot, uuid } = this.view;
    this.fire('parking-drop', { slot, uuid, call } satisfies TileDrop);
  }

  #request(action: 'park' | 'bridge' | 'pick-up' | 'cancel' | 'check' | 'details'): void {
    const { slot, uuid } = this.view;
    this.fire(`parking-${action}`, { slot, uuid } satisfies TileRequest);
  }
}
