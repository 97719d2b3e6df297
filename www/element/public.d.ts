import type { CallView, Party, SlotView, ValetPark } from 'valet-park';
import type { en } from './messages/en.ts';

/**
 * The reception panel as one element: `<valet-lot>`.
 *
 * Set a client in `park`. The element does not dispose of it. Attributes set the initial settings.
 * Settings that a person chooses are kept in the browser and override the attributes.
 */
export declare class ValetLot extends HTMLElement {
  /** The client. Null shows nine slots without data. */
  park: ValetPark | null;
  /**
   * Our extensions, separated by commas or spaces. Attribute `extension`.
   *
   * With several, each call and each of our parked calls shows its extension. If the attribute is
   * empty, the element uses the extensions that it has seen in the calls.
   */
  extension: string;
  /** The name of our extension, or of the desk, for people. Attribute `home`. */
  home: string;
  /** Returns the name of an extension, for people. The default returns the extension itself. */
  nameOf: (extension: string) => string;
  /**
   * Reads the journal of the server, for the history: resolves to the answer to `GET /journal`. Null,
   * the default, if the server has none. Then the history is kept in this browser.
   */
  journal: (() => Promise<unknown>) | null;
  /**
   * Answers a ringing call with the softphone of the page. Null if the page cannot; that is the default.
   * If it is set, a ringing call has a button to answer, and a call that is back from a slot has a button
   * to answer it and park it again. The keys `F2` and `Shift+F9` do the same.
   */
  answer: AnswerCall | null;
  /** The heading; null for the default one, empty for none. Attribute `heading`. */
  heading: string | null;
  /**
   * True if the panel may use the title and the badge of the page to show that a call is about to
   * return. The function keys then work wherever the focus is. Attribute `owns-page`.
   */
  ownsPage: boolean;
  /** True if the panel only shows the lot. Attribute `look-only`. */
  lookOnly: boolean;
  /** Returns the address of a page about a caller, or null. Then the name of the caller is a link. */
  callerHref: ((caller: Party) => string | null) | null;
  /**
   * Announces a waiting call, for instance over the loudspeakers of the telephone system. Null if the
   * page cannot; that is the default. If it is set, the details of a slot and `Ctrl+K` have "Announce".
   */
  announce: WaitingCallAction | null;
  /**
   * Sends a message to the person for whom a call waits (`view.forWhom`). Null if the page cannot; that
   * is the default. If it is set, the details of a slot and `Ctrl+K` have "Page" with that name.
   */
  page: WaitingCallAction | null;
  /**
   * A board of tiles, a list with a search, a row of chips of at most 96 px (`dock`), a row of lamps of
   * at most 48 px, or a wall for a television that shows only the waiting calls.
   */
  layout: 'board' | 'list' | 'dock' | 'lamps' | 'wall' | null;
  /** Which bridges need a second press: with calls that others parked, none, or all. */
  confirm: 'others' | 'never' | 'always' | null;
  /** Which calls cause an alert before they return: ours, all, or none. */
  alerts: 'mine' | 'all' | 'none' | null;
  /** The order of nine slots: 1 2 3 at the top (`phone`), or 7 8 9 at the top (`keypad`). */
  order: 'phone' | 'keypad' | null;
  size: 'usual' | 'small' | 'large' | null;
  theme: 'auto' | 'light' | 'dark' | null;
  /** Whether single-character keys are switched on. */
  keys: 'on' | 'off' | null;
  /** Resolves when all changes are rendered. */
  readonly updateComplete: Promise<boolean>;

  addEventListener<Type extends keyof ValetLotEventMap>(
    type: Type,
    listener: (this: ValetLot, event: ValetLotEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Answers a call. The panel reports an error if it throws or if its promise rejects. */
export type AnswerCall = (call: CallView) => void | Promise<void>;

/**
 * Does something about a call that waits. The panel reports an error if the function throws or if its
 * promise rejects. It does not call the function again for the same call before the promise settles.
 */
export type WaitingCallAction = (
  view: SlotView,
  options: WaitingCallOptions,
) => void | Promise<void>;

/** The second argument of an action of the page. */
export interface WaitingCallOptions {
  /**
   * A sentence about the call, in the language of the panel. For `announce`: "Petrov: Anna, call on 6".
   * For `page`: "Slot 6: Anna is waiting for you".
   */
  readonly text: string;
  /** Aborts when the panel gets another client, or leaves the page. */
  readonly signal: AbortSignal;
}

/** The panel is about to park a call. `preventDefault()` cancels that. */
export interface BeforePark {
  readonly call: string;
  /** Null means any slot. */
  readonly slot: number | null;
}

/** The panel is about to bridge two calls. `preventDefault()` cancels that. */
export interface BeforeBridge {
  readonly call: string;
  readonly slot: number;
  /** The call that the panel showed in the slot. */
  readonly uuid: string | null;
}

/** The panel is about to pick up a call. `preventDefault()` cancels that. */
export interface BeforePickUp {
  readonly slot: number;
  /** The call that the panel showed in the slot. */
  readonly uuid: string | null;
}

/** A call was parked. */
export interface Parked {
  readonly call: string;
  readonly slot: number;
  readonly uuid: string;
  /** When the call returns, in ms since 1970; null if it may wait forever. */
  readonly returnsAt: number | null;
}

/** A call was bridged with the call that waited in the slot. */
export interface Bridged {
  readonly call: string;
  readonly slot: number;
  /** The call that waited; null if the switch did not name it. */
  readonly uuid: string | null;
}

/** Our telephone is connected with the call that waited in the slot. */
export interface PickedUp {
  readonly slot: number;
  /** The call that waited; null if the switch did not name it. */
  readonly uuid: string | null;
}

/** The events of the panel. They bubble out of all shadow roots. */
export interface ValetLotEvents {
  'parking-before-park': CustomEvent<BeforePark>;
  'parking-before-bridge': CustomEvent<BeforeBridge>;
  'parking-before-pick-up': CustomEvent<BeforePickUp>;
  'parking-parked': CustomEvent<Parked>;
  'parking-bridged': CustomEvent<Bridged>;
  'parking-picked-up': CustomEvent<PickedUp>;
  /** A park, a bridge or a pick-up failed. The detail is the error of the client. */
  'parking-failed': CustomEvent<unknown>;
}

/** All events of the element: those of the panel, and those of every element. */
export interface ValetLotEventMap extends HTMLElementEventMap, ValetLotEvents {}

/** The properties that a template can set on `<valet-lot>`. Each property is optional. */
export type ValetLotProps = {
  [Key in Exclude<keyof ValetLot, keyof HTMLElement | 'updateComplete'>]?:
    ValetLot[Key] | undefined;
} & {
  /** The attribute of `ownsPage`. */
  'owns-page'?: boolean | '' | undefined;
  /** The attribute of `lookOnly`. */
  'look-only'?: boolean | '' | undefined;
};

/** Listeners for the events of the panel. Each name is an event after a prefix, such as `on`. */
export type ValetLotListeners<Prefix extends string> = {
  [Type in keyof ValetLotEvents as `${Prefix}${Type}`]?:
    ((event: ValetLotEvents[Type]) => void) | undefined;
};

/** Registers the element, as importing the module does. A second call does nothing. */
export declare function define(): void;

/** All texts of the element in English: the texts that a translator starts from. */
export declare const englishMessages: Readonly<Record<MessageKey, string>>;

/** The key of a text of the element. */
export type MessageKey = keyof typeof en;

/** Texts in one language. The English text is used for each missing one. */
// The reference prints the name of this type, and not its keys.
// oxlint-disable-next-line typescript/consistent-indexed-object-style
export type Messages = { readonly [Key in MessageKey]?: string };

/** The names of the placeholders in a text: `'n'` for `'Slot {n}'`. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}}${infer After}`
    ? Name extends `${infer Plural}, plural, ${string}`
      ? | Plural
        | (Rest extends `${string}}}${infer AfterPlural}` ? Placeholders<AfterPlural> : never)
      : Name | Placeholders<After>
    : never
  : never;

/** The texts themselves if all are right. A wrong text has a type that says what is wrong. */
export type CheckedMessages<Given> = {
  readonly [Key in keyof Given]: Key extends MessageKey
    ? Given[Key] extends string
      ? CheckedText<Given[Key], (typeof en)[Key]>
      : string
    : 'There is no message with this key';
};

/** A text if it has the placeholders of the English text. Their names must be literal to be checked. */
export type CheckedText<Text extends string, English extends string> = string extends Text
  ? Text
  : [Placeholders<Text>, Placeholders<English>] extends [Placeholders<English>, Placeholders<Text>]
    ? Text
    : `Other placeholders than in English: ${English}`;

/**
 * Adds a language, or replaces texts of a language. English is used for each missing text. Panels in
 * this language are rendered again.
 *
 * `language` is a language tag such as `nl` or `pt-BR`. `messages` are the texts, or a function that
 * loads them when a panel needs them for the first time. In a text, `{name}` is a placeholder.
 * `{n, plural, one {# call} other {# calls}}` chooses a text by a number: by the number itself (`=0`),
 * else by its category in `Intl.PluralRules`. `#` is the number.
 *
 * TypeScript reports an unknown key and a wrong placeholder. At run time such a text is not used, and
 * the console says why. Throws a `TypeError` if `language` is not a language tag, or if `messages`
 * is neither an object nor a function.
 */
export declare function registerMessages<const Given extends Messages>(
  language: string,
  messages:
    (Given & CheckedMessages<Given>) | (() => Promise<Given> & Promise<CheckedMessages<Given>>),
): void;

declare global {
  interface HTMLElementTagNameMap {
    'valet-lot': ValetLot;
  }
}
