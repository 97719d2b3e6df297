/** The entry point `valet-park/lot` for browsers. The application calls `init` first. */

import { unpacked } from '../inlined.js';
import { initFrom, type InitInput } from '../loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

/**
 * Loads the lot: from `input`, else from the file beside the package, else from a copy inside it.
 * The lot is a separate WebAssembly module: `init` of `valet-park` does not load it.
 *
 * Idempotent, safe to call concurrently, and may be called again after it failed. Under Node,
 * Deno, Bun and server-side rendering it need not be called. Rejects with `not-loaded`; the message
 * says what to do.
 */
export function init(input?: InitInput): Promise<void> {
  const url = (): URL => new URL('./valet_park_lot.wasm', import.meta.url);
  const inlined = async (): Promise<BufferSource> =>
    unpacked((await import('../../../build/glue/valet_park_lot.inlined.js')).default);
  return initFrom(wasm, { url, inlined }, input);
}
