import type { CallView, SlotView } from 'valet-park';
import { isHeld } from './obstacle.ts';

/**
 * Returns our calls, and our waiting calls that the client has no call events for: our extension parked
 * them before the panel was opened.
 */
export function withOwnParked(
  calls: readonly CallView[],
  slots: readonly SlotView[],
): readonly CallView[] {
  const isListed = (view: SlotView): boolean =>
    calls.some(({ state, slot, uuid, returnedFrom }) => {
      const place = state === 'parked' ? slot : returnedFrom?.slot;
      return place === view.slot || uuid === view.uuid;
    });
  const missing = slots.filter((view) => view.mine && isHeld(view) && !isListed(view));
  return missing.length === 0 ? calls : [...calls, ...missing.map(callOf)];
}

/** Returns the call that waits in a slot of ours. */
function callOf({ slot, uuid, call, caller, parkedBy, heldSince }: SlotView): CallView {
  return {
    ...{ call: `slot ${slot}`, callId: call, sipCallId: null, uuid: uuid ?? '' },
    ...{ extension: parkedBy ?? '' },
    ...{ direction: 'in', caller, called: null, state: 'parked', since: heldSince ?? 0, slot },
    ...{ returnedFrom: null, pending: null },
  };
}
