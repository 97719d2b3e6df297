import type { SlotView } from 'valet-park';
import { ageOf } from './age.ts';
import type { Message, Param } from './messages.ts';
import type { Tongue } from './tongue.ts';
import { fullName } from './party.ts';
import type { Stay } from './stay.ts';

/** What the accessible name of a tile depends on, beside the slot itself. */
export interface LabelContext {
  readonly stay: Stay | null;
  /** How an extension is called by people. */
  readonly nameOf: (extension: string) => string;
  /** In ms, on the clock of the client. */
  readonly now: number;
}

/** The accessible name of a tile: all that is seen on it, in one sentence. */
export function label(tongue: Tongue, view: SlotView, context: LabelContext): string {
  const what = plainLabel(tongue, view, context);
  const age = ageOf(view, context.now);
  return tongue.text(
    age === null ? what : { key: 'label.aged', params: { what, age: age.spoken } },
  );
}

function plainLabel(tongue: Tongue, view: SlotView, { stay, nameOf, now }: LabelContext): Message {
  const { slot: n, state, pending, mine, parkedBy, caller } = view;
  const who = fullName(tongue, caller);
  if (pending !== null) {
    // A slot in which nobody waits yet has nobody to name.
    const isNamed = caller !== null || state === 'held' || state === 'returning';
    return isNamed
      ? { key: `label.${pending}`, params: { n, who } }
      : { key: `label.${pending}Slot`, params: { n } };
  }
  if (state === 'free')
    return { key: wasFree(view, now) ? 'label.wasFree' : 'label.free', params: { n } };
  if (state === 'unknown') return { key: 'label.unknown', params: { n } };
  const by: Param =
    parkedBy === null
      ? { key: 'label.foreign' }
      : { key: 'label.parkedBy', params: { name: nameOf(parkedBy) } };
  const parked: Param = mine ? { key: 'label.mine' } : by;
  const left = stay?.sentence ?? { key: 'left.unknown' as const };
  return { key: 'label.held', params: { n, who, parked, left } };
}

/** Whether a free slot may have been taken since it was heard of. */
export function wasFree(view: SlotView, now: number): boolean {
  return view.state === 'free' && ageOf(view, now)?.shown.key === 'slot.asOf';
}

/** What a tile asks before it bridges: said aloud, and its accessible name meanwhile. */
export function question(tongue: Tongue, { slot: n, caller }: SlotView): Message {
  return { key: 'label.confirm', params: { n, who: fullName(tongue, caller) } };
}
