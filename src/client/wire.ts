import { ask } from './wasm.js';
import {
  callName,
  callNameMaybe,
  dialectParts,
  fields,
  flatTexts,
  milliseconds,
  slotGiven,
  slotList,
  questionParts,
  slotNumber,
  text,
  unexpected,
  word,
} from './validate.js';
import { type Next, texts } from './row.js';
import { type Action, type Answer, answerOf, type Dialect, type Question } from './types.js';

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
  const next = ask(
    'question',
    text(method, 'invalid-options', '`method` to be a text'),
    text(path, 'invalid-options', '`path` to be a text'),
    text(body, 'invalid-options', '`body` to be a text'),
    ...dialectParts(dialect),
  );
  const question = { extension: next<string>(), call: next<string>(), action: next<Action>() };
  const slot = next<number | null>();
  return slot === null ? question : { ...question, slot };
}

/** Every field that some kind of answer has. */
const answerFields = [
  ...(['kind', 'slot', 'uuid', 'slots', 'code', 'message'] as const),
  ...(['retryAfterMs', 'status', 'found'] as const),
] as const;
type AnyAnswer = { readonly [F in (typeof answerFields)[number]]?: unknown };

const answerKinds = [
  ...(['refused', 'unclear', 'parked', 'bridged', 'held', 'vacant', 'free'] as const),
] as const;

/** Spells an answer, for whoever plays the switch. */
export function writeAnswer(answer: Answer, dialect?: Dialect): HttpReply {
  const given = fields(answer as AnyAnswer, answerFields, 'invalid-options', 'an answer');
  const kind = word(given.kind, 'kind', answerKinds);
  const slot = slotNumber(given.slot);
  const uuid = callNameMaybe(given.uuid);
  if (kind === 'held' || kind === 'vacant') slotGiven(given.slot);
  if (kind === 'held') callName(given.uuid);
  const free = kind === 'free' ? slotList(given.slots) : [];
  const message = kind === 'unclear' ? given.found : given.message;
  const retryAfterMs = given.retryAfterMs;
  const next = ask(
    'reply',
    ...dialectParts(dialect),
    kind,
    kind === 'refused' ? text(given.code, 'invalid-options', '`code` to be a text') : '',
    slot,
    uuid,
    message == null ? '' : text(message, 'invalid-options', 'the message to be a text'),
    retryAfterMs == null ? undefined : milliseconds(retryAfterMs, 'retryAfterMs'),
    kind === 'unclear' ? httpStatus(given.status) : 200,
    ...free,
  );
  return { status: next(), body: next(), headers: texts(next) };
}

/** Reads a request that came out of the core. */
export function request(next: Next): HttpRequest {
  return { method: next(), path: next(), body: next(), headers: texts(next) };
}

function httpStatus(value: unknown): number {
  const isStatus = Number.isInteger(value) && (value as number) >= 0 && (value as number) < 1000;
  if (!isStatus) throw unexpected('invalid-options', '`status` to be an HTTP status', value);
  return value as number;
}
