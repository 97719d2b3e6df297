import type { CallView, Party, SlotView } from 'valet-park';

/** How long a command can be taken back, in ms. */
export const undoMs = 10_000;

/**
 * How to take the last command back.
 *
 * `takeBack`: pick up the call that was parked by mistake. `putBack`: park the call that was picked up
 * by mistake in its old slot.
 */
export type Undo =
  | { readonly what: 'takeBack'; readonly slot: number; readonly uuid: string }
  | {
      readonly what: 'putBack';
      readonly slot: number;
      readonly call: string;
      /** The note that the call had in the slot. */
      readonly texts: NoteTexts;
    };

/** A note, as `park` takes it. */
export interface NoteTexts {
  readonly note?: string;
  readonly for?: string;
}

/** Returns the note of a call, as `park` takes it. */
export function noteTextsOf(
  view: Pick<SlotView, 'note' | 'forWhom'> | null | undefined,
): NoteTexts {
  const { note, forWhom } = view ?? {};
  return { ...(note && { note }), ...(forWhom && { for: forWhom }) };
}

/** A call that was connected with a call of ours. */
export interface Connected {
  readonly slot: number;
  /** The UUID of the call that waited. Null if the switch did not name it. */
  readonly uuid: string | null;
  readonly caller: Party | null;
  /**
   * When the person asked to pick up the call, in ms on the clock of the client. Null after a bridge:
   * then the caller talks with the other party of our call and not with us.
   */
  readonly pickedUpAt: number | null;
  /** The note that the call had in the slot. */
  readonly texts: NoteTexts;
}

/**
 * Returns the call of ours that talks with the caller of a slot. Parking that call puts the caller back.
 *
 * Returns null unless exactly one call is certain. Otherwise another caller would be parked.
 */
export function ownCallOf(
  { uuid, caller, pickedUpAt }: Connected,
  calls: readonly CallView[],
): CallView | null {
  const talking = calls.filter(({ state, pending }) => state === 'talking' && pending === null);
  const same = talking.find((call) => call.uuid === uuid);
  if (same !== undefined) return same;
  const { number } = caller ?? {};
  if (!number || pickedUpAt === null) return null;
  const fitting = talking.filter(
    (call) => call.caller?.number === number && call.since >= pickedUpAt,
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Returns what puts a caller back in the slot; null if the slot is taken, or no call is certain. */
export function putBack(
  connected: Connected,
  slots: readonly SlotView[],
  calls: readonly CallView[],
): Undo | null {
  const { slot, texts } = connected;
  const view = slots[slot - 1];
  const call = ownCallOf(connected, calls);
  if (call === null || view?.state !== 'free' || view.pending !== null) return null;
  return { what: 'putBack', slot, call: call.call, texts };
}

/** Returns what takes a parked call back; null if another call waits in the slot, or none does. */
export function takeBack(
  { slot, uuid }: { readonly slot: number; readonly uuid: string },
  slots: readonly SlotView[],
): Undo | null {
  const view = slots[slot - 1];
  if (view?.uuid !== uuid || view.pending !== null) return null;
  return { what: 'takeBack', slot, uuid };
}
