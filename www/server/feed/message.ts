import type { Answer, Question } from 'valet-park';
import { writeMessage, type FeedReport, type LotEvent, type LotReport } from 'valet-park/lot';
import type { PlayCall } from '../exchange/call.ts';
import type { SwitchEvent } from '../exchange/event.ts';
import type { JournalRow } from '../relay/journal-row.ts';

/** The text of a feed message about a call event. */
export function callMessage({ fields }: Pick<SwitchEvent, 'fields'>): string {
  return messageOf({ kind: 'call', fields });
}

/**
 * The text of a feed message about an answer to a question. `since` is the newest id at the time of
 * the question, if another switch answers.
 */
export function askedMessage(question: Question, answer: Answer, since?: number): string {
  return messageOf({ kind: 'asked', question, answer, ...(since === undefined ? {} : { since }) });
}

/** The text of a feed message about a call that entered a slot or left it. `now` is in ms. */
export function lotMessage(
  { kind: move, at, slot, call, extension }: Omit<LotEvent, 'by' | 'kind'> & Kind,
  { number, name }: Caller,
  now: number,
  taker: Taker | null = null,
): string {
  const agoMs = Math.max(now - at, 0);
  const other = taker === null ? {} : { by: taker.call, takenBy: taker.extension };
  return messageOf({ kind: 'lot', move, slot, call, extension, number, name, agoMs, ...other });
}

/** The move of the call. */
interface Kind {
  readonly kind: LotReport['move'];
}

/** The text of a feed message about the note of a parked call. */
export function noteMessage({ call, slot, note, forWhom, notedBy }: JournalRow): string {
  return messageOf({ kind: 'note', call, slot, note, forWhom, by: notedBy });
}

/** The call that took another call out of its slot. */
export interface Taker {
  /** The `call_api_id`. Null if it is not known. */
  readonly call: string | null;
  /** The id of its extension. */
  readonly extension: string;
}

/** The caller of a call. Both fields are empty if the caller is not known. */
export type Caller = Pick<PlayCall, 'number' | 'name'>;

/** Writes a server-sent event without its `id`. */
function messageOf(report: FeedReport): string {
  const { kind, data } = writeMessage(report);
  return `event: ${kind}\ndata: ${data}\n\n`;
}
