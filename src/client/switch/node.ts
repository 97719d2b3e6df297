/** The entry point `valet-park/lot` for Node, Deno, Bun and server-side rendering. */

import base64 from '../../../build/glue/valet_park_lot.inlined.js';
import { unpacked, unpackerNow } from '../inlined.js';
import { initFrom, type InitInput } from '../loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

const unpack = unpackerNow();
if (unpack) wasm.supplyWith(() => unpack(base64));

/**
 * Loads the lot. Node, Deno and Bun load the lot on first use, so `init` is not needed there. A
 * browser that got this file through `require` cannot unpack the lot at once, and needs `init`.
 */
export function init(input?: InitInput): Promise<void> {
  return initFrom(wasm, { inlined: () => unpacked(base64) }, input);
}
