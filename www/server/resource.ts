import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { StatusCode } from 'hono/utils/http-status';
import { isValetError, readRequest, writeAnswer, type Answer, type Dialect } from 'valet-park';
import { refusal } from './refusal.ts';
import { onlyBy } from './refuse.ts';
import { readText } from './body.ts';
import { oddWordings } from './faults/odd.ts';
import type { Weather } from './faults/weather.ts';
import type { Switchboard, Witnessed } from './switchboard.ts';

/** The header of a reply that says where it stands among what a feed tells. */
export const orderHeader = 'X-Feed-Id';

/**
 * `PUT /extension/{extension}/valet_park/{call}`, the resource itself.
 *
 * It only carries: the package's own `readRequest` understands the question, the exchange answers
 * it, the package's `writeAnswer` puts the answer into words, unless the weather finds odder ones.
 */
export function valetParkRoute(
  switchboard: Switchboard,
  dialect: Required<Pick<Dialect, 'slots'>>,
  weather: Weather,
): Hono {
  return new Hono()
    .put('/extension/:extension/valet_park/:call', async (c) => {
      const body = await readText(c.req.raw);
      const { answer, order } = await answerTo(switchboard, resourcePath(c), body, dialect);
      const usual = writeAnswer(answer, dialect);
      const odd = weather.strikes('odd') ? oddWordings(answer, usual, dialect.slots) : [];
      const { status, body: text } = weather.choose('odd', odd) ?? usual;
      if (order !== null) c.header(orderHeader, String(order));
      return c.newResponse(text || null, status as StatusCode, usual.headers);
    })
    .all(onlyBy('PUT'));
}

async function answerTo(
  switchboard: Switchboard,
  path: string,
  body: string,
  dialect: Dialect,
): Promise<Witnessed> {
  try {
    return await switchboard.handle(readRequest('PUT', path, body, dialect));
  } catch (error) {
    if (!isValetError(error) || error.kind !== 'invalid') throw error;
    const { code, message } = error;
    // A path that could name nothing names nothing; whatever else is wrong is worth explaining.
    const unwitnessed = (answer: Answer): Witnessed => ({ answer, order: null });
    if (code === 'invalid-extension') return unwitnessed(refusal('no-such-extension', 'Not found'));
    if (code === 'invalid-call') return unwitnessed(refusal('no-such-call', 'Not found'));
    return unwitnessed(refusal('bad-request', message));
  }
}

/** The path as `readRequest` takes it: still percent-encoded, from `/extension` on. */
function resourcePath(c: Context): string {
  const { pathname } = new URL(c.req.url);
  return pathname.slice(pathname.indexOf('/extension/'));
}
