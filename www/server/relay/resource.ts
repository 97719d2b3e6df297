import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { HTTPException } from 'hono/http-exception';
import type { StatusCode } from 'hono/utils/http-status';
import { readAnswer, type Answer, type Dialect, type Question } from 'valet-park';
import { writeAnswer } from 'valet-park/lot';
import { type AccessEnv, mayUse, type Who } from '../access/access.ts';
import { isCommand } from '../exchange/command.ts';
import { refusal } from '../exchange/refusal.ts';
import { StaleFenceError } from '../feed/lease.ts';
import type { Fence } from '../feed/log.ts';
import { askedMessage } from '../feed/message.ts';
import { readText } from '../http/body.ts';
import { keyHeader, readKey } from '../http/key.ts';
import { onlyBy } from '../http/refuse.ts';
import type { Reply } from '../http/reply.ts';
import { orderHeader, sinceHeader } from '../http/place.ts';
import { readQuestion, resourcePath } from '../http/resource.ts';
import type { LotMetrics } from '../metrics/metrics.ts';
import type { RelayLot } from './lot.ts';
import type { Lane } from './lanes.ts';

/** The request header in which a panel says that no person waits for the answer. */
const laneHeader = 'X-Valet-Lane';

/** Everything that the resource of a relay needs. */
export interface RelayResourceParts {
  readonly lot: RelayLot;
  readonly dialect: Dialect;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** The id of the asker. Its questions always go to the switch. */
  readonly askerId: string;
  readonly metrics: Pick<LotMetrics, 'question'>;
}

/**
 * The resource `PUT /extension/{extension}/valet_park/{call}` of a relay.
 *
 * The switch answers, and every subscriber of the feed gets the answer, too. A `park` or a `bridge`
 * with an `Idempotency-Key` is sent to the switch once.
 */
export function relayResourceRoute(parts: RelayResourceParts): Hono<AccessEnv> {
  const { lot, askerId, now } = parts;
  /** The looks that are under way, by slot. The key 0 is the list of free slots. */
  const looks = new Map<number, Promise<Reply>>();
  const { commands, observations, upstream, log, roster, extensions, heard } = lot;

  async function replyTo(c: Context<AccessEnv>): Promise<Reply> {
    const who = c.get('who');
    const path = resourcePath(c);
    const body = await readText(c.req.raw);
    const read = readQuestion(path, body, parts.dialect);
    if ('refused' in read) return writeAnswer(read.refused);
    const { question } = read;
    const refused = await refusalFor(question, who);
    if (refused !== null) return writeAnswer(refused);
    if (!isCommand(question.action)) return look(question, who, c.req.header(laneHeader));

    const key = readKey(c.req.header(keyHeader));
    const execute = () => ask(question, 'command');
    if (key === null) return execute();
    return commands.once({ owner: who.id, key, path, body }, execute);
  }

  /** Returns the reason why this panel may not ask this question. Null if it may. */
  async function refusalFor({ extension, call, action }: Question, who: Who) {
    const allowed = who.id === askerId ? heard : extensions;
    if (!allowed.includes(extension)) return refusal('no-such-extension', 'Not found');
    const isAllowed = who.may.includes(isCommand(action) ? 'act' : 'look');
    if (!isAllowed || !mayUse(who, extension)) {
      throw new HTTPException(403, { message: 'the token does not allow this' });
    }
    // The path may name any call. So the relay checks whose call it is.
    if (roster.ownersOf(call).length === 0) await lot.currentCalls.find();
    if (roster.ownersOf(call).includes(extension)) return null;
    return refusal('no-such-call', 'Not found');
  }

  async function look(question: Question, who: Who, hint: string | undefined): Promise<Reply> {
    if (who.id === askerId) {
      // A person waits for the looks of a pick-up.
      const isLook = hint === 'look' || lot.pickUps?.isAt(question.slot) === true;
      if (isLook) return shared(question, 'look');
      return lot.leads ? shared(question, 'background', lot.fence) : anotherAsks();
    }
    if (hint !== 'background') return shared(question, 'look');
    const underWay = looks.get(question.slot ?? 0);
    return observations.answerTo(question) ?? underWay ?? shared(question, 'background');
  }

  /** Asks the switch. Background questions of panels share the answer, also while it is under way. */
  async function shared(question: Question, lane: Lane, fence: Fence = {}): Promise<Reply> {
    const { slot = 0 } = question;
    const reply = ask(question, lane, fence);
    looks.set(slot, reply);
    try {
      return await reply;
    } finally {
      if (looks.get(slot) === reply) looks.delete(slot);
    }
  }

  /** Forgets what a command may change, and what is asked now. */
  function forget(slot: number | undefined): void {
    observations.forget(slot);
    if (slot === undefined) looks.clear();
    else for (const key of [slot, 0]) looks.delete(key);
  }

  /** Asks the switch, and tells everybody. With a `fence`, only if no other relay asks by now. */
  async function ask(question: Question, lane: Lane, fence: Fence = {}): Promise<Reply> {
    const since = log.latest;
    const askedAt = now();
    const startedAt = performance.now();
    const isAct = lane === 'command';
    if (isAct) forget(question.slot);
    const reply = await upstream.ask(question, lane);
    if (isAct) forget(question.slot);
    const isLost = lot.replied(reply.status);
    const answer = readAnswer(question, reply.status, reply.body, reply.headers);
    parts.metrics.question(question, answer, performance.now() - startedAt);
    if (!isNews(answer, isAct) && !isLost) return reply;
    const text = askedMessage(question, answer, since);
    const journal = lot.journalOf(question, answer, askedAt);
    const options = { ...fence, journal };
    const id = await log.append({ extension: null, text }, options).catch((error: unknown) => {
      if (error instanceof StaleFenceError) return null;
      throw error;
    });
    if (id === null) return anotherAsks();
    if (isAct) lot.tellFreeSoon();
    const headers = { ...reply.headers, [orderHeader]: String(id), [sinceHeader]: String(since) };
    const told = { ...reply, headers };
    if (!isAct && !isLost) observations.keep(question, told, text);
    return told;
  }

  return new Hono<AccessEnv>()
    .put('/extension/:extension/valet_park/:call', async (c) => {
      const { status, body, headers } = await replyTo(c);
      return c.newResponse(body || null, status as StatusCode, headers);
    })
    .all('/extension/:extension/valet_park/:call', onlyBy('PUT'));
}

/** The answer to a question of the asker, while the asker of another relay asks. */
function anotherAsks(): Reply {
  const body = JSON.stringify({ message: 'another relay asks the switch' });
  return { status: 503, body, headers: { 'Content-Type': 'application/json' } };
}

/** True for an answer that says something about the lot to everybody. */
function isNews(answer: Answer, isAct: boolean): boolean {
  if (answer.kind === 'unclear') return isAct; // The command may have been carried out.
  return answer.kind !== 'refused' || !NO_NEWS.has(answer.code);
}

const NO_NEWS = new Set(['unauthorized', 'forbidden', 'rate-limited', 'bad-request']);
