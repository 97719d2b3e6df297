/** The actions of the lot: park a call, bridge it with a parked call, ask about slots. */
export type Action = 'park' | 'bridge' | 'slots';

/**
 * One request to the lot.
 *
 * Every question names a live call, also a question about slots. So a client without a live call
 * cannot ask.
 */
export interface Question {
  /** The extension that asks: `34414`, `@101` or `@1844*101`. */
  readonly extension: string;
  /** The `call_api_id` of a live call. `park` and `bridge` act on this call. */
  readonly call: string;
  readonly action: Action;
  /**
   * The slot, from 1. Without a slot `park` lets the switch choose one, `bridge` takes a random
   * waiting call, and `slots` asks for the list of free slots.
   */
  readonly slot?: number;
}

/** How the switch spells slots. The documentation of the API has two versions that differ. */
export interface Dialect {
  /** The number of slots, and so the highest slot number. Default 9. */
  readonly slots?: number;
  /** The JSON type of `slot` in a request. Default `'string'`, as in all documented samples. */
  readonly slotFormat?: 'string' | 'integer';
  /** True if the switch refuses `park` and `slots` without a slot. Default false. */
  readonly slotRequired?: boolean;
}

/** The reasons why the switch refuses a question. */
export type RefusalCode =
  /** Another call waits in the slot. */
  | 'taken'
  /** `park` without a slot, and no slot is free. */
  | 'lot-full'
  /** The call is parked already, in another slot. `slot` is that slot. */
  | 'already-parked'
  /** `bridge` with a slot in which no call waits. */
  | 'vacant'
  /** `bridge` without a slot, and no call waits in the lot. */
  | 'nobody-waiting'
  /** A call waits in the slot, but not the expected one. */
  | 'different-call'
  /** `bridge` of a call with itself. */
  | 'same-call'
  /** The lot does not have this slot. */
  | 'no-such-slot'
  /** The action needs a slot on this switch. */
  | 'slot-required'
  /** The call of the question has ended, or belongs to another extension. */
  | 'no-such-call'
  /** The extension of the question does not exist. */
  | 'no-such-extension'
  /** The token is missing, expired or wrong. */
  | 'unauthorized'
  /** The token is valid, but does not allow this action. */
  | 'forbidden'
  /** The hourly budget is used up, or too many requests came at once. */
  | 'rate-limited'
  /** The switch did not understand the request. */
  | 'bad-request';

/**
 * The answer of the lot to a question. A refusal is an answer, too.
 *
 * Slots count from 1. A field is null if the switch did not report it.
 */
export type Answer =
  /** The call of the question is parked in `slot`. */
  | { readonly kind: 'parked'; readonly slot: number | null; readonly uuid: string | null }
  /** The call of the question is connected with the call `uuid` that waited in `slot`. */
  | { readonly kind: 'bridged'; readonly slot: number | null; readonly uuid: string | null }
  /** The call `uuid` waits in the slot. */
  | { readonly kind: 'held'; readonly slot: number; readonly uuid: string }
  /** No call waits in the slot. */
  | { readonly kind: 'vacant'; readonly slot: number }
  /** The free slots, in ascending order. A call waits in every other slot of the lot. */
  | { readonly kind: 'free'; readonly slots: readonly number[] }
  /** The switch did nothing, and says why. */
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      /** The slot that the refusal is about. */
      readonly slot: number | null;
      /** The reason in the words of the switch. */
      readonly message: string;
      /** How long to wait before the next attempt, in ms. */
      readonly retryAfterMs: number | null;
    }
  /** The client cannot be sure what the answer means. */
  | {
      readonly kind: 'unclear';
      /** The HTTP status. */
      readonly status: number;
      /** The beginning of the body, on one line. */
      readonly found: string;
      /** How long to wait before the next request, in ms, from the header `Retry-After`. */
      readonly retryAfterMs: number | null;
    };
