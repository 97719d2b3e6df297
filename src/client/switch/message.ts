import * as core from '../../../build/glue/valet_park_lot.js';
import type { Answer, Question } from '../types.js';
import { type Copy, copied, copyQuestion, flatTexts, unexpected } from '../validate.js';
import { wasm } from './wasm.js';
import { copyAnswer } from './wire.js';

/** Something that happened, to be reported in a feed. */
export type FeedReport = CallReport | AskedReport | LotReport | NoteReport;

/** A call event. */
export interface CallReport {
  readonly kind: 'call';
  /** The fields of the event, such as `EventType` and `CallAPIID`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A client asked a question, and the switch answered. */
export interface AskedReport {
  readonly kind: 'asked';
  readonly question: Question;
  readonly answer: Answer;
  /**
   * The newest id of the feed when the server sent the question to the switch. A client does not let
   * the answer overrule a message after this one. Null or missing if the server answers by itself.
   */
  readonly since?: number | null;
}

/** A call entered a slot or left it. */
export interface LotReport {
  readonly kind: 'lot';
  /** `parked`, or why the call left the slot. */
  readonly move: 'parked' | 'bridged' | 'returned' | 'abandoned' | 'unknown';
  readonly slot: number;
  /** The `call_api_id` of the parked call. */
  readonly call: string;
  /** The extension that parked the call. */
  readonly extension: string;
  /** The number of the caller. */
  readonly number?: string | null;
  /** The name of the caller. */
  readonly name?: string | null;
  /** The `call_api_id` of the call that the parked call was connected with. */
  readonly by?: string | null;
  /** The extension of the call in `by`. */
  readonly takenBy?: string | null;
  /** The time between the move and the sending of the message, in ms. Default 0. */
  readonly agoMs?: number;
}

/** A person changed what is noted of a parked call. */
export interface NoteReport {
  readonly kind: 'note';
  /** The `call_api_id` of the parked call, or its UUID. */
  readonly call: string;
  readonly slot: number;
  /** The note. A client shows at most 200 characters. Null if there is no note. */
  readonly note?: string | null;
  /** The name of the person who should take the call, with the same limit. Null if no
   *  person is named. */
  readonly forWhom?: string | null;
  /** The extension that changed the note. */
  readonly by?: string | null;
}

/** A copy of a report about a note, which the core reads. */
export type NoteCopy = Copy<Omit<NoteReport, 'kind'>>;

/** A copy of a report about a move, which the core reads. */
export type MoveCopy = Copy<Omit<LotReport, 'kind'>>;

/** A message of a feed: two fields of a server-sent event. */
export interface FeedMessage {
  /** The field `event`. */
  readonly kind: FeedReport['kind'];
  /** The field `data`: one line of ASCII. */
  readonly data: string;
}

/**
 * Writes a message of a feed. The server adds an `id`.
 *
 * Throws an error of kind `invalid` if a field is missing or wrong.
 */
export function writeMessage(report: FeedReport): FeedMessage {
  const write = copied(report, 'invalid-options', 'a report', writerOf);
  return wasm.run(write);
}

/** Copies a report. Returns the function that writes its message. */
function writerOf(report: Partial<FeedReport>): () => FeedMessage {
  const { kind } = report;
  switch (kind) {
    case 'call': {
      const fields = flatTexts(report.fields, 'invalid-event', '`fields` to be an object of texts');
      return () => core.writeCallMessage(fields);
    }
    case 'asked': {
      const { question, answer, since } = report;
      const [asked, said] = [copyQuestion(question), copyAnswer(answer)];
      return () => core.writeAskedMessage(asked, said, since);
    }
    case 'lot': {
      const { move, slot, call, extension, number, name, by, takenBy, agoMs } = report;
      const moved = { move, slot, call, extension, number, name, by, takenBy, agoMs };
      return () => core.writeLotMessage(moved);
    }
    case 'note': {
      const { call, slot, note, forWhom, by } = report;
      return () => core.writeNoteMessage({ call, slot, note, forWhom, by });
    }
    case undefined:
    default:
      throw unexpected('invalid-options', "`kind` to be 'call', 'asked', 'lot' or 'note'", kind);
  }
}
