import { buildRequest, type Answer, type Question } from 'valet-park';
import { writeAnswer } from 'valet-park/lot';
import type { PlayCall } from './call.ts';
import type { EngineEvent } from './engine.ts';
import type { SwitchEvent } from './event.ts';

/** How the lot is told of on the feed: as forms, like call events. Nothing is ever left out of a
 *  question for being beyond this switch, so any number of slots will do. */
const dialect = { slots: 65_535 };

/** Something befell a call. */
export function callMessage(event: SwitchEvent): string {
  return message('call', event.fields);
}

/** Somebody asked, and was answered: in the words that went over the wire. */
export function askedMessage(question: Question, answer: Answer): string {
  const { path, body } = buildRequest(question, dialect);
  const { status, body: said } = writeAnswer(answer, dialect);
  return message('asked', { path, body, status, answer: said });
}

/**
 * A call came into a slot, or left it, so many ms ago; and who is calling.
 *
 * `taker` adds the fields `by` and `taken_by`. Leave it out where no bridge took the call, or where
 * the taker is not known.
 */
export function lotMessage(
  event: Omit<EngineEvent, 'by'>,
  caller: Caller,
  now: number,
  taker: Taker | null = null,
): string {
  const { kind, slot, call, extension, at } = event;
  const { number, name } = caller;
  const ago = Math.max(now - at, 0);
  return message('lot', {
    ...{ kind, slot, call, number, name, extension, ago },
    ...(taker === null ? {} : { by: taker.call, taken_by: taker.extension }),
  });
}

/** Who took a call out of its slot by a bridge. */
export interface Taker {
  /** The `call_api_id` of the call that it was connected with. */
  readonly call: string;
  /** The id of the extension whose call that is. */
  readonly extension: string;
}

/** Who is calling, as far as anybody knows. */
export type Caller = Pick<PlayCall, 'number' | 'name'>;

function message(kind: string, fields: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return `event: ${kind}\ndata: ${new URLSearchParams(pairs).toString()}\n\n`;
}
