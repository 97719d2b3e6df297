import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { CallView, SlotView } from 'valet-park';
import { ageOf, checkedAgo, showsAge } from './age.ts';
import { keyName, type KeyMap } from './keys.ts';
import { label, ownerText, question, wasFree, type OwnerNames } from './label.ts';
import type { Message } from './messages.ts';
import { primaryAction, whyNot } from './obstacle.ts';
import { PanelElement } from './panel-element.ts';
import { partyText } from './party.ts';
import { PressGuard } from './press-guard.ts';
import type { Settings } from './settings.ts';
import { tileStyle } from './tile.style.ts';
import { timed } from './timed.ts';
import { controls, tokens } from './tokens.ts';
import { waitTime, type WaitTime } from './wait-time.ts';

/** A request to park the selected call. A null slot means any slot. */
export interface ParkRequest {
  readonly slot: number | null;
}

/** A request about one slot. `uuid` is the call that the tile showed there. */
export interface TileRequest {
  readonly slot: number;
  readonly uuid: string | null;
}

/** A call that was dropped on a tile. */
export interface TileDrop extends TileRequest {
  readonly call: string;
}

/** The data type of a dragged call. The data is the name of the call. */
export const dragged = 'application/x-valet-park-call';

/**
 * One slot of the board.
 *
 * Fires `parking-park`, `parking-bridge`, `parking-check` and `parking-details` with a `TileRequest`,
 * and `parking-drop` with a `TileDrop`. Fires `parking-message` with a `Message` that says why a press
 * does nothing, or that asks before a bridge; with null to remove that question.
 *
 * The buttons are the same nodes in every state, so that a focused button keeps the focus.
 */
export class ValetTile extends PanelElement implements OwnerNames {
  static override styles = [tokens, controls, tileStyle];
  static override properties = {
    view: { attribute: false },
    call: { attribute: false },
    current: { type: Boolean },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    namesOwn: { attribute: false },
    confirm: { attribute: false },
    layout: { reflect: true },
    keys: { attribute: false },
    live: { attribute: false },
    confirming: { state: true },
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
  /** True if we have several extensions, so that the tile says which of them parked a call. */
  declare namesOwn: boolean;
  /** Which bridges need a second press. */
  declare confirm: Settings['confirm'];
  declare layout: Settings['layout'];
  /** The keys to show; null if single-character keys are switched off. */
  declare keys: KeyMap | null;
  /** True if a feed reports every change. Then the tile does not say when it was checked. */
  declare live: boolean;
  /** True while the tile asks whether to bridge. */
  declare protected confirming: boolean;
  /** True while a call is dragged over the tile. */
  declare protected isDropTarget: boolean;

  readonly #pressGuard = new PressGuard();

  constructor() {
    super();
    this.current = false;
    this.confirming = false;
    this.confirm = 'others';
    this.layout = 'board';
    this.keys = null;
    this.live = false;
    this.isDropTarget = false;
    this.namesOwn = false;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.tile')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isMoved = this.#pressGuard.update(`${primaryAction(this.view)} ${this.view.uuid}`);
    // The question was about other calls, so the next press must not answer it.
    const isOther = changed.has('call') && changed.get('call')?.call !== this.call?.call;
    if (isMoved || isOther) this.confirming = false;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('confirming')) return;
    if (this.confirming) this.fire('parking-message', question(this.locale, this.view));
    else if (changed.get('confirming') === true) this.fire('parking-message', null);
  }

  protected override render(): TemplateResult {
    const { view, locale } = this;
    const { slot } = view;
    const name = (): string =>
      this.confirming
        ? locale.format(question(locale, view))
        : label(locale, view, { names: this, waitTime: this.#waitTime(), now: Date.now() });
    return html`
      <div
        class=${this.#classes()}
        part="tile"
        role="gridcell"
        tabindex=${this.current ? 0 : -1}
        aria-label=${this.#isTimed ? timed(name, this.#second) : name()}
        aria-keyshortcuts=${this.keys !== null && slot < 10 ? slot : nothing}
        @keydown=${this.#onKey}
        @focusout=${this.#onFocusOut}
        @dragover=${this.#onDragOver}
        @dragleave=${() => (this.isDropTarget = false)}
        @drop=${this.#onDrop}
      >
        <span class="slot" part="slot" aria-hidden="true">${slot}</span>
        ${this.#time()} ${this.#caller()}
        <div class="acts">${this.#primary()} ${this.#secondary()} ${this.#more()}</div>
      </div>
    `;
  }

  #primary(): TemplateResult {
    const { slot: n, caller } = this.view;
    const obstacle = whyNot(this.view, this.call);
    const reason = obstacle === null ? nothing : this.text(obstacle);
    const name = partyText(this.locale, caller).name;
    const bridging = primaryAction(this.view) === 'bridge';
    const style = obstacle === null ? 'soft' : '';
    return html`<button
      part="action"
      class=${this.confirming ? 'main' : style}
      tabindex=${this.current ? 0 : -1}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-label=${
        bridging
          ? this.text(this.confirming ? 'act.confirm' : 'act.bridgeSlot', { who: name, n })
          : this.text('act.parkHereSlot', { n })
      }
      aria-description=${reason}
      aria-keyshortcuts=${this.#shortcut(bridging)}
      title=${reason}
      @click=${this.#onPrimary}
    >
      ${
        this.confirming
          ? this.toHtml({ key: 'act.confirm', params: { who: name } })
          : this.text(bridging ? 'act.bridge' : 'act.parkHere')
      }
    </button>`;
  }

  #secondary(): TemplateResult {
    const { slot: n } = this.view;
    const cancel = this.text('act.cancel');
    return html`<button
      class=${this.confirming ? '' : 'sign'}
      tabindex=${this.current ? 0 : -1}
      aria-label=${this.confirming ? cancel : this.text('act.checkSlot', { n })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.check)}
      title=${this.confirming ? '' : this.text('act.check')}
      @click=${this.#onSecondary}
    >
      ${this.confirming ? cancel : html`<span aria-hidden="true">⟳</span>`}
    </button>`;
  }

  #more(): TemplateResult {
    const { slot } = this.view;
    return html`<button
      class="sign"
      tabindex=${this.current ? 0 : -1}
      aria-label=${this.text('act.detailsSlot', { n: slot })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.details)}
      title=${this.text('act.details')}
      @click=${() => this.#request('details')}
    >
      <span aria-hidden="true">⋯</span>
    </button>`;
  }

  #shortcut(bridging: boolean): string | typeof nothing {
    if (this.keys === null) return nothing;
    if (bridging) return keyName(this.keys.bridge);
    return this.view.slot < 10 ? `Shift+${this.view.slot}` : nothing;
  }

  #classes(): string {
    const { state, mine, confirmed, pending } = this.view;
    const classes = ['tile', state];
    if (mine) classes.push('own');
    if (pending !== null) classes.push('busy');
    if (!confirmed && state !== 'unknown' && pending === null) classes.push('unsure');
    if (this.isDropTarget) classes.push('over');
    if (this.confirming) classes.push('asking');
    return classes.join(' ');
  }

  #waitTime(): WaitTime | null {
    const { slot, state, heldSince, returnsAt, exact } = this.view;
    if (state !== 'held' && state !== 'returning') return null;
    const returning = state === 'returning';
    const remaining = this.remaining(slot);
    return waitTime({ remaining, heldSince, returnsAt, exact, returning }, Date.now());
  }

  /** The second in which the texts of the tile change next. */
  readonly #second = (): number => {
    const remaining = this.remaining(this.view.slot);
    return remaining === null ? Math.floor(Date.now() / 1000) : -Math.ceil(remaining / 1000);
  };

  /** The age of the slot in whole seconds. */
  readonly #ageSecond = (): number => {
    return Math.floor((Date.now() - (this.view.checkedAt ?? 0)) / 1000);
  };

  /** True if a text of the tile changes as time passes. */
  get #isTimed(): boolean {
    return this.#waitTime() !== null || showsAge(this.view, this.live);
  }

  #time(): TemplateResult {
    const { pending } = this.view;
    if (pending !== null) {
      return html`<span class="time text">${this.text(`slot.${pending}`)}</span>`;
    }
    const now = this.#waitTime();
    if (now === null) return html`<span class="time"></span>`;
    const digits = (): string => {
      const shown = this.#waitTime()?.digits ?? '';
      return typeof shown === 'string' ? shown : this.text(shown.key, shown.params);
    };
    const ring = now.fractionLeft === null ? nothing : this.#ring();
    const kind = now.digits instanceof Object && now.fractionLeft === null ? 'time text' : 'time';
    return html`<span class=${kind} part="timer" role="timer"
      >${ring}${timed(digits, this.#second)}</span
    >`;
  }

  #ring(): TemplateResult {
    const left = (): string => `${Math.round((this.#waitTime()?.fractionLeft ?? 0) * 100)} 100`;
    const circle = (name: string, dashes: unknown): TemplateResult =>
      svg`<circle class=${name} cx="16" cy="16" r="13" pathLength="100"
        stroke-dasharray=${dashes} />`;
    return html`<svg class="ring" viewBox="0 0 32 32" aria-hidden="true">
      ${circle('whole', '100 100')}${circle('left', timed(left, this.#second))}
    </svg>`;
  }

  #caller(): TemplateResult {
    const { state, caller, mine, pending } = this.view;
    if (state === 'free' || state === 'unknown') {
      const name = (): string =>
        this.text(wasFree(this.view, Date.now()) ? 'slot.wasFree' : `slot.${state}`);
      const shown = this.#isTimed ? timed(name, this.#ageSecond) : name();
      // While a call is being parked here, the old state is not shown.
      return html`<div class="who">
        <div class="name">${pending === null ? shown : ''}</div>
        <div class="number"></div>
        <div class="parked">${this.#age()}</div>
      </div>`;
    }
    const { name, number } = partyText(this.locale, caller);
    const isAged = ageOf(this.view, Date.now()) !== null;
    const owner = this.toHtml(ownerText('slot', this.view, this));
    return html`<div class="who">
      <div class="name" part="name"><bdi>${name}</bdi></div>
      <div class="number"><bdi>${number ?? ''}</bdi></div>
      <div class="parked">
        ${isAged ? this.#age() : ''} ${mine ? html`<span class="mine">★ ${owner}</span>` : owner}
        ${isAged ? '' : this.#age()}
      </div>
    </div>`;
  }

  /** The age of an unconfirmed slot, or how long ago a confirmed one was checked. */
  #age(): TemplateResult | typeof nothing {
    const age = (): Message | null => ageOf(this.view, Date.now())?.shown ?? null;
    const checked = (): Message | null => checkedAgo(this.view, this.live, Date.now());
    const kind = age() === null ? 'checked' : 'age';
    const text = (): string => this.format(age() ?? checked());
    if (showsAge(this.view, this.live)) {
      return html`<span class=${kind}>${timed(text, this.#ageSecond)}</span>`;
    }
    return kind === 'age' ? html`<span class="age">${text()}</span>` : nothing;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.confirming) {
      this.confirming = false;
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
    if (!(next instanceof Node && this.renderRoot.contains(next))) this.confirming = false;
  }

  /**
   * Runs the primary action of the tile, or says why that is not possible. `seen` is the call that
   * the person saw in the slot.
   */
  press(seen = this.view.uuid): void {
    const { view, call } = this;
    const obstacle = whyNot(view, call);
    if (obstacle !== null) {
      this.fire('parking-message', { key: obstacle } satisfies Message);
    } else if (this.#pressGuard.isBlocked || seen !== view.uuid) {
      this.fire('parking-message', {
        key: 'why.changed',
        params: { n: view.slot },
      } satisfies Message);
    } else if (primaryAction(view) === 'park') {
      this.#request('park');
    } else if (this.confirming || !this.#asksFirst()) {
      this.confirming = false;
      this.#request('bridge');
    } else {
      this.confirming = true;
    }
  }

  #asksFirst(): boolean {
    return this.confirm === 'always' || (this.confirm === 'others' && !this.view.mine);
  }

  /** The second click of a double click must not answer the question that the first one opened. */
  #onPrimary(event: MouseEvent): void {
    if (event.detail < 2) this.press();
  }

  #onSecondary(): void {
    if (this.confirming) this.confirming = false;
    else this.#request('check');
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

  #request(action: 'park' | 'bridge' | 'check' | 'details'): void {
    const { slot, uuid } = this.view;
    this.fire(`parking-${action}`, { slot, uuid } satisfies TileRequest);
  }
}
