import type { Snapshot, SlotView, ValetError, ValetPark } from 'valet-park';

/** All that may be shown, drawn again at each change of anything. */
export declare function useLot(park: ValetPark | null): Snapshot;

/** One slot, from 1, drawn again only when that slot changes. Null if the lot has no such slot. */
export declare function useSlot(park: ValetPark | null, slot: number): SlotView | null;

/**
 * How long the call in a slot may still wait, as `m:ss`: from `3:00` to `0:01`, drawn again once a
 * second. Null where nobody knows, and when the time is over: then it is returning, whatever digits
 * would say. Put it into a component of its own, and only the digits are drawn again.
 */
export declare function useCountdown(park: ValetPark | null, slot: number): string | null;

/** The commands of a client. */
export type CommandName = 'park' | 'bridge' | 'inspect' | 'freeSlots' | 'refresh';

/** A command, and how it stands. */
export interface Command<Name extends CommandName> {
  /** Gives the command. Never rejects: undefined if it failed, and then `error` says why. */
  readonly run: (
    ...given: Parameters<ValetPark[Name]>
  ) => Promise<Awaited<ReturnType<ValetPark[Name]>> | undefined>;
  /** It is on its way. */
  readonly pending: boolean;
  /** How it failed last, until it is given again. Its `outcome` says whether it was done. */
  readonly error: ValetError | null;
}

/**
 * One command of the client, as in `const { run, pending, error } = useCommand(park, 'park')`.
 *
 * A component that goes away does not call its command off: what was asked of the switch is done,
 * and somebody has to know.
 */
export declare function useCommand<Name extends CommandName>(
  park: ValetPark | null,
  name: Name,
): Command<Name>;
