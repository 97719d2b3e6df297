import type { ValetBoard } from './board.ts';
import type { Desk } from './desk.ts';
import {
  digitOf,
  isCharacter,
  isTyping,
  keyCommands,
  keyOf,
  type KeyCommand,
  type KeyMap,
} from './keys.ts';
import { primaryAct } from './possible.ts';
import type { Settings } from './settings.ts';

/** What may stand in the one dialogue of a panel. */
export type Dialog = 'settings' | 'help' | { readonly slot: number };

/** What the keys of a panel work on. */
export interface KeyboardHost {
  readonly settings: Settings;
  readonly keyMap: KeyMap;
  readonly desk: Desk;
  readonly board: ValetBoard | null;
  dialog: Dialog | null;
  /** The search goes on, in a list. */
  searching: boolean;
  readonly updateComplete: Promise<boolean>;
  /** Parks the selected call in any slot, or says why not. */
  parkNext(): void;
}

/** Does what keys are for, wherever in the panel the focus is. */
export class Keyboard {
  readonly #host: KeyboardHost;

  constructor(host: KeyboardHost) {
    this.#host = host;
  }

  /** Takes a key that was pressed in the panel. */
  handle(event: KeyboardEvent): void {
    const { dialog, settings, keyMap, board } = this.#host;
    // A button that is held down is pressed once: the next press would be about another call.
    if (event.repeat && event.key === 'Enter') return event.preventDefault();
    if (event.repeat || event.defaultPrevented || event.isComposing || dialog !== null) return;
    if (event.key === 'Escape') return this.#escape(event);
    const key = keyOf(event);
    if (key === null) return;
    const isOnBoard = board !== null && event.composedPath().includes(board);
    const mayType = settings.keys === 'on' && isOnBoard && !isTyping(event);
    if (isCharacter(key) && !mayType) return;
    const digit = key.startsWith('Shift+') ? digitOf(event.code) : null;
    const command = keyCommands.find((each) => keyMap[each] === key);
    if (digit !== null) void this.#parkIn(digit);
    else if (command !== undefined) this.#run(command);
    else return;
    event.preventDefault();
  }

  /** An Escape that did something is not one for the page around the panel. */
  #escape(event: KeyboardEvent): void {
    const { desk, searching } = this.#host;
    if (desk.alarm.length > 0) desk.dismiss();
    else if (searching) void this.#endSearch();
    else return;
    event.preventDefault();
  }

  async #endSearch(): Promise<void> {
    this.#host.searching = false;
    await this.#host.updateComplete;
    await this.#host.board?.updateComplete;
    this.#host.board?.focus();
  }

  async #search(): Promise<void> {
    if (this.#host.settings.layout !== 'list') this.#host.searching = true;
    await this.#host.updateComplete;
    await this.#host.board?.updateComplete;
    this.#host.board?.search();
  }

  async #parkIn(slot: number): Promise<void> {
    const tile = await this.#host.board?.reveal(slot);
    tile?.focus();
    if (tile && primaryAct(tile.view) === 'bridge')
      this.#host.desk.say({ key: 'error.taken', params: { n: slot } });
    else tile?.press();
  }

  #run(command: KeyCommand): void {
    const { board, desk } = this.#host;
    const slot = board?.focused ?? null;
    const tile = slot === null ? null : (board?.tile(slot) ?? null);
    switch (command) {
      case 'parkNext':
        return this.#host.parkNext();
      case 'urgent':
        return void this.#goToUrgent(slot);
      case 'bridge':
        if (tile && primaryAct(tile.view) === 'park') {
          return desk.say({ key: 'why.empty', params: { n: tile.view.slot } });
        }
        return tile?.press();
      case 'look':
        return void (slot !== null && desk.look(slot));
      case 'details':
        if (slot !== null) this.#host.dialog = { slot };
        return;
      case 'search':
        return void this.#search();
      case 'help':
        this.#host.dialog = 'help';
    }
  }

  /** The first press goes there, and only the second does something. */
  async #goToUrgent(focused: number | null): Promise<void> {
    const { urgent } = this.#host.desk;
    if (urgent === null) return this.#host.desk.say({ key: 'why.noneWaits' });
    const tile = await this.#host.board?.reveal(urgent);
    if (focused === urgent) tile?.press();
    else tile?.focus();
  }
}
