/**
 * `valet-park/react`: hooks that show a lot and run commands, and the panel as a component.
 *
 * Each hook takes the client, or null: while the client is opened, and on a server. A component
 * renders again only when the result of its hook has changed.
 */

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { Snapshot, SlotView, ValetError, ValetPark } from 'valet-park';
import { emptySnapshot } from '../../src/client/snapshot.ts';
import { onTick } from '../element/tick.ts';
import { formatClock } from '../element/wait-time.ts';
import type { Command, CommandName } from './public.d.ts';

export { ValetLot } from './valet-lot.ts';

/** The snapshot without a client: no slots and no calls. */
const noSnapshot: Snapshot = emptySnapshot(0);

const subscribeNothing = (): (() => void) => () => {};
const getNoSnapshot = (): Snapshot => noSnapshot;

/** Returns the snapshot. The component renders again at every change. */
export function useLot(park: ValetPark | null): Snapshot {
  return useSyncExternalStore(
    park?.subscribe ?? subscribeNothing,
    park?.getSnapshot ?? getNoSnapshot,
    park?.getServerSnapshot ?? getNoSnapshot,
  );
}

/**
 * Returns the view of one slot, counted from 1; null if the lot has no such slot. The component renders
 * again only when that slot changes.
 */
export function useSlot(park: ValetPark | null, slot: number): SlotView | null {
  const view = (snapshot: Snapshot): SlotView | null => snapshot.slots[slot - 1] ?? null;
  return useSyncExternalStore(
    park?.subscribe ?? subscribeNothing,
    () => view(park?.getSnapshot() ?? noSnapshot),
    () => view(park?.getServerSnapshot() ?? noSnapshot),
  );
}

/**
 * Returns how long the call in a slot may still wait, such as `3:00` or `0:01`; `h:mm:ss` from an hour
 * on. Null if no deadline is known, and after the deadline, when the call returns.
 *
 * The component renders again once a second. Use the hook in a small component, so that only the
 * digits render again.
 */
export function useCountdown(park: ValetPark | null, slot: number): string | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [onTick(listener), park?.subscribe(listener)];
      return () => stops.forEach((stop) => stop?.());
    },
    [park],
  );
  const read = (): string | null => {
    const left = park?.remaining(slot) ?? null;
    return left === null || left <= 0 ? null : formatClock(left);
  };
  return useSyncExternalStore(subscribe, read, () => null);
}

/**
 * Returns one command of the client: `const { run, pending, error } = useCommand(park, 'park')`.
 *
 * A command that has started continues when the component is removed, because the switch may already
 * be carrying it out.
 */
export function useCommand<Name extends CommandName>(
  park: ValetPark | null,
  name: Name,
): Command<Name> {
  const [runningCount, setRunningCount] = useState(0);
  const [error, setError] = useState<ValetError | null>(null);
  const run = useCallback(
    async (...given: unknown[]) => {
      if (park === null) return undefined;
      setError(null);
      setRunningCount((count) => count + 1);
      try {
        const command = park[name] as (...given: unknown[]) => Promise<unknown>;
        return await command.apply(park, given);
      } catch (cause) {
        setError(cause as ValetError);
        return undefined;
      } finally {
        setRunningCount((count) => count - 1);
      }
    },
    [park, name],
  ) as Command<Name>['run'];
  const pending = runningCount > 0;
  return useMemo(() => ({ run, pending, error }), [run, pending, error]);
}
