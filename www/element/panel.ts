import type { ValetPark } from 'valet-park';
import type { AlertHost } from './alerts.ts';
import type { ControllerHost } from './controller.ts';
import type { History, HistoryHost } from './history.ts';
import type { KeyboardHost } from './keyboard.ts';
import type { KeyCommand } from './keys.ts';
import type { Settings } from './settings.ts';

/**
 * The panel, as its parts see it. The element `<valet-lot>` is the panel. The functions that draw its
 * parts, and that run their commands, need no more than this.
 */
export interface Panel extends HTMLElement, ControllerHost, KeyboardHost, AlertHost, HistoryHost {
  readonly park: ValetPark | null;
  readonly history: History;
  /** The name of our extension, for people. */
  readonly home: string;
  /** The heading; null for the default one, empty for none. */
  readonly heading: string | null;
  /** Returns the name of an extension, for people. */
  readonly nameOf: (extension: string) => string;
  /** True if the panel has several extensions, so that calls name theirs. */
  readonly hasSeveralExtensions: boolean;
  /** True if the browser blocks the sounds that the person wants. */
  readonly isSoundBlocked: boolean;
  /** Returns the key of a command in the form of `aria-keyshortcuts`; empty if it is switched off. */
  shortcut(command: KeyCommand): string;
  /** Stores chosen settings; null resets all. */
  choose(settings: Partial<Settings> | null): void;
}
