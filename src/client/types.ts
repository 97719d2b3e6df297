/** What can be done with a call and a slot. */
export type Action = 'park' | 'bridge' | 'slots';

/**
 * One question to the lot.
 *
 * Every question names a call, even one that only wants to know: with no live call there is
 * nothing to ask with.
 */
export interface Question {
  /** On whose behalf it is asked: `34414`, `@101` or `@1844*101`. */
  readonly extension: string;
  /** The `call_api_id` it is asked with; for `park` and `bridge` the one it is about. */
  readonly call: string;
  readonly action: Action;
  /**
   * Where, counted from 1. Without it `park` lets the switch choose, `bridge` takes a random call
   * that waits, and `slots` asks which slots are free.
   */
  readonly slot?: number;
}

/** How the switch at the other end speaks. The page that documents it has two versions. */
export interface Dialect {
  /** The highest slot number. Default 9. */
  readonly slots?: number;
  /** How `slot` is written into a body. Default `'string'`, as in every documented sample. */
  readonly slotFormat?: 'string' | 'integer';
  /** True where `park` and `slots` must name a slot. Default false. */
  readonly slotRequired?: boolean;
}

/** Why the lot did nothing. */
export type RefusalCode =
  /** Another call waits in the slot. */
  | 'taken'
  /** Parking anywhere, and no slot is free. */
  | 'lot-full'
  /** The call waits already, in another slot, which `slot` names. */
  | 'already-parked'
  /** Bridging with a slot in which nobody waits. */
  | 'vacant'
  /** Bridging with anybody, and nobody waits. */
  | 'nobody-waiting'
  /** Another call waits in the slot than the one that was expected. */
  | 'different-call'
  /** A call cannot be connected with itself. */
  | 'same-call'
  | 'no-such-slot'
  /** This switch wants to be told which slot. */
  | 'slot-required'
  /** The call that was asked with is not up, or not this extension's. */
  | 'no-such-call'
  | 'no-such-extension'
  | 'unauthorized'
  | 'forbidden'
  /** The hourly budget is spent, or too much was asked at once. */
  | 'rate-limited'
  | 'bad-request';

/** What the lot said. A refusal is an answer, too. `null` means that the switch did not say. */
export type Answer =
  | { readonly kind: 'parked'; readonly slot: number | null; readonly uuid: string | null }
  | { readonly kind: 'bridged'; readonly slot: number | null; readonly uuid: string | null }
  | { readonly kind: 'held'; readonly slot: number; readonly uuid: string }
  | { readonly kind: 'vacant'; readonly slot: number }
  /** These are free, in ascending order; the others are not. */
  | { readonly kind: 'free'; readonly slots: readonly number[] }
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly slot: number | null;
      /** The reason in the switch's own words. */
      readonly message: string;
      /** When to try again at the earliest, in ms. */
      readonly retryAfterMs: number | null;
    }
  /** The answer made no sense, or says nothing certain; `found` is its beginning. */
  | {
      readonly kind: 'unclear';
      readonly status: number;
      readonly found: string;
      /** How long to wait before the next request, in ms, if the header `Retry-After` says so. */
      readonly retryAfterMs: number | null;
    };
