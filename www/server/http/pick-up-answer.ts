import type { Answer } from 'valet-park';

/**
 * How a pick-up ended. `no-answer`: the telephone was not answered, or the call was refused.
 * `no-pick-up`: the server cannot make the telephone ring, and `message` says why.
 */
export type PickUpAnswer =
  | Answer
  | { readonly kind: 'no-answer'; readonly slot: number }
  | { readonly kind: 'no-pick-up'; readonly slot: number; readonly message: string };
