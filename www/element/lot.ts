import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { Party, SyncView, ValetPark } from 'valet-park';
import { Alerts } from './alerts.ts';
import type { ValetBar } from './bar.ts';
import type { ValetBoard } from './board.ts';
import { PanelController, type AnswerCall } from './controller.ts';
import { copyMessage } from './copy.ts';
import { dialogContent, dialogTitle } from './dialog.ts';
import type { ExtensionNames } from './departure-text.ts';
import { extensionsIn } from './extension-list.ts';
import type { HostAction } from './host-actions.ts';
import { Keyboard, type Dialog } from './keyboard.ts';
import { isCharacter, keyMap, keyName, type KeyCommand, type KeyMap } from './keys.ts';
import { longestWait } from './known-wait.ts';
import { lotBar } from './lot-bar.ts';
import { answerKeys, handleMessages, lotMessages } from './lot-messages.ts';
import { History, type ReadJournal } from './history.ts';
import { LotSound } from './lot-sound.ts';
import { handleTiles } from './lot-tiles.ts';
import { lotWall } from './lot-wall.ts';
import { lotStyle } from './lot.style.ts';
import type { Message } from './messages.ts';
import { withOwnParked } from './own-parked.ts';
import { onWindowKey } from './owned-page.ts';
import type { Panel } from './panel.ts';
import { PanelElement } from './panel-element.ts';
import { PanelLanguage } from './panel-language.ts';
import { stripPanelStyle } from './strip.style.ts';
import { toastSide } from './toast-side.ts';
import {
  defaultSettings,
  onSettings,
  storedSettings,
  storeSettings,
  validSettings,
  type Settings,
} from './settings.ts';
import type { ValetTile } from './tile.ts';
import { controls, tokens } from './tokens.ts';

/** The states in which nothing can be asked of the switch. */
const offlineStates: ReadonlySet<SyncView['state']> = new Set(['offline', 'closed']);

/** The settings that also are attributes of the element. */
const attributes = ['layout', 'confirm', 'alerts', 'order', 'size', 'theme', 'keys'] as const;

/**
 * The reception panel as one element: `<valet-lot>`.
 *
 * Set a client in `park`. The element shows the lot, the calls of our extensions, and recent
 * departures. It parks, bridges and checks slots. It fires `parking-before-park` and
 * `parking-before-bridge`, which the page may cancel, and then `parking-parked`, `parking-bridged` or
 * `parking-failed`. Settings that a person chooses are kept in the browser and override attributes.
 */
export class ValetLot extends PanelElement implements Panel {
  static override styles = [tokens, controls, lotStyle, stripPanelStyle];
  static override properties = {
    park: { attribute: false },
    extension: {},
    home: {},
    nameOf: { attribute: false },
    answer: { attribute: false },
    journal: { attribute: false },
    heading: {},
    ownsPage: { type: Boolean, attribute: 'owns-page' },
    lookOnly: { type: Boolean, attribute: 'look-only' },
    callerHref: { attribute: false },
    announce: { attribute: false },
    page: { attribute: false },
    lang: { reflect: false },
    ...Object.fromEntries(attributes.map((name) => [name, {}])),
    chosen: { state: true },
    query: { state: true },
    dialog: { state: true },
  };

  /** The client. The element does not dispose of it. */
  declare park: ValetPark | null;
  /** Our extensions, separated by commas or spaces. */
  declare extension: string;
  /** The name of our extension, for people. */
  declare home: string;
  /** Returns the name of an extension, for people. */
  declare nameOf: (extension: string) => string;
  /**
   * Answers a ringing call with the softphone of the page. If it is set, calls that ring have a button
   * to answer. The default is null.
   */
  declare answer: AnswerCall | null;
  /** Reads the journal of the server for the history; null if the server has none. */
  declare journal: ReadJournal | null;
  /** The heading; null for the default one, empty for none. */
  declare heading: string | null;
  /** True if the panel may use the title and the badge of the page. */
  declare ownsPage: boolean;
  /** True if the panel only shows the lot. */
  declare lookOnly: boolean;
  /** Returns the address of a page about a caller, or null. */
  declare callerHref: ((caller: Party) => string | null) | null;
  /** Announces a waiting call, for instance over loudspeakers; null if the page cannot. */
  declare announce: HostAction | null;
  /** Tells the person for whom a call waits; null if the page cannot. */
  declare page: HostAction | null;
  declare layout: Settings['layout'] | null;
  declare confirm: Settings['confirm'] | null;
  declare alerts: Settings['alerts'] | null;
  declare order: Settings['order'] | null;
  declare size: Settings['size'] | null;
  declare theme: Settings['theme'] | null;
  declare keys: Settings['keys'] | null;
  /** The settings chosen in this browser. */
  declare protected chosen: Partial<Settings>;
  /** The text of the search. */
  declare query: string;
  declare dialog: Dialog | null;

  readonly controller: PanelController = new PanelController(this);
  readonly history = new History(this);
  readonly #alerts: Alerts = new Alerts(this);
  readonly #language: PanelLanguage = new PanelLanguage(this);
  readonly #keyboard: Keyboard = new Keyboard(this);
  readonly #sound = new LotSound(this, this.#alerts);
  #stopSettings = (): void => {};
  #stopWindow = (): void => {};

  constructor() {
    super();
    this.park = null;
    this.extension = '';
    this.home = '';
    this.nameOf = (extension) => extension;
    this.answer = null;
    this.journal = null;
    this.heading = null;
    this.ownsPage = false;
    this.lookOnly = false;
    this.callerHref = null;
    this.announce = null;
    this.page = null;
    for (const name of attributes) this[name] = null;
    this.chosen = {};
    this.query = '';
    this.dialog = null;
    handleMessages(this);
    handleTiles(this);
    this.addEventListener('keydown', (event) => this.#keyboard.handle(event));
  }

  /** The settings in force: chosen in this browser, else given by attributes, else the defaults. */
  get settings(): Settings {
    const given = validSettings(Object.fromEntries(attributes.map((name) => [name, this[name]])));
    const settings = { ...defaultSettings, ...given, ...this.chosen };
    // A strip has no room for what the search finds.
    const isList = this.query !== '' && settings.layout !== 'board';
    return isList ? { ...settings, layout: 'list' } : settings;
  }

  get names(): ExtensionNames {
    return { home: this.hasSeveralExtensions ? '' : this.home, nameOf: this.nameOf };
  }

  /** True if the panel has several extensions, so that calls name theirs. */
  get hasSeveralExtensions(): boolean {
    const given = new Set(extensionsIn(this.extension));
    return (given.size || this.controller.extensionCount) > 1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A browser that translates the page would change the names and numbers in the panel.
    if (!this.hasAttribute('translate')) this.translate = false;
    this.chosen = storedSettings();
    this.#stopWindow = onWindowKey(this, (event) => this.#keyboard.handle(event));
    this.#stopSettings = onSettings((chosen) => (this.chosen = chosen));
    // Before the first update, `willUpdate` starts the client.
    if (this.hasUpdated && this.park !== null) this.#start(this.park);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An open dialog that is inserted again is no longer modal.
    this.renderRoot.querySelector('dialog')?.close();
    this.dialog = null;
    this.#stopSettings();
    this.#stopWindow();
    this.#stop();
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await this.#language.ready();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('park') && this.isConnected) {
      this.#stop();
      if (this.park !== null) this.#start(this.park);
    }
    this.locale = this.#language.locale;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('locale')) this.fire('parking-locale');
    // The side of the messages follows from the place of the row, which is known now.
    const names: ReadonlyMap<PropertyKey, unknown> = changed;
    if (names.has('layout') || names.has('chosen')) this.requestUpdate();
    const { theme, size } = this.settings;
    this.style.colorScheme = theme === 'auto' ? '' : theme;
    this.style.zoom = size === 'usual' ? '' : size === 'small' ? '0.85' : '1.25';
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.dialog !== null && dialog?.open === false) dialog.showModal();
    if (changed.has('dialog') && this.dialog === 'history') void this.history.load();
    if (this.dialog === null && dialog?.open === true) dialog.close();
  }

  protected override render(): TemplateResult {
    const { settings, locale, controller } = this;
    const { layout, theme } = settings;
    const isStrip = layout === 'dock' || layout === 'lamps';
    return html`
      <div
        class="lot ${layout} ${isStrip ? toastSide(this) : ''} ${theme === 'auto' ? '' : 'themed'}"
        lang=${locale.language}
        dir=${locale.direction}
        @parking-message=${(event: CustomEvent<Message | null>) =>
          controller.showStatus(event.detail)}
        @parking-copy=${({ detail }: CustomEvent<Message>) => copyMessage(this, detail)}
        @parking-dismiss=${() => controller.dismiss()}
        @parking-focus-lost=${() => this.onFocusLost()}
        @parking-settings=${({ detail }: CustomEvent<Partial<Settings> | null>) =>
          this.choose(detail)}
      >
        ${layout === 'wall' ? lotWall(this) : this.#desk(isStrip)} ${this.#dialog()}
      </div>
    `;
  }

  #desk(isStrip: boolean): TemplateResult {
    return html`${lotBar(this)}
      <div class="desk">${this.#calls()} ${this.#board()} ${isStrip ? '' : this.#departures()}</div>
      ${lotMessages(this)}`;
  }

  /** Moves a lost focus to the board, or to the open dialog. */
  protected override onFocusLost(): void {
    if (this.dialog === null) this.board?.focus();
    else this.renderRoot.querySelector<HTMLElement>('dialog header button')?.focus();
  }

  #calls(): TemplateResult {
    const { snapshot, call } = this.controller;
    const isTitled = this.home === '' || this.heading === null;
    const heading: Message = isTitled
      ? { key: 'calls.own' }
      : { key: 'calls.title', params: { name: this.home } };
    return html`<valet-calls
      class=${this.settings.layout}
      .locale=${this.locale}
      .calls=${withOwnParked(snapshot.calls, snapshot.slots)}
      .call=${call}
      .connected=${this.controller.connected}
      .isOffline=${this.isOffline}
      .lookOnly=${this.lookOnly}
      .heading=${heading}
      .shortcut=${keyName(this.keyMap.parkNext)}
      .nameOf=${this.hasSeveralExtensions ? this.nameOf : null}
      .departures=${snapshot.departures}
      .longestMs=${longestWait(snapshot.sync)}
      .rings=${this.controller.rings}
      .answering=${this.controller.answering}
      .names=${this.nameOf}
      .answerKeys=${this.answer === null ? null : answerKeys(this.keyMap)}
      ><slot name="no-calls" slot="none"></slot
    ></valet-calls>`;
  }

  #departures(): TemplateResult {
    return html`<valet-departures
      .locale=${this.locale}
      .departures=${this.controller.snapshot.departures}
      .home=${this.names.home}
      .nameOf=${this.nameOf}
    ></valet-departures>`;
  }

  #board(): TemplateResult {
    const { snapshot, call, remaining } = this.controller;
    const { confirm, layout, order, keys } = this.settings;
    return html`<valet-board
      exportparts="tile, slot, timer, name, action"
      .locale=${this.locale}
      .slots=${snapshot.slots}
      .call=${call}
      .remaining=${remaining}
      .nameOf=${this.nameOf}
      .namesOwn=${this.hasSeveralExtensions}
      .confirm=${confirm}
      .layout=${layout}
      .order=${order}
      .query=${this.query}
      .keys=${keys === 'on' ? this.keyMap : null}
      .live=${snapshot.sync.state === 'live'}
      .isOffline=${this.isOffline}
      .canPickUp=${this.controller.canPickUp}
      .lookOnly=${this.lookOnly}
      .rings=${this.controller.ringStates}
      .urgent=${this.controller.urgentOfMany}
      .callerHref=${this.callerHref}
    ></valet-board>`;
  }

  #dialog(): TemplateResult {
    const { dialog } = this;
    const size = dialog === 'history' ? 'wide' : '';
    return html`<dialog class=${size} aria-labelledby="dialog" @close=${this.#onClose}>
      ${
        dialog === null
          ? ''
          : html`<header>
                <h2 id="dialog">${dialogTitle(this, dialog)}</h2>
                <button @click=${() => (this.dialog = null)}>${this.text('act.close')}</button>
              </header>
              ${dialogContent(this, dialog)}`
      }
    </dialog>`;
  }

  /** The event comes late: another dialog may have opened meanwhile. */
  #onClose({ target }: Event): void {
    if (target instanceof HTMLDialogElement && !target.open) this.dialog = null;
  }

  get keyMap(): KeyMap {
    return keyMap(this.settings.map);
  }

  /** Returns the key of a command in the form of `aria-keyshortcuts`; empty if it is switched off. */
  shortcut(command: KeyCommand): string {
    const key = this.keyMap[command];
    return isCharacter(key) && this.settings.keys === 'off' ? '' : keyName(key);
  }

  get isSoundBlocked(): boolean {
    return this.#alerts.sound.isBlocked && this.settings.sound === 'on';
  }

  get bar(): ValetBar | null {
    return this.renderRoot.querySelector('valet-bar');
  }

  get board(): ValetBoard | null {
    return this.renderRoot.querySelector('valet-board');
  }

  /** Returns the tile of a slot, or null. Ends a search that hides the tile. */
  async reveal(slot: number): Promise<ValetTile | null> {
    await this.board?.updateComplete;
    if (this.board?.tile(slot) === null) this.query = '';
    await this.updateComplete;
    await this.board?.updateComplete;
    const tile = this.board?.tile(slot) ?? null;
    await tile?.updateComplete;
    return tile;
  }

  /** True while nothing can be asked. */
  get isOffline(): boolean {
    return offlineStates.has(this.controller.snapshot.sync.state);
  }

  async parkNext(): Promise<void> {
    const obstacle = this.renderRoot.querySelector('valet-calls')?.obstacle ?? null;
    if (obstacle === null) await this.controller.park(null);
    else this.controller.showStatus({ key: obstacle });
  }

  #start(park: ValetPark): void {
    this.controller.start(park);
    this.#alerts.start(park);
    this.#sound.start(park);
    this.history.start(park);
  }

  #stop(): void {
    this.controller.stop();
    this.#alerts.stop();
    this.#sound.stop();
    this.history.stop();
  }

  /** Stores chosen settings; null resets all. */
  choose(detail: Partial<Settings> | null): void {
    const chosen = detail === null ? {} : { ...this.chosen, ...validSettings(detail) };
    const map = { ...this.chosen.map, ...detail?.map };
    if (detail === null || detail.layout !== undefined) this.query = '';
    storeSettings(detail === null || Object.keys(map).length === 0 ? chosen : { ...chosen, map });
    if (detail?.notify === 'on') void this.#alerts.requestPermission();
  }
}
