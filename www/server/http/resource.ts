import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { StatusCode } from 'hono/utils/http-status';
import { isValetError, type Answer, type Dialect, type Question } from 'valet-park';
import { readRequest, writeAnswer } from 'valet-park/lot';
import type { Commands } from '../relay/commands.ts';
import { keyHeader, readKey } from './key.ts';
import { orderHeader } from './place.ts';
import type { Reply } from './reply.ts';
import { readText } from './body.ts';
import { isCommand } from '../exchange/command.ts';
import type { FaultInjector } from '../exchange/faults/injector.ts';
import { oddWordings } from '../exchange/faults/odd.ts';
import { refusal } from '../exchange/refusal.ts';
import { onlyBy } from './refuse.ts';
import type { Answered } from '../exchange/observer.ts';
import type { Switchboard } from '../exchange/switchboard.ts';
import { tokenIn } from '../access/token.ts';

/** Everything that the resource needs. */
export interface ResourceParts {
  /** Answers the questions. */
  readonly answerer: Pick<Switchboard, 'handle'>;
  /** Null: the header `Idempotency-Key` is ignored. */
  readonly commands: Commands | null;
  readonly dialect: Required<Dialect>;
  readonly faults: FaultInjector;
}

/**
 * The resource `PUT /extension/{extension}/valet_park/{call}`.
 *
 * `readRequest` of the package reads the question, the exchange answers, and `writeAnswer` of the
 * package writes the answer. The fault `odd` replaces the answer by another form of it.
 *
 * A `park` or `bridge` with the header `Idempotency-Key` is executed once. Every repetition gets the
 * same status, body and headers. `slots` ignores the header.
 */
export function valetParkRoute(parts: ResourceParts): Hono {
  return new Hono()
    .put('/extension/:extension/valet_park/:call', async (c) => {
      const { status, body, headers } = await replyTo(c, parts);
      return c.newResponse(body || null, status as StatusCode, headers);
    })
    .all(onlyBy('PUT'));
}

/** @throws HTTPException for an invalid key, and as `readText` does. */
async function replyTo(c: Context, parts: ResourceParts): Promise<Reply> {
  const path = resourcePath(c);
  const body = await readText(c.req.raw);
  const read = readQuestion(path, body, parts.dialect);
  if ('refused' in read) return writeReply({ answer: read.refused, order: null }, parts);
  const { question } = read;
  const execute = async () => writeReply(await parts.answerer.handle(question), parts);
  if (!isCommand(question.action) || parts.commands === null) return execute();
  const key = readKey(c.req.header(keyHeader));
  if (key === null) return execute();
  const owner = tokenIn(c.req.header('authorization')) ?? '';
  return parts.commands.once({ owner, key, path, body }, execute);
}

/** Reads the question of a request, or returns the refusal if the request is no question. */
export function readQuestion(
  path: string,
  body: string,
  dialect: Dialect,
): { readonly question: Question } | { readonly refused: Answer } {
  try {
    return { question: readRequest('PUT', path, body, dialect) };
  } catch (error) {
    if (!isValetError(error) || error.kind !== 'invalid') throw error;
    const { code, message } = error;
    // A path with an impossible name gets the same answer as a path with an unknown name.
    if (code === 'invalid-extension') {
      return { refused: refusal('no-such-extension', 'Not found') };
    }
    if (code === 'invalid-call') return { refused: refusal('no-such-call', 'Not found') };
    return { refused: refusal('bad-request', message) };
  }
}

/** Writes an answer. The fault `odd` may replace the usual form. */
function writeReply(
  { answer, order }: Answered,
  { dialect, faults, commands }: ResourceParts,
): Reply {
  const usual = writeAnswer(answer, dialect);
  const odd = faults.strikes('odd') ? oddWordings(answer, usual, dialect.slots) : [];
  const { status, body } = faults.choose('odd', odd) ?? usual;
  const place = order === null || commands === null ? {} : { [orderHeader]: String(order) };
  return { status, body, headers: { ...usual.headers, ...place } };
}

/** Returns the path from `/extension/` on. It is still percent-encoded, as `readRequest` needs it. */
export function resourcePath(c: Context): string {
  const { pathname } = new URL(c.req.url);
  return pathname.slice(pathname.indexOf(`${API}/extension/`) + API.length);
}

const API = '/api/ver1.0';
