import type { Answer, Question } from 'valet-park';
import type { LotOptions } from 'valet-park/lot';
import type { Accident } from './accident.ts';
import type { PlayCall } from './call.ts';
import type { Extension } from './directory.ts';
import type { SwitchEvent } from './event.ts';
import type { Profile } from './profile.ts';

/** The options of an exchange. Each option has a default. */
export interface ExchangeOptions extends LotOptions {
  /**
   * How the switch parks. Default `lot`: as specified. `freeswitch`: as a real switch was seen to
   * park. There a careless client can connect strangers. `allocate` and `bridgeAny` have no effect
   * then.
   */
  readonly profile?: Profile;
  /**
   * The telephones of the switch. Default: 34414 (341 Reception), 32494 (200 Sales), 34415 (342
   * Service).
   */
  readonly extensions?: readonly Extension[];
  /**
   * Returns the time in ms since 1970. Default: the clock of the machine. If it stands still,
   * everything that waits for the clock waits for `forward`, also delayed requests.
   */
  readonly now?: () => number;
  /**
   * True if an extension may ask with a call that it has parked. With false, the switch answers such
   * a question with 404. Real switches may do either, so test your client with both. Default true.
   */
  readonly askWithParked?: boolean;
  /** How long a telephone rings for a pick-up, in ms. Default 15,000, at most 60,000. */
  readonly ringMs?: number;
  /**
   * True if the switch looks whether the caller still waits before it connects a pick-up. With false
   * and the profile `freeswitch`, a telephone can be parked in the empty slot. Only a test that must
   * see this accident sets false. Default true.
   */
  readonly lookBeforePickUp?: boolean;
  /**
   * True if the id in the answer to a callback is the `CallID` of the calls of that callback, so that
   * it names their events. With false, no event contains the id. Real switches may do either, so test
   * your client with both. Default true.
   */
  readonly callbackIds?: boolean;
}

/**
 * The calls of a switch, and the methods that make things happen to them.
 *
 * A call is named by its `call_api_id`, in any spelling. A method throws a `SwitchError` if the call
 * or the extension does not exist, or cannot do this now. No method waits. Time passes with the clock
 * of the machine, or with `forward`.
 */
export interface Exchange {
  /** The time of the switch, in ms since 1970. */
  now(): number;
  /**
   * Sets the clock forward by `ms` and returns the new time. Calls whose patience ends in between
   * return to their extensions, each at its own time.
   */
  forward(ms: number): number;
  /**
   * Calls an extension from outside. The extension is an id (`34414`) or a short number (`341`). The
   * default of `name` is the number.
   */
  ring(extension: string, number: string, name?: string): PlayCall;
  /** Calls a number outside from an extension. */
  dial(extension: string, number: string): PlayCall;
  /** Answers a ringing call. */
  answer(call: string): PlayCall;
  /**
   * Ends a call, as if the party outside hangs up. All calls that are bridged with it end, too. A
   * parked call leaves its slot.
   */
  hangup(call: string): PlayCall;
  /** Ends all calls, so that the lot is empty, and clears the accidents. The clock stays. */
  reset(): void;
  /**
   * The accidents so far, oldest first: things that happened to callers and that no one can have
   * wanted. Always empty with the profile `lot`.
   */
  readonly accidents: readonly Accident[];
  /** The calls that are up, in the order in which they were placed. */
  calls(): PlayCall[];
  /**
   * Asks the lot on behalf of an extension, as a request to the resource does.
   *
   * The call must be up and must belong to the extension. Otherwise the question is refused as if the
   * call did not exist. With a call that still rings, only `slots` is allowed. No other question is
   * answered between this one and its answer. Questions over HTTP can race with the profile
   * `freeswitch`.
   */
  ask(question: Question): Answer;
  /**
   * Calls `listener` with each call event, after the change that caused the event is complete. Returns
   * a function that removes the listener.
   */
  onEvent(listener: (event: SwitchEvent) => void): () => void;
}
