import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ValetPark } from 'valet-park';
import { Alerts, type AlertHost } from './alerts.ts';
import type { ValetBoard } from './board.ts';
import { Desk, type DeskHost } from './desk.ts';
import { Keyboard, type Dialog, type KeyboardHost } from './keyboard.ts';
import { isCharacter, keyMap, keyName, type KeyCommand, type KeyMap } from './keys.ts';
import { lotStyle } from './lot.style.ts';
import type { Message } from './messages.ts';
import { Part } from './part.ts';
import {
  chosenOf,
  onSettings,
  storedSettings,
  storeSettings,
  usual,
  type Settings,
} from './settings.ts';
import type { TileDrop, TileRequest } from './tile.ts';
import { controls, tokens } from './tokens.ts';
import { languageOf, tongueFor, unturned } from './tongue.ts';

/** The settings that an attribute of the element can give. */
const attributes = ['layout', 'confirm', 'alerts', 'order', 'size', 'theme', 'keys'] as const;

/**
 * The reception panel as one element: `<valet-lot>`.
 *
 * Give it a client in `park`. It shows the lot, the calls of the extension and where callers went;
 * it parks, bridges and looks. Before it parks or bridges it fires `parking-before-park` or
 * `parking-before-bridge`, which the page may call off; afterwards `parking-parked`,
 * `parking-bridged` or `parking-failed`. Attributes say how it is at first, and whoever sits before
 * it may choose otherwise: that is kept in the browser.
 */
export class ValetLot extends Part implements DeskHost, AlertHost, KeyboardHost {
  static override styles = [tokens, controls, lotStyle];
  static override properties = {
    park: { attribute: false },
    home: {},
    nameOf: { attribute: false },
    heading: {},
    ownsPage: { type: Boolean, attribute: 'owns-page' },
    lang: { reflect: false },
    ...Object.fromEntries(attributes.map((name) => [name, {}])),
    chosen: { state: true },
    searching: { state: true },
    dialog: { state: true },
  };

  /** The client whose lot is shown. The element does not dispose of it. */
  declare park: ValetPark | null;
  /** How our own extension is called by people. */
  declare home: string;
  /** How an extension is called by people. */
  declare nameOf: (extension: string) => string;
  /** What stands above the board, if not its usual name; empty for nothing. */
  declare heading: string | null;
  /** The page is the panel's own: a call about to return shows in its title and badge. */
  declare ownsPage: boolean;
  declare layout: Settings['layout'] | null;
  declare confirm: Settings['confirm'] | null;
  declare alerts: Settings['alerts'] | null;
  declare order: Settings['order'] | null;
  declare size: Settings['size'] | null;
  declare theme: Settings['theme'] | null;
  declare keys: Settings['keys'] | null;
  /** What was chosen in this browser. */
  declare protected chosen: Partial<Settings>;
  /** A search shows the list for as long as it goes on, whatever the layout is. */
  declare searching: boolean;
  declare dialog: Dialog | null;

  readonly desk: Desk = new Desk(this);
  readonly #alerts: Alerts = new Alerts(this);
  #forget = (): void => {};

  constructor() {
    super();
    this.park = null;
    this.home = '';
    this.nameOf = (extension) => extension;
    this.heading = null;
    this.ownsPage = false;
    for (const name of attributes) this[name] = null;
    this.chosen = {};
    this.searching = false;
    this.dialog = null;
    const keyboard = new Keyboard(this);
    this.addEventListener('keydown', (event) => keyboard.handle(event));
    for (const gesture of ['pointerdown', 'keydown']) {
      this.addEventListener(gesture, () => this.#onGesture());
    }
  }

  /** How it is: what was chosen here, else what the attributes say, else the usual. */
  get settings(): Settings {
    const given = chosenOf(Object.fromEntries(attributes.map((name) => [name, this[name]])));
    const searching: Partial<Settings> = this.searching ? { layout: 'list' } : {};
    return { ...usual, ...given, ...this.chosen, ...searching };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A translation of the page would change names and numbers under the panel's hands.
    if (!this.hasAttribute('translate')) this.translate = false;
    this.chosen = storedSettings();
    this.#forget = onSettings((chosen) => (this.chosen = chosen));
    // The first time the first update does.
    if (this.hasUpdated && this.park !== null) this.#start(this.park);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A dialogue that comes back is no longer a modal one.
    this.renderRoot.querySelector('dialog')?.close();
    this.dialog = null;
    this.#forget();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('park') && this.isConnected) {
      this.#stop();
      if (this.park !== null) this.#start(this.park);
    }
    const { language } = this.settings;
    const tag = language === 'auto' ? this.lang || languageOf(this) : language;
    this.tongue = tongueFor(tag);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('tongue')) this.fire('parking-tongue');
    const { theme, size } = this.settings;
    this.style.colorScheme = theme === 'auto' ? '' : theme;
    this.style.zoom = size === 'usual' ? '' : size === 'small' ? '0.85' : '1.25';
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.dialog !== null && dialog?.open === false) dialog.showModal();
    if (this.dialog === null && dialog?.open === true) dialog.close();
  }

  protected override render(): TemplateResult {
    const { settings, tongue } = this;
    const { layout, theme } = settings;
    return html`
      <div
        class="lot ${layout} ${theme === 'auto' ? '' : 'themed'}"
        lang=${tongue.language}
        dir="ltr"
        @parking-select=${(event: CustomEvent<string>) => this.desk.select(event.detail)}
        @parking-park=${(event: CustomEvent<TileRequest>) => this.desk.park(event.detail.slot)}
        @parking-look=${this.#onLook}
        @parking-bridge=${this.#onBridge}
        @parking-details=${this.#onDetails}
        @parking-drop=${this.#onDrop}
        @parking-say=${(event: CustomEvent<Message | null>) => this.desk.say(event.detail)}
        @parking-copy=${this.#onCopy}
        @parking-dismiss=${() => this.desk.dismiss()}
        @parking-focus-lost=${() => this.onFocusLost()}
        @parking-set=${this.#onSet}
        @parking-try-sound=${this.#onTrySound}
      >
        ${this.#header()} ${this.#calls()} ${this.#words()} ${this.#board()}
        ${
          layout === 'dock'
            ? ''
            : html`<valet-departures
                .tongue=${tongue}
                .departures=${this.desk.snapshot.departures}
                .home=${this.home}
                .nameOf=${this.nameOf}
              ></valet-departures>`
        }
        ${this.#dialog()}
      </div>
    `;
  }

  /** The board is what a panel is for: go on there, unless a dialogue is before it. */
  protected override onFocusLost(): void {
    if (this.dialog === null) this.board?.focus();
    else this.renderRoot.querySelector<HTMLElement>('dialog header button')?.focus();
  }

  #header(): TemplateResult {
    const parked = this.desk.snapshot.slots.filter(({ uuid }) => uuid !== null).length;
    const heading = this.heading ?? this.words('board.title');
    const { sound } = this.settings;
    return html`<header>
      ${
        heading === ''
          ? ''
          : html`<h2 class="title">
              <bdi>${unturned(heading)}</bdi>
              <span>${this.words('board.count', { n: parked })}</span>
            </h2>`
      }
      <div class="tools">
        ${
          this.#alerts.sound.isBlocked && sound === 'on'
            ? html`<button class="soft">${this.words('sound.blocked')}</button>`
            : ''
        }
        <button @click=${() => this.desk.lookAll()}>${this.words('act.lookAll')}</button>
        <button @click=${() => (this.dialog = 'settings')}>${this.words('act.settings')}</button>
        <button aria-keyshortcuts=${this.#shortcut('help')} @click=${() => (this.dialog = 'help')}>
          ${this.words('act.help')}
        </button>
      </div>
    </header>`;
  }

  #calls(): TemplateResult {
    const { snapshot, call } = this.desk;
    const heading: Message =
      this.home === '' ? { key: 'calls.own' } : { key: 'calls.title', params: { name: this.home } };
    return html`<valet-calls
      .tongue=${this.tongue}
      .calls=${snapshot.calls}
      .call=${call}
      .heading=${heading}
      .shortcut=${keyName(this.keyMap.parkNext)}
    ></valet-calls>`;
  }

  #words(): TemplateResult {
    const { snapshot, news, alarm, parked } = this.desk;
    return html`<div class="words">
      <valet-notices
        exportparts="announcement"
        .tongue=${this.tongue}
        .news=${news}
        .parked=${parked}
        .alarm=${alarm}
      ></valet-notices>
      <valet-sync .tongue=${this.tongue} .sync=${snapshot.sync}></valet-sync>
    </div>`;
  }

  #board(): TemplateResult {
    const { snapshot, call, remaining } = this.desk;
    const { confirm, layout, order, keys } = this.settings;
    return html`<valet-board
      exportparts="tile, slot, timer, name, action"
      .tongue=${this.tongue}
      .slots=${snapshot.slots}
      .call=${call}
      .remaining=${remaining}
      .nameOf=${this.nameOf}
      .confirm=${confirm}
      .layout=${layout}
      .order=${order}
      .keys=${keys === 'on' ? this.keyMap : null}
      .live=${snapshot.sync.state === 'live'}
    ></valet-board>`;
  }

  #dialog(): TemplateResult {
    const { dialog, tongue } = this;
    const title =
      dialog instanceof Object
        ? this.words('details.title', { n: dialog.slot })
        : this.words(dialog === 'help' ? 'help.title' : 'settings.title');
    return html`<dialog aria-labelledby="dialog" @close=${() => (this.dialog = null)}>
      ${
        dialog === null
          ? ''
          : html`<header>
                <h2 id="dialog">${title}</h2>
                <button @click=${() => (this.dialog = null)}>${this.words('act.close')}</button>
              </header>
              ${
                dialog === 'settings'
                  ? html`<valet-settings
                      .tongue=${tongue}
                      .settings=${this.settings}
                    ></valet-settings>`
                  : dialog === 'help'
                    ? html`<valet-help
                        .tongue=${tongue}
                        .keys=${this.keyMap}
                        .characters=${this.settings.keys === 'on'}
                      ></valet-help>`
                    : this.#details(dialog.slot)
              }`
      }
    </dialog>`;
  }

  #details(slot: number): TemplateResult {
    const { slots, calls, departures } = this.desk.snapshot;
    return html`<valet-details
      .tongue=${this.tongue}
      .view=${slots[slot - 1] ?? null}
      .calls=${calls}
      .departures=${departures}
      .nameOf=${this.nameOf}
      .home=${this.home}
    ></valet-details>`;
  }

  get keyMap(): KeyMap {
    return keyMap(this.settings.map);
  }

  #shortcut(command: KeyCommand): string | typeof nothing {
    const key = this.keyMap[command];
    return isCharacter(key) && this.settings.keys === 'off' ? nothing : keyName(key);
  }

  get board(): ValetBoard | null {
    return this.renderRoot.querySelector('valet-board');
  }

  parkNext(): void {
    this.renderRoot.querySelector('valet-calls')?.press();
  }

  #start(park: ValetPark): void {
    this.desk.start(park);
    this.#alerts.start(park);
  }

  #stop(): void {
    this.desk.stop();
    this.#alerts.stop();
  }

  #onLook(event: CustomEvent<TileRequest>): void {
    const { slot } = event.detail;
    if (slot !== null) void this.desk.look(slot);
  }

  #onBridge(event: CustomEvent<TileRequest>): void {
    const { slot, uuid } = event.detail;
    if (slot !== null) void this.desk.bridge(slot, uuid);
  }

  #onDetails(event: CustomEvent<TileRequest>): void {
    const { slot } = event.detail;
    if (slot !== null) this.dialog = { slot };
  }

  /** A call was dropped on a tile, or chosen for it: it is selected, and the tile is pressed. */
  async #onDrop(event: CustomEvent<TileDrop>): Promise<void> {
    const { slot, uuid, call } = event.detail;
    this.dialog = null;
    this.desk.select(call);
    // It may have ended under the hand; another call is not what was meant.
    if (this.desk.call?.call !== call) return this.desk.say({ key: 'error.no-such-call' });
    await this.updateComplete;
    const tile = await this.board?.reveal(slot);
    tile?.focus();
    tile?.press(uuid);
  }

  async #onCopy({ detail: text }: CustomEvent<Message>): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.tongue.text(text));
      this.desk.say({ key: 'announce.copied', params: { text } });
    } catch {
      // No clipboard, or not allowed to: the sentence stands there to be read.
    }
  }

  #onSet({ detail }: CustomEvent<Partial<Settings> | null>): void {
    const chosen = detail === null ? {} : { ...this.chosen, ...chosenOf(detail) };
    const map = { ...this.chosen.map, ...detail?.map };
    if (detail === null || detail.layout !== undefined) this.searching = false;
    storeSettings(detail === null || Object.keys(map).length === 0 ? chosen : { ...chosen, map });
    if (detail?.notify === 'on') void this.#alerts.askToNotify();
  }

  async #onTrySound(): Promise<void> {
    const { sound } = this.#alerts;
    sound.unlock();
    await sound.ready();
    sound.play('parked');
  }

  #onGesture(): void {
    const wasBlocked = this.#alerts.sound.isBlocked;
    if (this.settings.sound === 'on') this.#alerts.sound.unlock();
    if (wasBlocked) this.requestUpdate();
  }
}
