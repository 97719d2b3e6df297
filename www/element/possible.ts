import type { CallView, SlotView } from 'valet-park';
import type { MessageKey } from './messages.ts';

/** Why something cannot be done just now, or null if it can. */
export type Obstacle = Extract<MessageKey, `why.${string}`> | null;

/** Why the selected call cannot be parked in any slot at all. */
export function whyNotPark(call: CallView | null): Obstacle {
  if (call === null) return 'why.needCall';
  if (call.pending !== null) return 'why.pending';
  if (call.state === 'ringing') return 'why.needAnswer';
  if (call.state === 'parked') return 'why.parked';
  return null;
}

/**
 * Why the selected call cannot be parked in a slot that is shown as free or unknown.
 *
 * Unknown is no obstacle: the client looks before it parks, and the lot refuses a slot that is
 * taken. To forbid it here would leave nothing to do where the request limit is reached.
 */
export function whyNotParkHere(view: SlotView, call: CallView | null): Obstacle {
  if (view.pending !== null) return 'why.pending';
  return whyNotPark(call);
}

/** Why the selected call cannot be bridged with the one that waits in the slot. */
export function whyNotBridge(view: SlotView, call: CallView | null): Obstacle {
  if (view.pending !== null) return 'why.pending';
  if (call !== null && call.uuid === view.uuid) return 'why.sameCall';
  return whyNotPark(call);
}

/** What the first button of a tile stands for. */
export function primaryAct(view: SlotView): 'park' | 'bridge' {
  return view.state === 'held' || view.state === 'returning' ? 'bridge' : 'park';
}

/** Why the first button of a tile would do nothing. */
export function whyNot(view: SlotView, call: CallView | null): Obstacle {
  return primaryAct(view) === 'bridge' ? whyNotBridge(view, call) : whyNotParkHere(view, call);
}

/** By what to sort slots so that whoever returns first comes first, and who does not wait last. */
export function urgency(view: SlotView, remaining: number | null): number {
  if (primaryAct(view) === 'park') return Number.MAX_VALUE;
  return view.state === 'returning' ? -1 : (remaining ?? 1e12);
}
