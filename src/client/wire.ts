import { core } from './core.js';
import { readFields } from './event.js';
import type { Answer, Dialect, Question } from './words.js';

/** A question as HTTP. */
export interface HttpRequest {
  readonly method: 'PUT';
  /** `/extension/34414/valet_park/3232240860-37b98fb2-…`, each segment percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer as HTTP. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Builds the request of a question. Throws `ValetError` of kind `invalid` for what cannot be asked. */
export function buildRequest(question: Question, dialect?: Dialect): HttpRequest {
  return core((glue) => glue.buildRequest(question, dialect));
}

/**
 * Understands what the switch said to a question.
 *
 * Never throws for what the switch said: what makes no sense is `unclear`. That includes a bare
 * 404 to a question about a slot, which may mean an empty slot as well as a call that is gone.
 */
export function readAnswer(
  question: Question,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const given = readFields(headers);
  return core((glue) => glue.readAnswer(question, status, body, given));
}

/**
 * Reads a request, for whoever plays the switch. The path may have anything before `/extension/`.
 *
 * Throws `ValetError` of kind `invalid` with what would have been right.
 */
export function readRequest(
  method: string,
  path: string,
  body: string,
  dialect?: Dialect,
): Question {
  return core((glue) => glue.readRequest(method, path, body, dialect));
}

/** Spells an answer, for whoever plays the switch. */
export function writeAnswer(answer: Answer, dialect?: Dialect): HttpReply {
  return core((glue) => glue.writeAnswer(answer, dialect));
}
