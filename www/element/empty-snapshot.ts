import type { Snapshot, SlotView } from 'valet-park';

/** The number of slots that is shown while there is no client. */
const slots = 9;

function unknownSlot(slot: number): SlotView {
  return {
    slot,
    state: 'unknown',
    pending: null,
    confirmed: false,
    checkedAt: null,
    uuid: null,
    call: null,
    caller: null,
    parkedBy: null,
    mine: false,
    heldSince: null,
    exact: false,
    returnsAt: null,
  };
}

/** The snapshot of a panel without a client: nine slots in the state `unknown`, and no calls. */
export const emptySnapshot: Snapshot = {
  revision: 0,
  slots: Array.from({ length: slots }, (_, index) => unknownSlot(index + 1)),
  calls: [],
  departures: [],
  sync: {
    state: 'idle',
    checkedAt: null,
    nextAskAt: null,
    role: 'solo',
    budget: { limit: null, remaining: null, resetsAt: null },
    patience: { toldMs: 180_000, seenMs: null },
  },
};
