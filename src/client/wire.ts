import * as core from '../../build/glue/valet_park.js';
import type { Answer, Dialect, Question } from './types.js';
import { copyDialect, copyQuestion, flatTexts } from './validate.js';
import { wasm } from './wasm.js';

/** A question as an HTTP request. Append `path` to the base URL. */
export interface HttpRequest {
  readonly method: 'PUT';
  /** `/extension/34414/valet_park/3232240860-37b98fb2-…`. Each segment is percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The question as JSON. */
  readonly body: string;
}

/**
 * Builds the HTTP request of a question.
 *
 * Throws a `ValetError` of kind `invalid` if a field is wrong, or if the dialect does not allow the
 * question.
 *
 * @example
 * ```ts
 * const call = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
 * const { method, path, headers, body } = buildRequest({
 *   extension: '34414',
 *   call,
 *   action: 'park',
 *   slot: 6,
 * });
 * await fetch(baseUrl + path, { method, headers: { ...headers, Authorization: token }, body });
 * ```
 */
export function buildRequest(question: Question, dialect?: Dialect): HttpRequest {
  const [asked, spoken] = [copyQuestion(question), copyDialect(dialect)];
  return wasm.run(() => core.buildRequest(asked, spoken));
}

/**
 * Reads the answer of the switch to a question.
 *
 * An answer that the client does not understand with certainty is `unclear`, and throws nothing. A
 * 404 without an explanation is `unclear` after a question about a slot: either the slot is empty,
 * or the call of the question has ended.
 *
 * Only `action` and `slot` of the question are read. Throws a `ValetError` of kind `invalid` if one of
 * them is wrong, or if another argument is.
 */
export function readAnswer(
  question: Question,
  status: number,
  body: string,
  headers?: Readonly<Record<string, string>>,
): Answer {
  const asked = copyQuestion(question);
  const expected = '`headers` to be an object of texts';
  const pairs = headers === undefined ? [] : flatTexts(headers, 'invalid-options', expected);
  return wasm.run(() => core.readAnswer(asked, status, body, pairs));
}
