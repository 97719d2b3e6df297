import { html, nothing, svg, type TemplateResult } from 'lit';
import type { SlotView } from 'valet-park';
import { stageOf, type Stage } from './stage.ts';
import { onTickWhile } from './tick.ts';
import { timed } from './timed.ts';
import { waitTime, type WaitTime } from './wait-time.ts';
import type { Message } from './messages.ts';

/** The tile whose times are shown. */
export interface TimedTile {
  readonly view: SlotView;
  /** True unless the tile is far outside of the visible part of the page. */
  readonly inSight: boolean;
  /** Returns the ms until the call in a slot returns; null if that is not known. */
  readonly remaining: (slot: number) => number | null;
  requestUpdate(): void;
}

/** The sign of a call that returns. It has the size of a countdown, in every language. */
const arrowBack = html`<svg class="arrow" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M9 5 4 10l5 5M4 10h10a5 5 0 0 1 0 10h-3" />
</svg>`;

/** The parts of a tile that change as time passes. */
export class TileTime {
  readonly #tile: TimedTile;
  /** A tile out of sight is not written. */
  readonly #tick = onTickWhile(() => this.#tile.inSight);

  constructor(tile: TimedTile) {
    this.#tile = tile;
  }

  /** How long the call waits; null without a call or without a known time. */
  get wait(): WaitTime | null {
    const { slot, state, heldSince, returnsAt, exact } = this.#tile.view;
    if (state !== 'held' && state !== 'returning') return null;
    const remaining = this.#tile.remaining(slot);
    const returning = state === 'returning';
    return waitTime({ remaining, heldSince, returnsAt, exact, returning }, Date.now());
  }

  /** How soon the call returns. */
  get stage(): Stage {
    const { slot, state } = this.#tile.view;
    if (state === 'returning') return 'over';
    return state === 'held' ? stageOf(this.#tile.remaining(slot)) : 'calm';
  }

  /** A text or an attribute that changes when the countdown shows another second. */
  bySecond(read: () => unknown): unknown {
    return timed(read, () => this.#second(), this.#tick);
  }

  /** A text that changes when the slot becomes a second older. */
  byAge(read: () => unknown): unknown {
    const { checkedAt } = this.#tile.view;
    const age = (): number => Math.floor((Date.now() - (checkedAt ?? 0)) / 1000);
    return timed(read, age, this.#tick);
  }

  /** The second in which the texts of the tile change next. */
  #second(): number {
    const remaining = this.#tile.remaining(this.#tile.view.slot);
    return remaining === null ? Math.floor(Date.now() / 1000) : -Math.ceil(remaining / 1000);
  }

  /** The ring with the digits in it; nothing if no time is known. */
  clock(format: (message: Message) => string): TemplateResult | typeof nothing {
    const { wait, stage } = this;
    if (wait === null) return nothing;
    const digits = (): string => {
      // The sign of a call that returns takes the place of the ring.
      if (this.stage === 'over' && stage !== 'over') this.#tile.requestUpdate();
      const shown = this.wait?.digits ?? '';
      return typeof shown === 'string' ? shown : format(shown);
    };
    const ring = wait.fractionLeft === null ? nothing : this.#ring();
    if (stage === 'over') {
      return html`<span class="time back" part="timer" role="timer"
        >${arrowBack}<span class="visually-hidden">${this.bySecond(digits)}</span></span
      >`;
    }
    const isText = wait.digits instanceof Object && wait.fractionLeft === null;
    return html`<span class=${isText ? 'time text' : 'time'} part="timer" role="timer"
      >${ring}<span class="digits">${this.bySecond(digits)}</span></span
    >`;
  }

  #ring(): TemplateResult {
    const left = (): string => `${Math.round((this.wait?.fractionLeft ?? 0) * 100)} 100`;
    const circle = (name: string, dashes: unknown): TemplateResult =>
      svg`<circle class=${name} cx="32" cy="32" r="28" pathLength="100"
        stroke-dasharray=${dashes} />`;
    return html`<svg class="ring" viewBox="0 0 64 64" aria-hidden="true">
      ${circle('whole', nothing)}${circle('left', this.bySecond(left))}
    </svg>`;
  }
}
