import { parseCallEvent, readAnswer, type Answer, type Question } from 'valet-park';
import { readRequest } from 'valet-park/lot';
import type { Reply } from '../http/reply.ts';
import { orderHeader, sinceHeader } from '../http/place.ts';

/** A message of the feed that a relay takes in. */
export type FeedMessage =
  | { readonly kind: 'call'; readonly fields: Readonly<Record<string, string>> }
  | {
      readonly kind: 'asked';
      readonly question: Question;
      readonly answer: Answer;
      /** The newest id of the feed when the question was sent to the switch. */
      readonly since: number;
      /** Returns the answer as a client gets it. `id` is the id of the message. */
      readonly replyWith: (id: number) => Reply;
    };

/** Reads the text of a message that this package wrote. Returns null for other kinds of messages. */
export function readMessage(text: string): FeedMessage | null {
  const [, kind, data = ''] = /^event: (\w+)\ndata: (.*)\n/.exec(text) ?? [];
  if (kind === 'call') return { kind, fields: parseCallEvent(data).raw };
  return kind === 'asked' ? readAsked(new URLSearchParams(data)) : null;
}

function readAsked(fields: URLSearchParams): FeedMessage {
  const of = (name: string) => fields.get(name) ?? '';
  const question = readRequest('PUT', of('path'), of('body'), ANY);
  const [status, body] = [Number(of('status')), of('answer')];
  const wait = of('retry_after');
  const given = wait === '' ? {} : { 'Retry-After': wait };
  const replyWith = (id: number): Reply => ({
    status,
    body,
    headers: {
      ...{ 'Content-Type': 'application/json', ...given },
      ...{ [orderHeader]: String(id), [sinceHeader]: of('since') },
    },
  });
  const answer = readAnswer(question, status, body, given);
  return { kind: 'asked', question, answer, since: Number(of('since')), replyWith };
}

/** The dialect of the messages of a feed. */
const ANY = { slots: 65_535, slotFormat: 'string', slotRequired: false } as const;
