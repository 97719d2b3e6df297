import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SlotView, SyncView } from 'valet-park';
import { ageOf, checkedAgo } from './age.ts';
import { ownerText, type OwnerNames } from './label.ts';
import type { Message } from './messages.ts';
import { isHeld, urgency } from './obstacle.ts';
import { PanelElement } from './panel-element.ts';
import { partyText } from './party.ts';
import { stageOf } from './stage.ts';
import { timed } from './timed.ts';
import { tokens } from './tokens.ts';
import { formatClock, waitTime, type WaitTime } from './wait-time.ts';
import { wallStyle } from './wall.style.ts';

/** The number of calls in one column, and on the whole wall. The header counts the others. */
const oneColumn = 6;
const mostShown = 12;

/**
 * The waiting calls for a television on a wall: the most urgent call first, a clock, and no controls.
 *
 * The slot `menu` of the element is shown while the pointer or the focus is on the wall.
 */
export class ValetWall extends PanelElement implements OwnerNames {
  static override styles = [tokens, wallStyle];
  static override properties = {
    slots: { attribute: false },
    sync: { attribute: false },
    remaining: { attribute: false },
    nameOf: { attribute: false },
    namesOwn: { attribute: false },
  };

  declare slots: readonly SlotView[];
  declare sync: SyncView;
  /** Returns the ms until the call in a slot returns; null if that is not known. */
  declare remaining: (slot: number) => number | null;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;
  /** True if we have several extensions, so that a call says which of them parked it. */
  declare namesOwn: boolean;

  protected override render(): TemplateResult {
    const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
    const waiting = this.slots.filter(isHeld).sort((a, b) => left(a) - left(b));
    const shown = waiting.slice(0, mostShown);
    return html`<div class="wall">
      ${this.#header(waiting)}
      ${
        shown.length === 0
          ? html`<p class="none">${this.text(this.#isKnown ? 'wall.none' : 'slot.unknown')}</p>`
          : html`<ol class=${shown.length > oneColumn ? 'many' : ''}>
              ${repeat(
                shown,
                ({ slot, uuid }) => `${slot} ${uuid}`,
                (view) => this.#call(view),
              )}
            </ol>`
      }
      ${
        waiting.length > shown.length
          ? html`<p class="more">
              ${this.text('wall.more', { n: waiting.length - shown.length })}
            </p>`
          : ''
      }
    </div>`;
  }

  /** True if the state of every slot is known. */
  get #isKnown(): boolean {
    return this.slots.every(({ state }) => state !== 'unknown');
  }

  #header(waiting: readonly SlotView[]): TemplateResult {
    const since = waiting.map(({ heldSince }) => heldSince ?? Infinity);
    const first = Math.min(...since);
    // An age is rounded down.
    const second = (): number => Math.floor((Date.now() - first) / 1000);
    const longest = (): string =>
      this.text('wall.longest', { time: formatClock(Math.max(0, second()) * 1000) });
    return html`<header>
      <h2>${this.text('wall.waiting', { n: waiting.length })}</h2>
      ${first === Infinity ? '' : html`<span>${timed(longest, second)}</span>`}
      <valet-sync .locale=${this.locale} .sync=${this.sync}></valet-sync>
      <span class="menu"><slot name="menu"></slot></span>
      <span class="clock">${timed(() => this.locale.shortTime(Date.now()))}</span>
    </header>`;
  }

  #call(view: SlotView): TemplateResult {
    const { slot, caller, confirmed } = view;
    const second = (): number => Math.ceil((this.remaining(slot) ?? -Date.now()) / 1000);
    const classes = (): string => {
      const stage = view.state === 'returning' ? 'over' : stageOf(this.remaining(slot));
      return `${stage} ${confirmed ? '' : 'unsure'}`;
    };
    return html`<li class=${timed(classes, second)}>
      <span class="slot" role="img" aria-label=${this.text('details.title', { n: slot })}
        >${slot}</span
      >
      <div class="who">
        <div class="name"><bdi>${partyText(this.locale, caller).name}</bdi></div>
        <div class="facts">${this.#facts(view)}</div>
      </div>
      <span class="time ${this.#isText(view) ? 'text' : ''}"
        >${timed(() => this.#digits(view), second)}</span
      >
    </li>`;
  }

  /** For whom the call waits, who parked it, and how old this is. */
  #facts(view: SlotView): TemplateResult {
    const { forWhom } = view;
    const age = (): string => {
      const now = Date.now();
      const isLive = this.sync.state === 'live';
      return this.format(ageOf(view, now)?.shown ?? checkedAgo(view, isLive, now));
    };
    const second = (): number => Math.floor(Date.now() / 1000);
    const facts: TemplateResult[] = [];
    if (forWhom !== null) {
      facts.push(html`${this.toHtml({ key: 'history.for', params: { name: forWhom } })}`);
    }
    facts.push(this.toHtml(ownerText('slot', view, this)));
    return html`${facts.map((fact, at) => html`${at === 0 ? '' : ' ·\u00a0'}${fact}`)}
      <i>${timed(age, second)}</i>`;
  }

  #digits(view: SlotView): string {
    const shown: string | Message = this.#waitTime(view)?.digits ?? '';
    return typeof shown === 'string' ? shown : this.format(shown);
  }

  /** True if a text is shown in place of a countdown. */
  #isText(view: SlotView): boolean {
    const now = this.#waitTime(view);
    return now?.digits instanceof Object && now.fractionLeft === null;
  }

  #waitTime(view: SlotView): WaitTime | null {
    const { slot, state, heldSince, returnsAt, exact } = view;
    const returning = state === 'returning';
    const remaining = this.remaining(slot);
    return waitTime({ remaining, heldSince, returnsAt, exact, returning }, Date.now());
  }
}
