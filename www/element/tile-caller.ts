import { html, nothing, type TemplateResult } from 'lit';
import type { Party, SlotView } from 'valet-park';
import { ageOf, checkedAgo, shortAge, showsAge } from './age.ts';
import { ownerText, wasFree, type OwnerNames } from './label.ts';
import type { Locale } from './locale.ts';
import type { Message, MessageKey } from './messages.ts';
import { isHeld } from './obstacle.ts';
import { cleanText, partyText } from './party.ts';
import type { Settings } from './settings.ts';
import type { TileTime } from './tile-time.ts';

/** A number in the place of a name. It is one word, and does not break. */
const onlyDigits = /^\+?\d+$/;

/** The tile whose texts are shown. */
export interface CallerTile extends OwnerNames {
  readonly locale: Locale;
  readonly view: SlotView;
  /** True for the one tile of the board that Tab reaches. */
  readonly current: boolean;
  readonly live: boolean;
  /** True while nothing can be asked. */
  readonly isOffline: boolean;
  /** True if the call returns before all others, and others wait. */
  readonly isNext: boolean;
  /** The dock has room for a short age. */
  readonly layout: Settings['layout'];
  /** Returns the address of a page about a caller, or null. */
  readonly callerHref: ((caller: Party) => string | null) | null;
}

/** Returns the texts of a tile: who waits, and one line about the call. */
export function callerOf(tile: CallerTile, time: TileTime): TemplateResult {
  return isHeld(tile.view) ? waiting(tile, time) : empty(tile, time);
}

function waiting(tile: CallerTile, time: TileTime): TemplateResult {
  const { locale, view } = tile;
  const { caller, mine, note, forWhom } = view;
  const { name, number } = partyText(locale, caller);
  const href = caller === null ? null : (tile.callerHref?.(caller) ?? null);
  const owner = locale.toHtml(ownerText('slot', view, tile));
  const parts = [
    ageText(tile, time),
    html`<b class="stage">${time.bySecond(() => stageText(tile, time))}</b>`,
    // On a narrow tile the last parts are cut.
    forWhom === null ? nothing : forText(locale, forWhom),
    note === null ? nothing : html`<bdi class="note">${cleanText(note)}</bdi>`,
    mine ? html`<b class="mine">★ ${owner}</b>` : nothing,
    tile.isNext ? html`<b class="next">${locale.text('slot.next')}</b>` : nothing,
    mine ? nothing : html`<span class="owner">${owner}</span>`,
    number === null ? nothing : html`<bdi class="number">${number}</bdi>`,
  ].filter((part) => part !== nothing);
  return html`<div class="who">
    <div class=${classOf(name)} title=${name.length > 20 ? name : nothing} part="name">
      ${
        href === null
          ? html`<bdi>${name}</bdi>`
          : html`<a href=${href} target="_blank" rel="noopener" tabindex=${tile.current ? 0 : -1}
              ><bdi>${name}</bdi></a
            >`
      }
    </div>
    <div class="rest">
      <div class="about">
        ${parts.map((part) => html`<span class="part">${part}</span><span class="dot"> </span>`)}
      </div>
    </div>
  </div>`;
}

/** A long name, and a number that is longer than any real one, are smaller where the tile is narrow. */
function classOf(name: string): string {
  const isNumber = onlyDigits.test(name);
  const isLong = name.length > (isNumber ? 16 : 20);
  return ['name', ...(isNumber ? ['number'] : []), ...(isLong ? ['long'] : [])].join(' ');
}

function forText(locale: Locale, name: string): TemplateResult {
  return html`<span class="for"
    >${locale.toHtml({ key: 'slot.for', params: { name: cleanText(name) } })}</span
  >`;
}

/** Returns the word for the stage of the call; empty while the call is calm. */
function stageText({ locale, view }: CallerTile, { stage }: TileTime): string {
  if (view.pending !== null || stage === 'calm') return '';
  return locale.text(stage === 'over' ? 'slot.returning' : `stage.${stage}`);
}

/** Returns the texts of a slot without a call. */
function empty(tile: CallerTile, time: TileTime): TemplateResult {
  const { view, locale } = tile;
  const key = (): MessageKey => {
    if (view.state === 'unknown') return 'slot.unknown';
    return wasFree(aged(tile), Date.now()) ? 'slot.wasFree' : 'slot.free';
  };
  const name = (): string => locale.text(key());
  // While a call is being parked here, the old state is not shown.
  const shown = showsAge(aged(tile), tile.live) ? time.byAge(name) : name();
  return html`<div class="who">
    <div class="name">${view.pending === null ? shown : ''}</div>
    <div class="about"><span class="part">${ageText(tile, time)}</span></div>
  </div>`;
}

/** Returns the view as the tile shows it. Nothing counts as confirmed while nothing can be asked. */
export function aged({ view, isOffline }: CallerTile): SlotView {
  return isOffline ? { ...view, confirmed: false } : view;
}

/** Returns the age of an unconfirmed slot, or how long ago a confirmed one was checked. */
function ageText(tile: CallerTile, time: TileTime): TemplateResult | typeof nothing {
  const view = aged(tile);
  const { locale, live } = tile;
  const age = (): Message | null => ageOf(view, Date.now())?.shown ?? null;
  const checked = (): Message | null => checkedAgo(view, live, Date.now());
  const isAged = age() !== null;
  const text = (): string => {
    const shown = age() ?? checked();
    if (shown === null) return '';
    return locale.format(tile.layout === 'dock' ? shortAge(shown) : shown);
  };
  if (showsAge(view, live)) {
    return html`<span class=${isAged ? 'age' : 'checked'}>${time.byAge(text)}</span>`;
  }
  return isAged ? html`<span class="age">${text()}</span>` : nothing;
}
