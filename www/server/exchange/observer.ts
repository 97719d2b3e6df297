import type { Answer, Question } from 'valet-park';
import type { LotEvent } from 'valet-park/lot';
import type { Caller, Taker } from '../feed/message.ts';

/** Gets everything that happens in the lot, in order. */
export interface Observer {
  /**
   * A call entered a slot or left it. `taker` is null unless a bridge took the call out. Only the
   * profile `lot` reports moves.
   */
  moved(event: LotEvent, caller: Caller, taker: Taker | null): void;
  /** A question was answered. Returns the place of the answer in the order of all answers. */
  asked(question: Question, answer: Answer): number;
}

/** An answer, and its place in the order of all answers. The place is null without an observer. */
export interface Answered {
  readonly answer: Answer;
  readonly order: number | null;
}
