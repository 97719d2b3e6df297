import type { Answer, Question } from 'valet-park';
import type { LotEvent } from 'valet-park/lot';
import { unhandled } from '../unhandled.ts';

/**
 * Decides which call waits in which slot, and answers questions about it.
 *
 * `now` is in ms and never runs backwards.
 */
export interface Engine {
  /** Answers a question, at once or in two steps. */
  ask(now: number, question: Question): Answer | Pending;
  /** Reports that the far party of a call hung up. Ignored if the call is in no slot. */
  hangup(now: number, call: string): void;
  /** Does everything that is due by `now`. */
  advance(now: number): void;
  /** Returns the events since the last take, oldest first. */
  takeEvents(): EngineEvent[];
  /** The time at which `advance` next has something to do, or null. */
  nextDeadline(): number | null;
  dispose(): void;
}

/** A command that was checked and is not carried out yet. Other questions are answered meanwhile. */
export interface Pending {
  readonly kind: 'pending';
  /** The time until the command is carried out, in ms. */
  readonly waitMs: number;
  /** Carries out the command. */
  finish(now: number): Answer;
}

/** An event of a call in a slot. */
export interface EngineEvent extends Omit<LotEvent, 'kind'> {
  /**
   * `strangers`: connected with the far party of the call `by`, which leaves its extension.
   * `silent`: taken out of the slot and connected with no one.
   * The other kinds are those of a lot.
   */
  readonly kind: LotEvent['kind'] | 'strangers' | 'silent';
}

/** True for an event that can happen in a lot as specified. */
export function isLotEvent(event: EngineEvent): event is LotEvent {
  switch (event.kind) {
    case 'parked':
    case 'bridged':
    case 'returned':
    case 'abandoned':
      return true;
    case 'strangers':
    case 'silent':
      return false;
    default:
      return unhandled(event.kind);
  }
}
