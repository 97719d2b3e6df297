import type { ValetPark } from 'valet-park';

/**
 * The reception panel as one element: `<valet-lot>`.
 *
 * Give it a client in `park`; it does not dispose of it. Attributes say how the panel is at first;
 * what somebody chooses in its settings is kept in the browser and goes before them.
 */
export declare class ValetLot extends HTMLElement {
  /** The client whose lot is shown. Null: places for slots of which nothing is known. */
  park: ValetPark | null;
  /** How our own extension is called by people. Attribute `home`. */
  home: string;
  /** How an extension is called by people; the extension itself by default. */
  nameOf: (extension: string) => string;
  /** What stands above the board; null for its usual name, empty for nothing. Attribute `heading`. */
  heading: string | null;
  /** The page is the panel's own: a call about to return shows in its title and badge. Attribute
   *  `owns-page`. */
  ownsPage: boolean;
  /** Tiles, a list with a search, or a strip for the edge of a page. Attribute `layout`. */
  layout: 'board' | 'list' | 'dock' | null;
  /** Before which bridges to ask: those with calls that others parked, none, or all. */
  confirm: 'others' | 'never' | 'always' | null;
  /** Of which calls about to return to tell. */
  alerts: 'mine' | 'all' | 'none' | null;
  /** 1 2 3 on top, as on a telephone, or 7 8 9, as on a keyboard. */
  order: 'phone' | 'keypad' | null;
  size: 'usual' | 'small' | 'large' | null;
  theme: 'auto' | 'light' | 'dark' | null;
  /** Whether keys of a single character do anything. */
  keys: 'on' | 'off' | null;
  /** Fulfilled when everything that changed is drawn. */
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

/** A park that is about to be asked for. `preventDefault()` calls it off. */
export interface BeforePark {
  readonly call: string;
  /** Null: any slot. */
  readonly slot: number | null;
}

/** A bridge that is about to be asked for. `preventDefault()` calls it off. */
export interface BeforeBridge {
  readonly call: string;
  readonly slot: number;
  /** Who was seen there. */
  readonly uuid: string | null;
}

/** A call that was parked. */
export interface Parked {
  readonly call: string;
  readonly slot: number;
  readonly uuid: string;
  /** When it goes back, in ms since 1970; null if nobody knows. */
  readonly returnsAt: number | null;
}

/** A call that was bridged with one that waited. */
export interface Bridged {
  readonly call: string;
  readonly slot: number;
  /** Who waited there; null if the switch did not say. */
  readonly uuid: string | null;
}

/** The events of the element. They bubble, and leave the shadow trees around it. */
export interface ValetLotEventMap extends HTMLElementEventMap {
  'parking-before-park': CustomEvent<BeforePark>;
  'parking-before-bridge': CustomEvent<BeforeBridge>;
  /** It waits. */
  'parking-parked': CustomEvent<Parked>;
  /** They talk. */
  'parking-bridged': CustomEvent<Bridged>;
  /** A park or a bridge went wrong: the error, as the client gave it. */
  'parking-failed': CustomEvent<unknown>;
}

/** Registers the element and its parts, as importing this does. May be called again. */
export declare function define(): void;

declare global {
  interface HTMLElementTagNameMap {
    'valet-lot': ValetLot;
  }
}
