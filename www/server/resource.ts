import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { StatusCode } from 'hono/utils/http-status';
import {
  isValetError,
  readRequest,
  writeAnswer,
  type Answer,
  type Dialect,
  type Question,
} from 'valet-park';
import { type IdempotencyKeys, keyHeader, readKey, type Reply } from './idempotency.ts';
import { refusal } from './refusal.ts';
import { onlyBy } from './refuse.ts';
import { readText } from './body.ts';
import { oddWordings } from './faults/odd.ts';
import type { Weather } from './faults/weather.ts';
import type { Switchboard, Witnessed } from './switchboard.ts';
import { tokenIn } from './token.ts';

/** The header of a reply that says where it stands among what a feed tells. */
export const orderHeader = 'X-Feed-Id';

/** What the resource stands on. */
export interface ResourceParts {
  /** Answers the questions. */
  readonly answerer: Pick<Switchboard, 'handle'>;
  readonly keys: IdempotencyKeys;
  readonly dialect: Required<Pick<Dialect, 'slots'>>;
  readonly weather: Weather;
}

/**
 * `PUT /extension/{extension}/valet_park/{call}`, the resource itself.
 *
 * It only carries: the package's own `readRequest` understands the question, the exchange answers
 * it, the package's `writeAnswer` puts the answer into words, unless the weather finds odder ones.
 *
 * A `park` or `bridge` with the header `Idempotency-Key` is executed once, and every repetition of
 * it gets the same status, body and headers. `slots` ignores the header.
 */
export function valetParkRoute(parts: ResourceParts): Hono {
  return new Hono()
    .put('/extension/:extension/valet_park/:call', async (c) => {
      const { status, body, headers } = await replyTo(c, parts);
      return c.newResponse(body || null, status as StatusCode, headers);
    })
    .all(onlyBy('PUT'));
}

/** @throws HTTPException for a key that cannot be honoured, and as `readText` does. */
async function replyTo(c: Context, parts: ResourceParts): Promise<Reply> {
  const path = resourcePath(c);
  const body = await readText(c.req.raw);
  const understood = understand(path, body, parts.dialect);
  if ('refused' in understood) return inWords({ answer: understood.refused, order: null }, parts);
  const { question } = understood;
  const execute = async () => inWords(await parts.answerer.handle(question), parts);
  if (question.action === 'slots') return execute();
  const key = readKey(c.req.header(keyHeader));
  if (key === null) return execute();
  const token = tokenIn(c.req.header('authorization')) ?? '';
  return parts.keys.once({ token, key, path, body }, execute);
}

/** The question that a request asks, or the refusal of one that asks none. */
function understand(
  path: string,
  body: string,
  dialect: Dialect,
): { readonly question: Question } | { readonly refused: Answer } {
  try {
    return { question: readRequest('PUT', path, body, dialect) };
  } catch (error) {
    if (!isValetError(error) || error.kind !== 'invalid') throw error;
    const { code, message } = error;
    // A path that could name nothing names nothing; whatever else is wrong is worth explaining.
    if (code === 'invalid-extension') {
      return { refused: refusal('no-such-extension', 'Not found') };
    }
    if (code === 'invalid-call') return { refused: refusal('no-such-call', 'Not found') };
    return { refused: refusal('bad-request', message) };
  }
}

/** The answer as it is sent, in odd words where the weather wants them. */
function inWords({ answer, order }: Witnessed, { dialect, weather }: ResourceParts): Reply {
  const usual = writeAnswer(answer, dialect);
  const odd = weather.strikes('odd') ? oddWordings(answer, usual, dialect.slots) : [];
  const { status, body } = weather.choose('odd', odd) ?? usual;
  const place = order === null ? {} : { [orderHeader]: String(order) };
  return { status, body, headers: { ...usual.headers, ...place } };
}

/** The path as `readRequest` takes it: still percent-encoded, from `/extension` on. */
function resourcePath(c: Context): string {
  const { pathname } = new URL(c.req.url);
  return pathname.slice(pathname.indexOf('/extension/'));
}
