/** The entry point for Node, Deno, Bun and server-side rendering. The core loads on first use. */

import base64 from '../../build/glue/inlined.js';
import { loadWith, supplyWith } from './wasm.js';
import { unpacked, unpackerNow } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';

export * from './api.js';

const unpack = unpackerNow();
if (unpack) supplyWith(() => unpack(base64));
loadWith(init);

/**
 * Loads the core. Node, Deno and Bun load the core on first use, so `init` is not needed there. A
 * browser that got this file through `require` cannot unpack the core at once, and needs `init`.
 */
export function init(input?: InitInput): Promise<void> {
  return initFrom({ inlined: () => unpacked(base64) }, input);
}
