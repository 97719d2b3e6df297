import * as core from '../../../build/glue/valet_park_lot.js';
import type { Answer, Dialect, Question } from '../types.js';
import { type Copy, copied, copyDialect } from '../validate.js';
import { wasm } from './wasm.js';

/** An answer as an HTTP response. */
export interface HttpReply {
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Reads a request as a switch does. The path may have any prefix before `/extension/`.
 *
 * Throws a `ValetError` of kind `invalid`. The message says what would be right.
 */
export function readRequest(
  method: string,
  path: string,
  body: string,
  dialect?: Dialect,
): Question {
  const spoken = copyDialect(dialect);
  return wasm.run(() => core.readRequest(method, path, body, spoken));
}

/** The fields of all kinds of answers. */
interface AnswerFields {
  readonly kind: Answer['kind'];
  readonly slot: number | null;
  readonly uuid: string | null;
  readonly slots: readonly number[];
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs: number | null;
  readonly status: number;
  readonly found: string;
}

/** A copy of an answer. The core reads and checks the copy. */
export type AnswerCopy = Copy<AnswerFields>;

/** Writes an answer as a switch does. */
export function writeAnswer(answer: Answer, dialect?: Dialect): HttpReply {
  const said = copyAnswer(answer);
  const spoken = copyDialect(dialect);
  return wasm.run(() => core.writeAnswer(said, spoken));
}

export function copyAnswer(answer: Partial<AnswerFields> | undefined): AnswerCopy {
  return copied(answer, 'invalid-options', 'an answer', (fields) => {
    const { kind, slot, uuid, slots, code, message, retryAfterMs, status, found } = fields;
    return {
      ...{ kind, slot, uuid, code, message, retryAfterMs, status, found },
      slots: Array.isArray(slots) ? copyList(slots) : slots,
    };
  });
}

/** One more than the largest number of slots. The core refuses a list of this length. */
const TOO_MANY = 65_536;

function copyList(list: readonly number[]): number[] {
  return Array.from({ length: Math.min(list.length, TOO_MANY) }, (_, at) => list[at] as number);
}

/** A request to connect the telephone of an extension with the call that waits in a slot. */
export interface PickUp {
  readonly extension: string;
  readonly slot: number;
  /** The `call_api_id` or the UUID of the call that must wait in the slot. Null: any call. */
  readonly expect: string | null;
}

/**
 * Reads the body of `POST /extension/{extension_id}/valet_park/pick_up` as a switch does. The path may
 * have any prefix before `/extension/`.
 *
 * Throws a `ValetError` of kind `invalid`. The message says what would be right.
 */
export function readPickUp(path: string, body: string, dialect?: Dialect): PickUp {
  const spoken = copyDialect(dialect);
  return wasm.run(() => core.readPickUp(path, body, spoken));
}

/** A call in a list of current calls. */
export interface ListedCall {
  /** The `call_api_id` of the call. */
  readonly call: string;
  /** The extension at which the call rings or talks. */
  readonly extension: string;
  /** The callback that the call belongs to (`callback_id`). Null for other calls. */
  readonly callback: string | null;
  /**
   * The fields of the call events that must have happened, in order: the call has begun to ring, and may
   * be answered.
   */
  readonly events: readonly Readonly<Record<string, string>>[];
}

/**
 * Reads the answer to `GET /extension/{extension_id}/current_calls/`, which was asked for `extension`, or
 * without an extension the answer to `GET /client/{client_id}/current_calls/`. Returns null if the body
 * is no list. Calls without a name or an extension are left out.
 *
 * Throws a `ValetError` of kind `invalid` for a wrong argument.
 */
export function readCallList(body: string, extension?: string): readonly ListedCall[] | null {
  return wasm.run(() => core.readCallList(body, extension));
}

/**
 * Writes the reply to a pick-up from `slot` after the telephone was not answered. `writeAnswer` writes
 * the reply `bridged` with the UUID of the call, and refusals.
 */
export function writeNoAnswer(slot: number, dialect?: Dialect): HttpReply {
  const spoken = copyDialect(dialect);
  return wasm.run(() => core.writeNoAnswer(slot, spoken));
}

/**
 * Writes the reply to a pick-up from `slot` of a server that cannot make the telephone of the extension
 * ring. `message` says why.
 */
export function writeNoPickUp(slot: number, message: string, dialect?: Dialect): HttpReply {
  const spoken = copyDialect(dialect);
  return wasm.run(() => core.writeNoPickUp(slot, message, spoken));
}
