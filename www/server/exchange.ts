import type { Answer, LotOptions, Question } from 'valet-park';
import type { Accident } from './accident.ts';
import type { PlayCall } from './call.ts';
import type { Extension } from './directory.ts';
import type { Profile } from './engine.ts';
import type { SwitchEvent } from './event.ts';

/** What an exchange is made of; everything has a default. */
export interface ExchangeOptions extends LotOptions {
  /** How it parks. Default `lot`: as specified. `freeswitch`: as a real switch was seen to, where
   *  careless clients connect strangers; `allocate` and `bridgeAny` then mean nothing. */
  readonly profile?: Profile;
  /** The telephones of the switch. Default: 34414 (341 Reception), 32494 (200 Sales), 34415 (342
   *  Service). */
  readonly extensions?: readonly Extension[];
  /** The clock, in ms since 1970. Default: the machine's. It may stand still: then nothing that
   *  waits for it goes on before `forward`, delayed requests included. */
  readonly now?: () => number;
  /** Whether the extension that parked a call may ask with this call while it waits. With false such
   *  a question is answered 404. It is not known what a real switch does, so test your client both
   *  ways. Default true. */
  readonly askWithParked?: boolean;
}

/**
 * The calls of a switch, and the hands that make them happen.
 *
 * A call is named by its `call_api_id`, in any way of writing it. Whatever cannot be done throws a
 * `SwitchError`. Nothing here waits: time passes on the machine's clock, or by `forward`.
 */
export interface Exchange {
  /** The switch's time, in ms since 1970. */
  now(): number;
  /** Sets the clock forward; returns the new time. Calls whose patience ends on the way go back to
   *  their extensions, at their own moments. */
  forward(ms: number): number;
  /** Somebody outside calls an extension, named by id (`34414`) or short number (`341`). Without a
   *  name the number stands for it. */
  ring(extension: string, number: string, name?: string): PlayCall;
  /** An extension calls somebody outside. */
  dial(extension: string, number: string): PlayCall;
  /** A ringing call is answered, by whoever was called. */
  answer(call: string): PlayCall;
  /** The far party hangs up, wherever the call is. Everything it was bridged with ends with it; a
   *  call that waits leaves its slot. */
  hangup(call: string): PlayCall;
  /** Ends every call, so that the lot is empty, and forgets the accidents. The clock stays. */
  reset(): void;
  /** What happened to callers that nobody can have wanted, oldest first. With the profile `lot`
   *  nothing of the kind can happen. */
  readonly accidents: readonly Accident[];
  /** The calls that live, in the order in which they were placed. */
  calls(): PlayCall[];
  /**
   * Asks the lot on behalf of an extension, as the resource does.
   *
   * The call must be the extension's own and alive, else it is refused as if it did not exist. One
   * that still rings can look at the lot, not park or bridge. Between this and its answer nobody
   * else is heard; what is asked over HTTP can be raced, if the profile can.
   */
  ask(question: Question): Answer;
  /** Calls `listener` with each call event, after the change that caused it is complete. Returns
   *  the way to stop. */
  onEvent(listener: (event: SwitchEvent) => void): () => void;
}
