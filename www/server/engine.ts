import { Lot, type Answer, type LotEvent, type LotOptions, type Question } from 'valet-park';
import type { Accident } from './accident.ts';
import { FreeswitchLot } from './freeswitch/lot.ts';
import { SwitchError } from './switch-error.ts';

/**
 * What knows who waits in which slot, and answers for it: the package's `Lot`, or one that behaves
 * as a real switch was seen to.
 *
 * `now` is in ms and never runs backwards.
 */
export interface Engine {
  /** Answers a question, at once or in two steps. */
  ask(now: number, question: Question): Answer | Pending;
  /** The far party of a call has gone. Nothing happens to one that the engine does not hold. */
  hangup(now: number, call: string): void;
  /** Lets everything happen that is due by `now`. */
  advance(now: number): void;
  /** What has happened to calls since the last take, oldest first. */
  takeEvents(): EngineEvent[];
  /** When `advance` next has something to do, or null. */
  nextDeadline(): number | null;
  dispose(): void;
}

/** A question that has been looked at and not yet carried out: meanwhile, others are. */
export interface Pending {
  readonly waitMs: number;
  finish(now: number): Answer;
}

/** What became of a call; beside what may happen in a lot, what should not. */
export interface EngineEvent extends Omit<LotEvent, 'kind'> {
  /**
   * `strangers`: connected with the far party of the call `by`, which leaves its extension.
   * `silent`: taken out of its slot and connected with nobody.
   */
  readonly kind: LotEvent['kind'] | 'strangers' | 'silent';
}

/** How a switch parks. `lot`: as specified. `freeswitch`: as a real one was seen to, races and
 *  oddities included, which its `accidents` tell of. */
export type Profile = (typeof PROFILES)[number];

export const PROFILES = ['lot', 'freeswitch'] as const;

/** @throws SwitchError for an unknown profile, ValetError for options that make no sense. */
export function createEngine(
  profile: Profile,
  options: LotOptions,
  report: (accident: Accident) => void,
): Engine {
  if (profile === 'lot') return new Lot(options);
  if (profile === 'freeswitch') return new FreeswitchLot(options, report);
  throw new SwitchError(
    'invalid',
    `a profile is one of ${PROFILES.join(', ')}, not \`${profile}\``,
  );
}
