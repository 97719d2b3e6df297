import { Hono } from 'hono/tiny';
import { HTTPException } from 'hono/http-exception';
import type { CallbackRequest, Callbacks } from '../exchange/callback.ts';
import type { FaultInjector } from '../exchange/faults/injector.ts';
import { readObject } from './body.ts';
import { onlyBy } from './refuse.ts';

/** Everything that the route of callbacks needs. */
export interface CallbackParts {
  readonly callbacks: Pick<Callbacks, 'start' | 'hangUp'>;
  readonly faults: FaultInjector;
}

/**
 * `POST /extension/{extension}/callback/` with `{"src_num": ["341"], "dst_num": "900"}`: the telephone
 * 341 rings. If it is answered, the switch calls 900 and connects the two.
 *
 * `DELETE /extension/{extension}/current_calls/{call}` ends a call of the extension.
 *
 * The resources have the form of the hosted API. The fault `callback-refused` refuses a callback.
 */
export function callbackRoute({ callbacks, faults }: CallbackParts): Hono {
  return new Hono()
    .post('/extension/:extension/callback', async (c) => {
      const request = readCallback(c.req.param('extension'), await readObject(c.req.raw));
      if (faults.strikes('callback-refused')) {
        return c.json({ message: 'app_access_type_deny', status: 'error' }, 403);
      }
      const { call, callId } = callbacks.start(request);
      return c.json({ call_api_id: call, call_id: callId }, 201);
    })
    .all('/extension/:extension/callback', onlyBy('POST'))
    .delete('/extension/:extension/current_calls/:call', (c) => {
      const { extension, call } = c.req.param();
      if (callbacks.hangUp(extension, call)) return c.body(null, 204);
      return c.json({ message: 'Not found' }, 404);
    })
    .all('/extension/:extension/current_calls/:call', onlyBy('DELETE'));
}

/** @throws HTTPException 400 if a field is missing or wrong. */
function readCallback(extension: string, body: Readonly<Record<string, unknown>>): CallbackRequest {
  const { src_num: sources, dst_num: to, wait_for_pickup: waitS = 30 } = body;
  const [from, ...others] = (Array.isArray(sources) ? sources : [sources]) as readonly unknown[];
  if (typeof from !== 'string' || others.length > 0 || typeof to !== 'string') {
    throw invalid('src_num must be a list with one number, and dst_num a number, as texts');
  }
  if (typeof waitS !== 'number' || !(waitS >= 1 && waitS <= LONGEST_WAIT_S)) {
    throw invalid(`wait_for_pickup must be a number of seconds from 1 to ${LONGEST_WAIT_S}`);
  }
  const name = body['src_caller_id_name'] ?? body['caller_id_name'];
  return {
    ...{ extension, from, to },
    name: typeof name === 'string' ? name.slice(0, MAX_NAME) : null,
    waitMs: waitS * 1_000,
  };
}

function invalid(message: string): HTTPException {
  return new HTTPException(400, { message });
}

const LONGEST_WAIT_S = 300;
const MAX_NAME = 256;
