import { Hono } from 'hono/tiny';
import type { StatusCode } from 'hono/utils/http-status';
import { type Dialect, isValetError } from 'valet-park';
import { type PickUp, readPickUp, writeAnswer, writeNoAnswer } from 'valet-park/lot';
import type { PickUpAnswer } from '../exchange/pick-up.ts';
import { refusal } from '../exchange/refusal.ts';
import { readText } from './body.ts';
import { resourcePath } from './resource.ts';

/** Everything that the route of pick-ups needs. */
export interface PickUpParts {
  readonly answerer: {
    /** Resolves when the pick-up is decided. Aborting `signal` releases the telephone. */
    pickUp(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer>;
  };
  readonly dialect: Dialect;
}

/**
 * `POST /extension/{extension}/valet_park/pick_up` with `{"slot": "6", "expect": "37b98fb2-…"}`: the
 * telephone of the extension rings. If it is answered and the expected call still waits, they talk.
 *
 * The answer comes when the pick-up is decided. A client that closes the connection cancels it.
 */
export function pickUpRoute({ answerer, dialect }: PickUpParts): Hono {
  return new Hono().post('/extension/:extension/valet_park/pick_up', async (c) => {
    const body = await readText(c.req.raw);
    const wanted = readWanted(resourcePath(c), body, dialect);
    const answer = 'kind' in wanted ? wanted : await answerer.pickUp(wanted, c.req.raw.signal);
    const reply =
      answer.kind === 'no-answer'
        ? writeNoAnswer(answer.slot, dialect)
        : writeAnswer(answer, dialect);
    return c.newResponse(reply.body, reply.status as StatusCode, reply.headers);
  });
}

/** Reads a pick-up, or returns the refusal if the request is none. */
function readWanted(path: string, body: string, dialect: Dialect): PickUp | PickUpAnswer {
  try {
    return readPickUp(path, body, dialect);
  } catch (error) {
    if (!isValetError(error) || error.kind !== 'invalid') throw error;
    if (error.code === 'invalid-extension') return refusal('no-such-extension', 'Not found');
    if (error.code === 'invalid-slot' && error.slot !== null) {
      return refusal('no-such-slot', error.message, error.slot);
    }
    return refusal('bad-request', error.message);
  }
}
