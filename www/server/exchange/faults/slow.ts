import type { Timers } from '../timers.ts';

/** Returns the same response, with a body that takes `ms` to arrive, in a few pieces. */
export function slowDown(response: Response, ms: number, timers: Timers): Response {
  const { body, status, headers } = response;
  if (body === null) return response;
  return new Response(body.pipeThrough(new TransformStream(trickle(ms, timers))), {
    status,
    headers,
  });
}

/** Delays each chunk. An answer of the API is small, so its body is one chunk. */
function trickle(ms: number, timers: Timers): Transformer<Uint8Array, Uint8Array> {
  return {
    async transform(chunk, controller) {
      const length = Math.ceil(chunk.length / PIECES);
      for (let start = 0; start < chunk.length; start += length) {
        await timers.wait(ms / PIECES);
        controller.enqueue(chunk.subarray(start, start + length));
      }
    },
  };
}

const PIECES = 4;
