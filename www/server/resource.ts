import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isValetError, readRequest, writeAnswer, type Answer, type Dialect } from 'valet-park';
import { onlyBy } from './refuse.ts';
import { readText } from './body.ts';
import type { Switchboard } from './switchboard.ts';

/**
 * `PUT /extension/{extension}/valet_park/{call}`, the resource itself.
 *
 * It only carries: the package's own `readRequest` understands the question, the exchange answers
 * it, the package's `writeAnswer` puts the answer into words.
 */
export function valetParkRoute(switchboard: Switchboard, dialect: Dialect): Hono {
  return new Hono()
    .put('/extension/:extension/valet_park/:call', async (c) => {
      const body = await readText(c.req.raw);
      return reply(c, answerTo(switchboard, resourcePath(c), body, dialect), dialect);
    })
    .all(onlyBy('PUT'));
}

function answerTo(switchboard: Switchboard, path: string, body: string, dialect: Dialect): Answer {
  try {
    return switchboard.ask(readRequest('PUT', path, body, dialect));
  } catch (error) {
    if (!isValetError(error) || error.kind !== 'invalid') throw error;
    const { code, message } = error;
    // A path that could name nothing names nothing; whatever else is wrong is worth explaining.
    const refused =
      code === 'invalid-extension'
        ? ({ code: 'no-such-extension', message: 'Not found' } as const)
        : code === 'invalid-call'
          ? ({ code: 'no-such-call', message: 'Not found' } as const)
          : ({ code: 'bad-request', message } as const);
    return { kind: 'refused', slot: null, retryAfterMs: null, ...refused };
  }
}

function reply(c: Context, answer: Answer, dialect: Dialect): Response {
  const { status, headers, body } = writeAnswer(answer, dialect);
  return c.newResponse(body, status as ContentfulStatusCode, headers);
}

/** The path as `readRequest` takes it: still percent-encoded, from `/extension` on. */
function resourcePath(c: Context): string {
  const { pathname } = new URL(c.req.url);
  return pathname.slice(pathname.indexOf('/extension/'));
}
