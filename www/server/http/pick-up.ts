import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { StatusCode } from 'hono/utils/http-status';
import { type Answer, type Dialect, isValetError } from 'valet-park';
import { type PickUp, readPickUp, writeAnswer, writeNoAnswer, writeNoPickUp } from 'valet-park/lot';
import { refusal } from '../exchange/refusal.ts';
import type { KeyedCommand } from '../relay/commands.ts';
import { readText } from './body.ts';
import { keyHeader, readKey } from './key.ts';
import type { PickUpAnswer } from './pick-up-answer.ts';
import type { Reply } from './reply.ts';
import { resourcePath } from './resource.ts';

/** Everything that the route of pick-ups needs. */
export interface PickUpParts {
  readonly answerer: {
    /** Resolves when the pick-up is decided. Aborting `signal` releases the telephone. */
    pickUp(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer>;
  };
  readonly dialect: Dialect;
  /**
   * Returns why the client may not pick up this call. Null if it may.
   *
   * @throws HTTPException if the token of the client does not allow it.
   */
  readonly refusalFor?: (wanted: PickUp, c: Context) => Answer | null;
  /** Sends each pick-up with a key once. Default: the header `Idempotency-Key` is ignored. */
  readonly once?: (
    command: Omit<KeyedCommand, 'owner'>,
    c: Context,
    execute: Execute,
  ) => Promise<Reply>;
}

type Execute = () => Promise<Reply>;

/**
 * `POST /extension/{extension}/valet_park/pick_up` with `{"slot": "6", "expect": "37b98fb2-…"}`: the
 * telephone of the extension rings. If it is answered and the expected call still waits, they talk.
 *
 * The answer comes when the pick-up is decided. A client that closes the connection cancels it.
 */
export function pickUpRoute({ answerer, dialect, refusalFor, once }: PickUpParts): Hono {
  async function replyTo(c: Context): Promise<Reply> {
    const path = resourcePath(c);
    const body = await readText(c.req.raw);
    const wanted = readWanted(path, body, dialect);
    if ('kind' in wanted) return write(wanted, dialect);
    const refused = refusalFor?.(wanted, c) ?? null;
    if (refused !== null) return write(refused, dialect);
    const execute = async () => {
      return write(await answerer.pickUp(wanted, c.req.raw.signal), dialect);
    };
    if (once === undefined) return execute();
    const key = readKey(c.req.header(keyHeader));
    return key === null ? execute() : once({ key, path, body }, c, execute);
  }
  return new Hono().post('/extension/:extension/valet_park/pick_up', async (c) => {
    const { body, status, headers } = await replyTo(c);
    return c.newResponse(body, status as StatusCode, headers);
  });
}

function write(answer: PickUpAnswer, dialect: Dialect): Reply {
  if (answer.kind === 'no-answer') return writeNoAnswer(answer.slot, dialect);
  if (answer.kind === 'no-pick-up') return writeNoPickUp(answer.slot, answer.message, dialect);
  return writeAnswer(answer, dialect);
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
