import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import type { CallView, SlotView } from 'valet-park';
import { label, question } from './label.ts';
import { spoken, words, type Message } from './messages.ts';
import { who } from './party.ts';
import { primaryAct, whyNot } from './possible.ts';
import { stay, type Stay } from './stay.ts';
import { Ticker } from './ticker.ts';
import { tileStyle } from './tile.style.ts';
import { controls, tokens } from './tokens.ts';

/** What is asked for. `uuid` is the call that was seen there; no slot means any. */
export interface TileRequest {
  readonly slot: number | null;
  readonly uuid: string | null;
}

/** How long a press goes nowhere after a tile has changed under the finger. */
const settlingMs = 350;

/**
 * One slot of the board.
 *
 * Fires `parking-park`, `parking-bridge` and `parking-look` with a `TileRequest`, and
 * `parking-say` with a `Message` where a press can do nothing. The two buttons stay the same nodes
 * in every state, so that whoever is on one of them stays there when the state changes.
 */
export class ValetTile extends LitElement {
  static override styles = [tokens, controls, tileStyle];
  static override properties = {
    view: { attribute: false },
    call: { attribute: false },
    current: { type: Boolean },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    confirming: { state: true },
  };

  declare view: SlotView;
  /** The selected live call, with which something may be done here. */
  declare call: CallView | null;
  /** True for the one tile of the board that the Tab key reaches. */
  declare current: boolean;
  declare remaining: (slot: number) => number | null;
  /** How an extension is called by people. */
  declare nameOf: (extension: string) => string;
  declare protected confirming: boolean;

  /** What pressing meant when it last changed its meaning, and when that was. */
  #meaning = '';
  #changedAt = -Infinity;

  constructor() {
    super();
    this.current = false;
    this.confirming = false;
    new Ticker(this, () => {
      const now = this.#stay();
      return now === null ? '' : JSON.stringify([now.digits, now.sentence]);
    });
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.tile')?.focus(options);
  }

  protected override willUpdate(): void {
    const meaning = `${primaryAct(this.view)} ${this.view.uuid}`;
    if (meaning === this.#meaning) return;
    if (this.#meaning !== '') this.#changedAt = performance.now();
    this.#meaning = meaning;
    this.confirming = false;
  }

  protected override render(): TemplateResult {
    const { view, confirming, nameOf } = this;
    const name = confirming ? question(view) : label(view, this.#stay(), nameOf);
    return html`
      <div
        class=${this.#looks()}
        role="gridcell"
        tabindex=${this.current ? 0 : -1}
        aria-label=${name}
        @keydown=${this.#onKey}
        @focusout=${this.#onFocusOut}
      >
        <span class="slot" aria-hidden="true">${this.view.slot}</span>
        ${this.#time()} ${this.#who()}
        <div class="acts">${this.#primary()} ${this.#secondary()}</div>
      </div>
    `;
  }

  #primary(): TemplateResult {
    const { slot: n, caller } = this.view;
    const obstacle = whyNot(this.view, this.call);
    const reason = obstacle === null ? nothing : words(obstacle);
    const name = who(caller).name;
    const bridging = primaryAct(this.view) === 'bridge';
    const looks = obstacle === null ? 'soft' : '';
    return html`<button
      class=${this.confirming ? 'main' : looks}
      tabindex=${this.current ? 0 : -1}
      aria-disabled=${obstacle === null ? 'false' : 'true'}
      aria-label=${
        bridging
          ? words(this.confirming ? 'act.confirm' : 'act.bridgeSlot', { who: name, n })
          : words('act.parkHereSlot', { n })
      }
      aria-description=${reason}
      title=${reason}
      @click=${this.#onPrimary}
    >
      ${
        this.confirming
          ? spoken({ key: 'act.confirm', params: { who: name } })
          : words(bridging ? 'act.bridge' : 'act.parkHere')
      }
    </button>`;
  }

  #secondary(): TemplateResult {
    const { slot: n } = this.view;
    return html`<button
      tabindex=${this.current ? 0 : -1}
      aria-label=${this.confirming ? words('act.cancel') : words('act.lookSlot', { n })}
      @click=${this.#onSecondary}
    >
      ${words(this.confirming ? 'act.cancel' : 'act.look')}
    </button>`;
  }

  #looks(): string {
    const { state, mine, confirmed, pending } = this.view;
    const looks = ['tile', state];
    if (mine) looks.push('own');
    if (pending !== null) looks.push('busy');
    if (!confirmed && state === 'held') looks.push('unsure');
    return looks.join(' ');
  }

  #stay(): Stay | null {
    const { slot, state, heldSince, returnsAt, exact } = this.view;
    if (state !== 'held' && state !== 'returning') return null;
    const returning = state === 'returning';
    const remaining = this.remaining(slot);
    return stay({ remaining, heldSince, returnsAt, exact, returning }, Date.now());
  }

  #time(): TemplateResult {
    const { pending } = this.view;
    if (pending !== null) {
      return html`<span class="time text">${words(`slot.${pending}`)}</span>`;
    }
    const now = this.#stay();
    if (now === null) return html`<span class="time"></span>`;
    const digits = typeof now.digits === 'string' ? now.digits : spoken(now.digits);
    const ring = now.share === null ? nothing : this.#ring(now.share);
    const kind = now.digits instanceof Object && now.share === null ? 'time text' : 'time';
    return html`<span class=${kind} role="timer">${ring}${digits}</span>`;
  }

  #ring(share: number): TemplateResult {
    const circle = (looks: string, length: number): TemplateResult =>
      svg`<circle class=${looks} cx="16" cy="16" r="13" pathLength="100"
        stroke-dasharray="${length} 100" />`;
    return html`<svg class="ring" viewBox="0 0 32 32" aria-hidden="true">
      ${circle('whole', 100)}${circle('left', Math.round(share * 100))}
    </svg>`;
  }

  #who(): TemplateResult {
    const { state, caller, parkedBy, mine, confirmed } = this.view;
    if (state === 'free' || state === 'unknown') {
      return html`<div class="who"><div class="name">${words(`slot.${state}`)}</div></div>`;
    }
    const { name, number } = who(caller);
    const parked: Message =
      parkedBy === null
        ? { key: 'slot.foreign' }
        : { key: 'slot.parkedBy', params: { name: this.nameOf(parkedBy) } };
    return html`<div class="who">
      <div class="name"><bdi>${name}</bdi></div>
      <div class="number"><bdi>${number ?? ''}</bdi></div>
      <div class="parked">
        ${mine ? html`<span class="mine">★ ${words('slot.mine')}</span>` : spoken(parked)}
        ${confirmed ? '' : html`· ${words('slot.unconfirmed')}`}
      </div>
    </div>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.confirming) {
      this.confirming = false;
      event.stopPropagation();
    }
    const onTile = event.target === event.currentTarget;
    if (!onTile || event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    this.#onPrimary();
  }

  #onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (!(next instanceof Node && this.renderRoot.contains(next))) this.confirming = false;
  }

  #onPrimary(): void {
    const { view, call } = this;
    const obstacle = whyNot(view, call);
    if (obstacle !== null) {
      this.#say({ key: obstacle });
    } else if (performance.now() - this.#changedAt < settlingMs) {
      this.#say({ key: 'why.changed', params: { n: view.slot } });
    } else if (primaryAct(view) === 'park') {
      this.#ask('park');
    } else if (view.mine || this.confirming) {
      this.confirming = false;
      this.#ask('bridge');
    } else {
      this.confirming = true;
    }
  }

  #onSecondary(): void {
    if (this.confirming) this.confirming = false;
    else this.#ask('look');
  }

  #ask(verb: 'park' | 'bridge' | 'look'): void {
    const { slot, uuid } = this.view;
    const detail: TileRequest = { slot, uuid };
    const init = { detail, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(`parking-${verb}`, init));
  }

  #say(detail: Message): void {
    this.dispatchEvent(new CustomEvent('parking-say', { detail, bubbles: true, composed: true }));
  }
}
