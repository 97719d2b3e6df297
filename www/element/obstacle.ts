import type { CallView, SlotView } from 'valet-park';
import type { MessageKey } from './messages.ts';

/** Why an action is not possible now; null if it is possible. */
export type Obstacle = Extract<MessageKey, `why.${string}`> | null;

/** Returns why the selected call cannot be parked in any slot. */
export function whyNotPark(call: CallView | null): Obstacle {
  if (call === null) return 'why.needCall';
  if (call.pending !== null) return 'why.pending';
  if (call.state === 'ringing') return 'why.needAnswer';
  if (call.state === 'parked') return 'why.parked';
  return null;
}

/**
 * Returns why the selected call cannot be parked in a free or unknown slot.
 *
 * An unknown slot is allowed: the client checks a slot before it parks, and the lot refuses a taken
 * one. After the request limit is reached all slots become unknown, and people still have to park.
 */
export function whyNotParkHere(view: SlotView, call: CallView | null): Obstacle {
  if (view.pending !== null) return 'why.pending';
  return whyNotPark(call);
}

/** Returns why the selected call cannot be bridged with the call in the slot. */
export function whyNotBridge(view: SlotView, call: CallView | null): Obstacle {
  if (view.pending !== null) return 'why.pending';
  if (call !== null && call.uuid === view.uuid) return 'why.sameCall';
  return whyNotPark(call);
}

/** True if a call waits in the slot. */
export function isHeld({ state }: SlotView): boolean {
  return state === 'held' || state === 'returning';
}

/** Returns a sort key for slots: the earliest return first, slots without a call last. */
export function urgency(view: SlotView, remaining: number | null): number {
  if (!isHeld(view)) return Number.MAX_VALUE;
  return view.state === 'returning' ? -1 : (remaining ?? 1e12);
}
