import * as core from '../../build/glue/valet_park.js';
import { type Answered, expectAnswer, type Lane, type Line, send } from './http.js';
import { wasm } from './wasm.js';

/**
 * Asks the switch for the current calls of an extension, with one request.
 *
 * Rejects with a `ValetError` if the request fails, or if the switch refuses it.
 */
export async function askCurrentCalls(
  line: Line,
  extension: string,
  lane: Lane,
  signal: AbortSignal,
): Promise<Answered> {
  const request = wasm.run(() => core.writeCurrentCalls(extension));
  return expectAnswer(await send(line, request, lane, signal), 'a request for the current calls');
}
