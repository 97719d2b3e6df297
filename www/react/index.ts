/**
 * `valet-park/react`: what a React component needs to show a lot and to act on it.
 *
 * Every hook takes the client, or null while there is none: while it is being opened, or on a
 * server, where a lot is shown of which nothing is known. A component is drawn again when what its
 * hook returns has changed, and not otherwise.
 */

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { Snapshot, SlotView, ValetError, ValetPark } from 'valet-park';
import { onBeat } from '../element/beat.ts';
import { blank } from '../element/blank.ts';
import type { Command, CommandName } from './public.d.ts';

/** What is known where nothing is: the same object each time. */
const nothing: Snapshot = Object.freeze({ ...blank, slots: Object.freeze([]) });

const unheard = (): (() => void) => () => {};
const ofNothing = (): Snapshot => nothing;

/** All that may be shown, drawn again at each change of anything. */
export function useLot(park: ValetPark | null): Snapshot {
  return useSyncExternalStore(
    park?.subscribe ?? unheard,
    park?.getSnapshot ?? ofNothing,
    park?.getServerSnapshot ?? ofNothing,
  );
}

/** One slot, from 1, drawn again only when that slot changes. Null if the lot has no such slot. */
export function useSlot(park: ValetPark | null, slot: number): SlotView | null {
  const view = (snapshot: Snapshot): SlotView | null => snapshot.slots[slot - 1] ?? null;
  return useSyncExternalStore(
    park?.subscribe ?? unheard,
    () => view(park?.getSnapshot() ?? nothing),
    () => view(park?.getServerSnapshot() ?? nothing),
  );
}

/**
 * How long the call in a slot may still wait, as `m:ss`: from `3:00` to `0:01`, drawn again once a
 * second. Null where nobody knows, and when the time is over: then it is returning, whatever digits
 * would say. Put it into a component of its own, and only the digits are drawn again.
 */
export function useCountdown(park: ValetPark | null, slot: number): string | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [onBeat(listener), park?.subscribe(listener)];
      return () => stops.forEach((stop) => stop?.());
    },
    [park],
  );
  const read = (): string | null => {
    const left = park?.remaining(slot) ?? null;
    if (left === null || left <= 0) return null;
    const seconds = Math.ceil(left / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  return useSyncExternalStore(subscribe, read, () => null);
}

/**
 * One command of the client, as in `const { run, pending, error } = useCommand(park, 'park')`.
 *
 * A component that goes away does not call its command off: what was asked of the switch is done,
 * and somebody has to know.
 */
export function useCommand<Name extends CommandName>(
  park: ValetPark | null,
  name: Name,
): Command<Name> {
  const [underWay, setUnderWay] = useState(0);
  const [error, setError] = useState<ValetError | null>(null);
  const run = useCallback(
    async (...given: unknown[]) => {
      if (park === null) return undefined;
      setError(null);
      setUnderWay((count) => count + 1);
      try {
        const command = park[name] as (...given: unknown[]) => Promise<unknown>;
        return await command.apply(park, given);
      } catch (cause) {
        setError(cause as ValetError);
        return undefined;
      } finally {
        setUnderWay((count) => count - 1);
      }
    },
    [park, name],
  ) as Command<Name>['run'];
  const pending = underWay > 0;
  return useMemo(() => ({ run, pending, error }), [run, pending, error]);
}
