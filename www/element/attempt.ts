import type { Party } from 'valet-park';

/** An action of the page on a call that waits. The page announces the call, or tells the person. */
export type HostActionName = 'announce' | 'page';

/** A command of a person, with the caller it is about and its slot. */
export interface Attempt {
  readonly what:
    | 'park'
    | 'bridge'
    | 'pickUp'
    | 'note'
    | 'answer'
    | 'check'
    | 'refresh'
    | 'report'
    | HostActionName;
  /** The caller that the command is about. Missing if it is about no caller. */
  readonly caller?: Party | null;
  /** The slot of the command. Null for any slot, and for a command without a slot. */
  readonly slot: number | null;
  /** The UUID of the call that waits in the slot, if the command is about that call. */
  readonly uuid?: string | null;
}

/** A command that changes something at the switch, so that its result can be unknown. */
export type Change = Attempt & { readonly what: 'park' | 'bridge' | 'pickUp' | 'note' };

/** True for a command that changes something at the switch. */
export function isChange(attempt: Attempt): attempt is Change {
  return ['park', 'bridge', 'pickUp', 'note'].includes(attempt.what);
}
