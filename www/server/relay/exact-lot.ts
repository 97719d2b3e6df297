import type { LotReport, PickUp } from 'valet-park/lot';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { EventFields } from './roster.ts';
import type { Upstream } from './upstream.ts';

/** A call that entered a slot or left it. */
export interface ExactMove {
  readonly kind: LotReport['move'];
  readonly slot: number;
  /** The `call_api_id`. */
  readonly call: string;
  /** The extension that parked the call. Null if it is not known. */
  readonly extension: string | null;
  /** The caller. Both are empty if the caller is not known. */
  readonly number: string;
  readonly name: string;
  /** In ms since 1970. */
  readonly at: number;
  /** The call that took it out. Null if it left in another way. */
  readonly by: { readonly call: string; readonly extension: string | null } | null;
}

/** Gets the news of an exact switch, in order. */
export interface ExactListener {
  call(fields: EventFields): void;
  moved(move: ExactMove): void;
  /** The switch can be reached, and everything is known. News may have been missed before. */
  ready(): void;
  /** The switch cannot be reached any more. `problem` is a sentence. */
  lost(problem: string): void;
  /** Something that the administrator must know, without personal data. */
  warn(sentence: string): void;
}

/**
 * A switch that tells everything that happens in its lot. So nothing has to be concluded from answers,
 * and no one has to ask in the background.
 */
export interface ExactSwitch {
  readonly upstream: Upstream;
  /** Why commands cannot be given, as a sentence. Null if they can. */
  readonly problem: string | null;
  /** The calls that wait, as moves into their slots. */
  waiting(): readonly ExactMove[];
  /** Makes a telephone ring, see `PickUpParts`. */
  pickUp(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer>;
  /** Begins to tell the news. */
  start(listener: ExactListener): void;
  /** Idempotent. */
  close(): void;
}
