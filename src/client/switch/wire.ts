import { texts } from '../row.js';
import type { Action, Answer, Dialect, Question } from '../types.js';
import {
  callName,
  callNameMaybe,
  dialectParts,
  fields,
  httpStatus,
  milliseconds,
  slotGiven,
  slotList,
  slotNumber,
  text,
  word,
} from '../validate.js';
import { wasm } from './wasm.js';

/** An answer as HTTP. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
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
  const next = wasm.ask(
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
  const next = wasm.ask(
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
