import { tryOr } from './browser-features.ts';

/** A command that can be run by a key. */
export type KeyCommand =
  | 'parkNext'
  | 'urgent'
  | 'answer'
  | 'parkAgain'
  | 'bridge'
  | 'note'
  | 'check'
  | 'details'
  | 'search'
  | 'help';

/**
 * The default keys, as `KeyboardEvent.code` has them: by the place of a key and not by its letter, so
 * that they are in the same place on a Russian keyboard. No key of a browser or a layout is used.
 */
export const defaultKeys: Readonly<Record<KeyCommand, string>> = {
  parkNext: 'F9',
  urgent: 'F8',
  answer: 'F2',
  parkAgain: 'Shift+F9',
  bridge: 'KeyB',
  note: 'KeyN',
  check: 'KeyC',
  details: 'KeyI',
  search: 'Slash',
  help: 'Shift+Slash',
};

export const keyCommands = Object.keys(defaultKeys) as KeyCommand[];

/** The key of each command. */
export type KeyMap = Readonly<Record<KeyCommand, string>>;

/** The key maps by their changes. */
const keyMaps = new WeakMap<object, KeyMap>();

/**
 * Returns the default keys with the changed ones in their place. Returns the same object for the same
 * changes, so that tiles are not rendered again.
 */
export function keyMap(changed: Readonly<Record<string, string>>): KeyMap {
  const known = keyMaps.get(changed);
  if (known !== undefined) return known;
  const own = keyCommands.filter((command) => changed[command] !== undefined);
  const all: KeyMap = {
    ...defaultKeys,
    ...Object.fromEntries(own.map((command) => [command, changed[command]])),
  };
  keyMaps.set(changed, all);
  return all;
}

/** Returns the key of an event in the form of a key map; null if a command cannot have this key. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  // An on-screen keyboard sends no code.
  if (event.code === '') return null;
  if (
    /^(?:Shift|Control|Alt|Meta|OS|Caps|Tab|Enter|Space|Escape|Arrow|Home|End|F5|F7|F1[12]$)/.test(
      event.code,
    )
  ) {
    return null;
  }
  return event.shiftKey ? `Shift+${event.code}` : event.code;
}

/** True if the platform is one of Apple, where commands have the key Meta in place of Control. */
function isMac(): boolean {
  return tryOr(() => /\b(?:Mac|iPhone|iPad)/.test(navigator.userAgent), false);
}

/** True for Control+K, and for Meta+K on a Mac. Control+K deletes text on a Mac. */
export function isPaletteKey(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, key, code } = event;
  const [wanted, other] = isMac() ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (!wanted || other || altKey || shiftKey) return false;
  // The place of the key counts on a keyboard without Latin letters.
  return /^[a-z]$/i.test(key) ? key.toLowerCase() === 'k' : code === 'KeyK';
}

/** True for a key that types or edits text. Such a key must not run a command in a text field. */
export function isCharacter(key: string): boolean {
  return !/^(?:Shift\+)?(?:F\d+|Pause)$/.test(key);
}

/** Returns the digit 1 to 9 of a key in the number row or the number pad, else null. */
export function digitOf(code: string): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  return digit === undefined ? null : Number(digit);
}

const signs: Readonly<Record<string, string>> = {
  Slash: '/',
  Period: '.',
  Comma: ',',
  Semicolon: ';',
  Quote: "'",
  Minus: '-',
  Equal: '=',
  Backquote: '`',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
};

/** Returns the name of a key for people and for `aria-keyshortcuts`: `Shift+/`, `B`, `F9`. */
export function keyName(key: string): string {
  return key.replace(/[A-Z]\w+$/, (code) => signs[code] ?? code.replace(/^(?:Key|Digit)/, ''));
}

/** True if an event comes from an element that takes text. */
export function isTyping(event: Event): boolean {
  const [origin] = event.composedPath();
  return isText(origin);
}

/** True for an element that takes text. */
export function isText(element: EventTarget | null | undefined): boolean {
  if (!(element instanceof HTMLElement)) return false;
  const isField = element.matches('input:not([type=radio], [type=checkbox]), textarea, select');
  return isField || element.isContentEditable;
}
