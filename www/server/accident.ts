import type { Action, Question } from 'valet-park';

/**
 * Something that happened to callers and that nobody can have wanted.
 *
 * Only an engine that can be raced has accidents. A test of a client drives it hard and then looks
 * here whether the client was careful.
 */
export interface Accident {
  readonly kind: AccidentKind;
  /** When, in ms since 1970. */
  readonly at: number;
  readonly slot: number;
  /** The `call_api_id`s of those it happened to; whoever came last stands last. */
  readonly calls: readonly string[];
  /** The commands that led to it, oldest first. */
  readonly commands: readonly Command[];
}

/**
 * `strangers`: two callers were connected with each other, and with no extension.
 * `asker-parked`: a call that was to fetch another was itself put into the slot.
 * `orphaned`: a call waits where no list shows it; it comes back when its time is over.
 * `silent`: a call was connected with nobody; it hears nothing until it hangs up.
 */
export type AccidentKind = 'strangers' | 'asker-parked' | 'orphaned' | 'silent';

/** What was asked for, and when. */
export interface Command {
  /** When it arrived, in ms since 1970; it may have been carried out later. */
  readonly at: number;
  readonly extension: string;
  readonly call: string;
  readonly action: Action;
  /** Null where none was named. */
  readonly slot: number | null;
}

export function commandOf(at: number, question: Question): Command {
  const { extension, call, action, slot = null } = question;
  return { at, extension, call, action, slot };
}
