import type {
  DetailedHTMLProps,
  ForwardRefExoticComponent,
  HTMLAttributes,
  RefAttributes,
} from 'react';
import type { Snapshot, SlotView, ValetError, ValetPark } from 'valet-park';
import type {
  ValetLot as ValetLotElement,
  ValetLotEvents,
  ValetLotListeners,
  ValetLotProps,
} from 'valet-park/element';

/** Returns the snapshot. The component renders again at every change. */
export declare function useLot(park: ValetPark | null): Snapshot;

/**
 * Returns the view of one slot, counted from 1; null if the lot has no such slot. The component renders
 * again only when that slot changes.
 */
export declare function useSlot(park: ValetPark | null, slot: number): SlotView | null;

/**
 * Returns how long the call in a slot may still wait, such as `3:00` or `0:01`; `h:mm:ss` from an hour
 * on. Null if no deadline is known, and after the deadline, when the call returns.
 *
 * The component renders again once a second. Use the hook in a small component, so that only the
 * digits render again.
 */
export declare function useCountdown(park: ValetPark | null, slot: number): string | null;

/** The commands of a client. */
export type CommandName = 'park' | 'bridge' | 'inspect' | 'freeSlots' | 'refresh';

/** A command and its state. */
export interface Command<Name extends CommandName> {
  /** Runs the command. Never rejects: if the command fails, the result is undefined and `error` is set. */
  readonly run: (
    ...given: Parameters<ValetPark[Name]>
  ) => Promise<Awaited<ReturnType<ValetPark[Name]>> | undefined>;
  /** True while the command runs. */
  readonly pending: boolean;
  /**
   * The error of the last run; null if it succeeded, and while the command runs. `error.outcome` says
   * whether the command was carried out.
   */
  readonly error: ValetError | null;
}

/**
 * Returns one command of the client: `const { run, pending, error } = useCommand(park, 'park')`.
 *
 * A command that has started continues when the component is removed, because the switch may already
 * be carrying it out.
 */
export declare function useCommand<Name extends CommandName>(
  park: ValetPark | null,
  name: Name,
): Command<Name>;

/** `ParkingParked` for `parking-parked`. */
export type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${CamelCase<Tail>}`
  : Capitalize<Text>;

/** The listeners of `<ValetLot>`: `onParkingParked` listens to the event `parking-parked`. */
export type ValetLotComponentListeners = {
  [Type in keyof ValetLotEvents as `on${CamelCase<Type>}`]?:
    ((event: ValetLotEvents[Type]) => void) | undefined;
};

/** The props of `<ValetLot>`: the properties and events of the element, and those of every element. */
export type ValetLotComponentProps = Omit<HTMLAttributes<ValetLotElement>, keyof ValetLotProps> &
  Omit<ValetLotProps, 'owns-page' | 'look-only'> &
  ValetLotComponentListeners;

/**
 * The element `<valet-lot>` as a component, for React 18 and newer. It sets the properties of the element
 * and listens to its events. A property that is no longer given gets its initial value again. A ref
 * refers to the element.
 *
 * The first component loads `valet-park/element` in the browser. If that fails, the nearest error
 * boundary receives the error. On a server it renders the element without content.
 */
export declare const ValetLot: ForwardRefExoticComponent<
  ValetLotComponentProps & RefAttributes<ValetLotElement>
>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'valet-lot': DetailedHTMLProps<
        Omit<HTMLAttributes<ValetLotElement>, keyof ValetLotProps> &
          ValetLotProps &
          ValetLotListeners<'on'>,
        ValetLotElement
      >;
    }
  }
}
