import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { CallView, SlotView } from 'valet-park';
import { ageOf, ages, checkedOf } from './age.ts';
import { keyName, type KeyMap } from './keys.ts';
import { label, question, wasFree } from './label.ts';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import { who } from './party.ts';
import { primaryAct, whyNot } from './possible.ts';
import type { Settings } from './settings.ts';
import { Settling } from './settling.ts';
import { stay, type Stay } from './stay.ts';
import { ticking } from './ticking.ts';
import { tileStyle } from './tile.style.ts';
import { controls, tokens } from './tokens.ts';

/** What is asked for. `uuid` is the call that was seen there; no slot means any. */
export interface TileRequest {
  readonly slot: number | null;
  readonly uuid: string | null;
}

/** A call that was dropped on a tile. */
export interface TileDrop extends TileRequest {
  readonly slot: number;
  readonly call: string;
}

/** The kind of what is dragged: the name of a call. */
export const dragged = 'application/x-valet-park-call';

/**
 * One slot of the board.
 *
 * Fires `parking-park`, `parking-bridge`, `parking-look` and `parking-details` with a
 * `TileRequest`, `parking-drop` with a `TileDrop`, and `parking-say` with a `Message` where a press
 * can do nothing or asks something; null takes the question back. The buttons stay the same nodes in every state, so that whoever is on one of them
 * stays there when the state changes.
 */
export class ValetTile extends Part {
  static override styles = [tokens, controls, tileStyle];
  static override properties = {
    view: { attribute: false },
    call: { attribute: false },
    current: { type: Boolean },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    confirm: { attribute: false },
    layout: { reflect: true },
    keys: { attribute: false },
    live: { attribute: false },
    confirming: { state: true },
    over: { state: true },
  };

  declare view: SlotView;
  /** The selected live call, with which something may be done here. */
  declare call: CallView | null;
  /** True for the one tile of the board that the Tab key reaches. */
  declare current: boolean;
  declare remaining: (slot: number) => number | null;
  /** How an extension is called by people. */
  declare nameOf: (extension: string) => string;
  /** Before which bridges to ask. */
  declare confirm: Settings['confirm'];
  declare layout: Settings['layout'];
  /** Which keys to tell of; null if none of a single character works. */
  declare keys: KeyMap | null;
  /** A feed tells of every change, so it does not matter when the slot was looked at. */
  declare live: boolean;
  declare protected confirming: boolean;
  /** A call is being dragged over it. */
  declare protected over: boolean;

  readonly #settling = new Settling();

  constructor() {
    super();
    this.current = false;
    this.confirming = false;
    this.confirm = 'others';
    this.layout = 'board';
    this.keys = null;
    this.live = false;
    this.over = false;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.tile')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isMoved = this.#settling.note(`${primaryAct(this.view)} ${this.view.uuid}`);
    // An answer is about the two calls that were asked about.
    const isOther = changed.has('call') && changed.get('call')?.call !== this.call?.call;
    if (isMoved || isOther) this.confirming = false;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('confirming')) return;
    if (this.confirming) this.fire('parking-say', question(this.tongue, this.view));
    else if (changed.get('confirming') === true) this.fire('parking-say', null);
  }

  protected override render(): TemplateResult {
    const { view, tongue, nameOf } = this;
    const { slot } = view;
    const asked = (): string => {
      const { key, params } = question(tongue, view);
      return tongue.words(key, params);
    };
    const name = (): string =>
      this.confirming
        ? asked()
        : label(tongue, view, { stay: this.#stay(), nameOf, now: Date.now() });
    return html`
      <div
        class=${this.#looks()}
        part="tile"
        role="gridcell"
        tabindex=${this.current ? 0 : -1}
        aria-label=${this.#moves ? ticking(name, this.#second) : name()}
        aria-keyshortcuts=${this.keys !== null && slot < 10 ? slot : nothing}
        @keydown=${this.#onKey}
        @focusout=${this.#onFocusOut}
        @dragover=${this.#onDragOver}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#onDrop}
      >
        <span class="slot" part="slot" aria-hidden="true">${slot}</span>
        ${this.#time()} ${this.#who()}
        <div class="acts">${this.#primary()} ${this.#secondary()} ${this.#more()}</div>
      </div>
    `;
  }

  #primary(): TemplateResult {
    const { slot: n, caller } = this.view;
    const obstacle = whyNot(this.view, this.call);
    const reason = obstacle === null ? nothing : this.words(obstacle);
    const name = who(this.tongue, caller).name;
    const bridging = primaryAct(this.view) === 'bridge';
    const looks = obstacle === null ? 'soft' : '';
    return html`<button
      part="action"
      class=${this.confirming ? 'main' : looks}
      tabindex=${this.current ? 0 : -1}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-label=${
        bridging
          ? this.words(this.confirming ? 'act.confirm' : 'act.bridgeSlot', { who: name, n })
          : this.words('act.parkHereSlot', { n })
      }
      aria-description=${reason}
      aria-keyshortcuts=${this.#shortcut(bridging)}
      title=${reason}
      @click=${this.#onPrimary}
    >
      ${
        this.confirming
          ? this.spoken({ key: 'act.confirm', params: { who: name } })
          : this.words(bridging ? 'act.bridge' : 'act.parkHere')
      }
    </button>`;
  }

  #secondary(): TemplateResult {
    const { slot: n } = this.view;
    const cancel = this.words('act.cancel');
    return html`<button
      class=${this.confirming ? '' : 'sign'}
      tabindex=${this.current ? 0 : -1}
      aria-label=${this.confirming ? cancel : this.words('act.lookSlot', { n })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.look)}
      title=${this.confirming ? '' : this.words('act.look')}
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
      aria-label=${this.words('act.detailsSlot', { n: slot })}
      aria-keyshortcuts=${this.keys === null ? nothing : keyName(this.keys.details)}
      title=${this.words('act.details')}
      @click=${() => this.#ask('details')}
    >
      <span aria-hidden="true">⋯</span>
    </button>`;
  }

  #shortcut(bridging: boolean): string | typeof nothing {
    if (this.keys === null) return nothing;
    if (bridging) return keyName(this.keys.bridge);
    return this.view.slot < 10 ? `Shift+${this.view.slot}` : nothing;
  }

  #looks(): string {
    const { state, mine, confirmed, pending } = this.view;
    const looks = ['tile', state];
    if (mine) looks.push('own');
    if (pending !== null) looks.push('busy');
    if (!confirmed && state !== 'unknown' && pending === null) looks.push('unsure');
    if (this.over) looks.push('over');
    if (this.confirming) looks.push('asking');
    return looks.join(' ');
  }

  #stay(): Stay | null {
    const { slot, state, heldSince, returnsAt, exact } = this.view;
    if (state !== 'held' && state !== 'returning') return null;
    const returning = state === 'returning';
    const remaining = this.remaining(slot);
    return stay({ remaining, heldSince, returnsAt, exact, returning }, Date.now());
  }

  /** What the texts of a tile depend on, as time passes. */
  readonly #second = (): number => {
    const remaining = this.remaining(this.view.slot);
    return remaining === null ? Math.floor(Date.now() / 1000) : -Math.ceil(remaining / 1000);
  };

  /** The age of the slot in whole seconds. */
  readonly #ageSecond = (): number => {
    return Math.floor((Date.now() - (this.view.checkedAt ?? 0)) / 1000);
  };

  /** Whether anything on the tile changes as time passes. */
  get #moves(): boolean {
    return this.#stay() !== null || ages(this.view, this.live);
  }

  #time(): TemplateResult {
    const { pending } = this.view;
    if (pending !== null) {
      return html`<span class="time text">${this.words(`slot.${pending}`)}</span>`;
    }
    const now = this.#stay();
    if (now === null) return html`<span class="time"></span>`;
    const digits = (): string => {
      const shown = this.#stay()?.digits ?? '';
      return typeof shown === 'string' ? shown : this.words(shown.key, shown.params);
    };
    const ring = now.share === null ? nothing : this.#ring();
    const kind = now.digits instanceof Object && now.share === null ? 'time text' : 'time';
    return html`<span class=${kind} part="timer" role="timer"
      >${ring}${ticking(digits, this.#second)}</span
    >`;
  }

  #ring(): TemplateResult {
    const left = (): string => `${Math.round((this.#stay()?.share ?? 0) * 100)} 100`;
    const circle = (looks: string, dashes: unknown): TemplateResult =>
      svg`<circle class=${looks} cx="16" cy="16" r="13" pathLength="100"
        stroke-dasharray=${dashes} />`;
    return html`<svg class="ring" viewBox="0 0 32 32" aria-hidden="true">
      ${circle('whole', '100 100')}${circle('left', ticking(left, this.#second))}
    </svg>`;
  }

  #who(): TemplateResult {
    const { state, caller, parkedBy, mine, pending } = this.view;
    if (state === 'free' || state === 'unknown') {
      const name = (): string =>
        this.words(wasFree(this.view, Date.now()) ? 'slot.wasFree' : `slot.${state}`);
      const shown = this.#moves ? ticking(name, this.#ageSecond) : name();
      // While a call is on its way here, what was there before is no longer of interest.
      return html`<div class="who">
        <div class="name">${pending === null ? shown : ''}</div>
        <div class="number"></div>
        <div class="parked">${this.#age()}</div>
      </div>`;
    }
    const { name, number } = who(this.tongue, caller);
    const isAged = ageOf(this.view, Date.now()) !== null;
    const parked: Message =
      parkedBy === null
        ? { key: 'slot.foreign' }
        : { key: 'slot.parkedBy', params: { name: this.nameOf(parkedBy) } };
    return html`<div class="who">
      <div class="name" part="name"><bdi>${name}</bdi></div>
      <div class="number"><bdi>${number ?? ''}</bdi></div>
      <div class="parked">
        ${isAged ? this.#age() : ''}
        ${mine ? html`<span class="mine">★ ${this.words('slot.mine')}</span>` : this.spoken(parked)}
        ${isAged ? '' : this.#age()}
      </div>
    </div>`;
  }

  /** How old what is shown is, or how long ago it was checked; nothing where neither matters. */
  #age(): TemplateResult | typeof nothing {
    const age = (): Message | null => ageOf(this.view, Date.now())?.shown ?? null;
    const checked = (): Message | null => checkedOf(this.view, this.live, Date.now());
    const kind = age() === null ? 'checked' : 'age';
    const text = (): string => this.text(age() ?? checked());
    if (ages(this.view, this.live)) {
      return html`<span class=${kind}>${ticking(text, this.#ageSecond)}</span>`;
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

  /** Does what the tile offers, or says why not; `seen` is the call that was meant. */
  press(seen = this.view.uuid): void {
    const { view, call } = this;
    const obstacle = whyNot(view, call);
    if (obstacle !== null) {
      this.fire('parking-say', { key: obstacle } satisfies Message);
    } else if (this.#settling.isUnsettled || seen !== view.uuid) {
      this.fire('parking-say', { key: 'why.changed', params: { n: view.slot } } satisfies Message);
    } else if (primaryAct(view) === 'park') {
      this.#ask('park');
    } else if (this.confirming || !this.#asksFirst()) {
      this.confirming = false;
      this.#ask('bridge');
    } else {
      this.confirming = true;
    }
  }

  #asksFirst(): boolean {
    return this.confirm === 'always' || (this.confirm === 'others' && !this.view.mine);
  }

  /** The second half of a double click answers no question that the first half has asked. */
  #onPrimary(event: MouseEvent): void {
    if (event.detail < 2) this.press();
  }

  #onSecondary(): void {
    if (this.confirming) this.confirming = false;
    else this.#ask('look');
  }

  #onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes(dragged)) return;
    event.preventDefault();
    this.over = true;
  }

  #onDrop(event: DragEvent): void {
    this.over = false;
    const call = event.dataTransfer?.getData(dragged);
    if (!call) return;
    event.preventDefault();
    const { slot, uuid } = this.view;
    this.fire('parking-drop', { slot, uuid, call } satisfies TileDrop);
  }

  #ask(verb: 'park' | 'bridge' | 'look' | 'details'): void {
    const { slot, uuid } = this.view;
    this.fire(`parking-${verb}`, { slot, uuid } satisfies TileRequest);
  }
}
