import { LitElement, html, type TemplateResult } from 'lit';
import type { ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { Desk } from '../element/desk.ts';
import { words, type Message } from '../element/messages.ts';
import type { TileRequest } from '../element/tile.ts';
import { controls, tokens } from '../element/tokens.ts';
import { panelStyle } from './panel.style.ts';
import type { Wire } from './wire.ts';

/** What has to be there before there is anything to draw. */
export interface Opened {
  readonly park: ValetPark;
  readonly wire: Wire;
  readonly extension: Extension;
  readonly extensions: readonly Extension[];
}

/** The whole page: the board with all that belongs to it, and beside it the means to try it out. */
export class ValetPanel extends LitElement {
  static override styles = [tokens, controls, panelStyle];
  static override properties = { open: { state: true } };

  /** Whether the drawer is open. */
  declare protected open: boolean;
  readonly #opened: Opened;
  readonly #desk: Desk;

  constructor(opened: Opened) {
    super();
    this.#opened = opened;
    this.#desk = new Desk(this, opened.park, opened.extension.name);
    this.open = true;
  }

  protected override render(): TemplateResult {
    const { extension, wire } = this.#opened;
    const { snapshot, call, news, alarm, remaining } = this.#desk;
    const parked = snapshot.slots.filter(({ uuid }) => uuid !== null).length;
    const heading: Message = { key: 'calls.title', params: { name: extension.name } };
    return html`
      <header class="bar">
        <h1>${words('board.title')}<span>${words('board.count', { n: parked })}</span></h1>
        ${this.#extensions()}
        <button
          id="toggle"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-controls="drawer"
          @click=${() => (this.open = !this.open)}
        >
          ${words('drawer.title')}
        </button>
      </header>
      <div class="columns ${this.open ? 'open' : ''}" @keydown=${this.#onKey}>
        <main
          @parking-select=${(event: CustomEvent<string>) => this.#desk.select(event.detail)}
          @parking-park=${(event: CustomEvent<TileRequest>) => this.#desk.park(event.detail.slot)}
          @parking-look=${this.#onLook}
          @parking-bridge=${this.#onBridge}
          @parking-say=${(event: CustomEvent<Message>) => this.#desk.say(event.detail)}
          @parking-dismiss=${() => this.#desk.dismiss()}
        >
          <valet-calls .calls=${snapshot.calls} .call=${call} .heading=${heading}></valet-calls>
          <div class="words">
            <valet-notices .news=${news} .alarm=${alarm}></valet-notices>
            <button @click=${() => this.#desk.lookAll()}>${words('act.lookAll')}</button>
            <valet-sync .sync=${snapshot.sync}></valet-sync>
          </div>
          <valet-board
            .slots=${snapshot.slots}
            .call=${call}
            .remaining=${remaining}
            .nameOf=${this.#nameOf}
          ></valet-board>
          <valet-departures
            .departures=${snapshot.departures}
            .home=${extension.name}
          ></valet-departures>
        </main>
        <aside id="drawer" aria-label=${words('drawer.title')} ?hidden=${!this.open}>
          <valet-drawer .extension=${extension} .calls=${snapshot.calls}></valet-drawer>
          <valet-wire-log .wire=${wire}></valet-wire-log>
        </aside>
      </div>
    `;
  }

  #extensions(): TemplateResult {
    const { extension, extensions } = this.#opened;
    return html`<nav aria-label=${words('page.extensions')}>
      ${extensions.map(
        ({ id, name, number }) =>
          html`<a href="?extension=${number}" aria-current=${id === extension.id ? 'page' : 'false'}
            >${words('page.extension', { name, number })}</a
          >`,
      )}
    </nav>`;
  }

  readonly #nameOf = (id: string): string =>
    this.#opened.extensions.find((extension) => extension.id === id)?.name ?? id;

  #onLook(event: CustomEvent<TileRequest>): void {
    const { slot } = event.detail;
    if (slot !== null) void this.#desk.look(slot);
  }

  #onBridge(event: CustomEvent<TileRequest>): void {
    const { slot, uuid } = event.detail;
    if (slot !== null) void this.#desk.bridge(slot, uuid);
  }

  /** Escape takes back the last thing that opened by itself: the alarm, else the drawer. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    if (this.#desk.alarm.length > 0) this.#desk.dismiss();
    else if (this.open && inDrawer(event)) this.#close();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('#toggle')?.focus();
  }
}

function inDrawer(event: Event): boolean {
  return event.composedPath().some((each) => each instanceof Element && each.id === 'drawer');
}
