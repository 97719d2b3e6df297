import type { Snapshot, SlotView } from 'valet-park';

/** How many slots are drawn before anybody said how many there are. */
const slots = 9;

function unknown(slot: number): SlotView {
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

/** What a panel shows that has no client yet: places for the slots, and nothing known of them. */
export const blank: Snapshot = {
  revision: 0,
  slots: Array.from({ length: slots }, (_, index) => unknown(index + 1)),
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
