/** What a key can be made to do. */
export type KeyCommand = 'parkNext' | 'urgent' | 'bridge' | 'look' | 'details' | 'search' | 'help';

/**
 * Which key does what, unless it was changed, by `KeyboardEvent.code`: by where the key is, so that
 * they are in the same place on a Russian keyboard. None that a browser or a layout wants itself.
 */
export const usualKeys: Readonly<Record<KeyCommand, string>> = {
  parkNext: 'F9',
  urgent: 'F8',
  bridge: 'KeyB',
  look: 'KeyL',
  details: 'KeyI',
  search: 'Slash',
  help: 'Shift+Slash',
};

export const keyCommands = Object.keys(usualKeys) as KeyCommand[];

/** Which key does what, with what was changed. */
export type KeyMap = Readonly<Record<KeyCommand, string>>;

export function keyMap(changed: Readonly<Record<string, string>>): KeyMap {
  const own = keyCommands.filter((command) => changed[command] !== undefined);
  return { ...usualKeys, ...Object.fromEntries(own.map((command) => [command, changed[command]])) };
}

/** The key of an event as it stands in a key map; null for what can be none. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  // A key of a telephone's screen has no place.
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

/** Whether a key writes or edits, so that it may only act where nobody types. */
export function isCharacter(key: string): boolean {
  return !/^(?:Shift\+)?(?:F\d+|Pause)$/.test(key);
}

/** The digit of a key, on either side of the keyboard: 1 to 9, else null. */
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

/** What stands on a key, in the form of `aria-keyshortcuts`: `Shift+/`, `B`, `F9`. */
export function keyName(key: string): string {
  return key.replace(/[A-Z]\w+$/, (code) => signs[code] ?? code.replace(/^(?:Key|Digit)/, ''));
}

/** Whether an event comes from where somebody types. */
export function isTyping(event: Event): boolean {
  const [origin] = event.composedPath();
  if (!(origin instanceof HTMLElement)) return false;
  const isText = origin.matches('input:not([type=radio], [type=checkbox]), textarea, select');
  return isText || origin.isContentEditable;
}
