import type { ValetBar } from './bar.ts';
import type { ValetBoard } from './board.ts';
import type { PanelController } from './controller.ts';
import type { Locale } from './locale.ts';
import { partyText } from './party.ts';
import {
  digitOf,
  isCharacter,
  isPaletteKey,
  isText,
  isTyping,
  keyName,
  keyCommands,
  keyOf,
  type KeyCommand,
  type KeyMap,
} from './keys.ts';
import { isHeld } from './obstacle.ts';
import type { Settings } from './settings.ts';
import { isFromNowhere } from './owned-page.ts';
import type { ValetTile } from './tile.ts';

/** The content of the dialog: the settings, the keys, …, or the details of a slot. */
export type Dialog = 'settings' | 'help' | 'history' | 'palette' | { readonly slot: number };

/** The panel whose keys are handled. */
export interface KeyboardHost {
  readonly lookOnly: boolean;
  readonly settings: Settings;
  readonly keyMap: KeyMap;
  readonly locale: Locale;
  readonly controller: PanelController;
  readonly board: ValetBoard | null;
  dialog: Dialog | null;
  /** The text of the search. While there is one, only the slots that match are shown. */
  query: string;
  readonly bar: ValetBar | null;
  readonly renderRoot: ParentNode;
  readonly updateComplete: Promise<boolean>;
  /** Returns the tile of a slot, or null. Ends a search that hides the tile. */
  reveal(slot: number): Promise<ValetTile | null>;
  /** Parks the selected call in any slot, or shows why that is not possible. */
  parkNext(): Promise<void>;
}

/** The commands that cannot wait until a person has closed a dialog. */
const aboutCalls: ReadonlySet<KeyCommand> = new Set(['answer', 'parkAgain', 'parkNext', 'urgent']);

/** Runs the commands of keys pressed anywhere in the panel. */
export class Keyboard {
  readonly #host: KeyboardHost;
  /** The slot to which the focus moved after a park. Null after the person has asked for a slot. */
  #arrived: number | null = null;

  constructor(host: KeyboardHost) {
    this.#host = host;
  }

  /** Handles a key that was pressed in the panel. */
  handle(event: KeyboardEvent): void {
    const { dialog, settings, keyMap, board } = this.#host;
    // Enter held down on a button must press it once: a second press would act on the next call.
    if (event.repeat && event.key === 'Enter') return event.preventDefault();
    if (event.repeat || event.defaultPrevented || event.isComposing) return;
    if (dialog !== null) return this.#inDialog(event, dialog);
    if (event.key === 'Escape') return this.#escape(event);
    if (isPaletteKey(event) && settings.layout !== 'wall') {
      this.#host.dialog = 'palette';
      return event.preventDefault();
    }
    const key = keyOf(event);
    if (key === null) return;
    const isNowhere = isFromNowhere(event);
    const isOnBoard = isNowhere || (board !== null && event.composedPath().includes(board));
    const allowsCharacters = settings.keys === 'on' && isOnBoard && !isTyping(event);
    if (isCharacter(key) && !allowsCharacters) return;
    const digit = digitOf(event.code);
    const command = keyCommands.find((each) => keyMap[each] === key);
    if (digit !== null && key.startsWith('Shift+')) void this.#parkIn(digit);
    // On the board, the board itself moves the focus.
    else if (digit !== null && isNowhere)
      void this.#host.reveal(digit).then((tile) => tile?.focus());
    else if (command !== undefined) this.#run(command);
    else return;
    event.preventDefault();
  }

  /**
   * A caller does not wait for an open dialog. A function key about calls closes the dialog and works,
   * unless the dialog has fields for a note, or sets the keys.
   */
  #inDialog(event: KeyboardEvent, dialog: Dialog): void {
    const key = keyOf(event);
    const command = keyCommands.find((each) => this.#host.keyMap[each] === key);
    const isSafe = dialog !== 'help' && typeof dialog === 'string';
    if (key === null || isCharacter(key) || !isSafe || !command || !aboutCalls.has(command)) return;
    event.preventDefault();
    this.#host.dialog = null;
    void this.#host.updateComplete.then(() => this.#run(command));
  }

  /** An Escape that has done something must not reach the page around the panel. */
  #escape(event: KeyboardEvent): void {
    const { bar, controller, query } = this.#host;
    if (bar?.hasSearchFocus === true) void this.#endSearch();
    else if (controller.alert.length > 0) controller.dismiss();
    else if (query !== '') void this.#endSearch();
    else return;
    event.preventDefault();
  }

  async #endSearch(): Promise<void> {
    this.#host.query = '';
    await this.#host.updateComplete;
    await this.#host.board?.updateComplete;
    this.#host.board?.focus();
  }

  async #parkIn(slot: number): Promise<void> {
    const tile = await this.#host.reveal(slot);
    tile?.focus();
    if (tile && isHeld(tile.view)) {
      this.#host.controller.showStatus({ key: 'error.taken', params: { n: slot } });
    } else tile?.press();
  }

  /**
   * Parks the selected call. Then the focus moves to its tile, so that the next keys are about this
   * call. If the park fails, the focus moves to the call: else `N` would write the note of another one. The
   * focus stays if the person has moved it meanwhile, types, or searches.
   */
  async #parkNext(): Promise<void> {
    const { controller } = this.#host;
    const last = controller.parked;
    const focused = deepFocus();
    await this.#host.parkNext();
    const { parked } = controller;
    if (this.#host.query !== '' || this.#host.dialog !== null) return;
    if (deepFocus() !== focused || isText(focused)) return;
    if (parked === null || parked === last) {
      if (controller.call !== null && !this.#host.lookOnly)
        this.#host.renderRoot.querySelector('valet-calls')?.focus();
      return;
    }
    const tile = await this.#host.reveal(parked.slot);
    if (tile === null || deepFocus() !== focused) return;
    this.#arrived = parked.slot;
    tile.focus();
  }

  #run(command: KeyCommand): void {
    const { board, controller } = this.#host;
    const slot = board?.focused ?? null;
    const tile = slot === null ? null : (board?.tile(slot) ?? null);
    switch (command) {
      case 'parkNext':
        return void this.#parkNext();
      case 'urgent':
        return void this.#goToUrgent(slot);
      case 'bridge':
        if (tile && !isHeld(tile.view)) {
          return controller.showStatus({ key: 'why.empty', params: { n: tile.view.slot } });
        }
        return tile?.press('bridge');
      case 'answer':
        return void controller.answer();
      case 'parkAgain':
        return void controller.parkAgain();
      case 'note':
        if (slot !== null) controller.editNote(slot);
        return;
      case 'check':
        return void (slot !== null && controller.check(slot));
      case 'details':
        if (slot !== null) this.#host.dialog = { slot };
        return;
      case 'search':
        return void this.#host.bar?.search();
      case 'help':
        this.#host.dialog = 'help';
    }
  }

  /** The first press moves the focus to the call that returns first. The second press bridges. */
  async #goToUrgent(focused: number | null): Promise<void> {
    const { urgent } = this.#host.controller;
    if (urgent === null) return this.#host.controller.showStatus({ key: 'why.noneWaits' });
    const tile = await this.#host.reveal(urgent);
    const isAsked = focused === urgent && this.#arrived !== urgent;
    this.#arrived = null;
    if (isAsked) return tile?.press();
    tile?.focus();
    const { locale, keyMap, controller } = this.#host;
    const who = partyText(locale, tile?.view.caller ?? null).name;
    const key = keyName(keyMap.urgent);
    controller.showStatus({ key: 'urgent.next', params: { n: urgent, who, key } });
  }
}

/** Returns the element that has the focus, also inside of shadow trees. */
function deepFocus(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}
