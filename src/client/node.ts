/** The entry point for Node, Deno, Bun and server-side rendering: the core loads itself. */

import base64 from '../../build/glue/inlined.js';
import { loadWith, supplyWith } from './wasm.js';
import { unpacked, unpackerNow } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';

export * from './api.js';

const unpack = unpackerNow();
if (unpack) supplyWith(() => unpack(base64));
loadWith(init);

/**
 * Has nothing to do where the core loads itself. It has where `require` brought this file into a
 * browser, which cannot unpack the core at once.
 */
export function init(input?: InitInput): Promise<void> {
  return initFrom({ inlined: () => unpacked(base64) }, input);
}
