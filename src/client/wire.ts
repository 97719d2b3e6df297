import { type Next, texts } from './row.js';
import { type Answer, answerOf, type Dialect, type Question } from './types.js';
import { dialectParts, flatTexts, httpStatus, questionParts, text } from './validate.js';
import { ask } from './wasm.js';

/** A question as HTTP. */
export interface HttpRequest {
  readonly method: 'PUT';
  /** `/extension/34414/valet_park/3232240860-37b98fb2-…`, each segment percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Builds the request of a question. Throws an error of kind `invalid` for what cannot be asked. */
export function buildRequest(question: Question, dialect?: Dialect): HttpRequest {
  return request(ask('request', ...questionParts(question), ...dialectParts(dialect)));
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
  const parts = questionParts(question);
  const code = httpStatus(status);
  const said = text(body, 'invalid-options', '`body` to be a text');
  const flat = flatTexts(headers, 'invalid-options', '`headers` to be an object of texts');
  return answerOf(ask('answer', ...parts, code, said, ...flat));
}

/** Reads a request that came out of the core. */
export function request(next: Next): HttpRequest {
  return { method: next(), path: next(), body: next(), headers: texts(next) };
}
