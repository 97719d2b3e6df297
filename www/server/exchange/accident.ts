import type { Command } from './command.ts';

/**
 * Something that happened to callers and that no one can have wanted.
 *
 * Accidents happen only with the profile `freeswitch`, where commands can race. A test of a client
 * makes many commands race and then checks that there are no accidents.
 */
export interface Accident {
  readonly kind: AccidentKind;
  /** The time of the accident, in ms since 1970. */
  readonly at: number;
  readonly slot: number;
  /** The `call_api_id`s of the calls concerned, in the order in which they came. */
  readonly calls: readonly string[];
  /** The commands that led to the accident, oldest first. */
  readonly commands: readonly Command[];
}

/**
 * `strangers`: two callers were connected with each other, and with no extension.
 * `asker-parked`: a call was to be connected with a parked call, and was parked itself.
 * `orphaned`: a call waits in a slot where no list shows it. It returns when its patience ends.
 * `silent`: a call was taken out of its slot and connected with no one.
 */
export type AccidentKind = 'strangers' | 'asker-parked' | 'orphaned' | 'silent';
