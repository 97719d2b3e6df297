import * as core from '../../build/glue/valet_park.js';
import type { Answer, Dialect, Question } from './types.js';
import { copyDialect, copyQuestion, flatTexts } from './validate.js';
import { wasm } from './wasm.js';

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
  const [asked, spoken] = [copyQuestion(question), copyDialect(dialect)];
  return wasm.run(() => core.buildRequest(asked, spoken));
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
  const asked = copyQuestion(question);
  const pairs = flatTexts(headers, 'invalid-options', '`headers` to be an object of texts');
  return wasm.run(() => core.readAnswer(asked, status, body, pairs));
}
