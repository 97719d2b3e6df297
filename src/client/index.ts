/** The entry point for browsers. The application calls `init` before anything else. */

import { unpacked } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

wasm.loadWith(init);

/**
 * Loads the core: from `input`, else from the file beside the package, else from a copy inside it.
 *
 * Idempotent, safe to call concurrently, and may be called again after it failed. Under Node,
 * Deno, Bun and server-side rendering it need not be called at all. Rejects with `not-loaded`; the
 * message names the cure.
 */
export function init(input?: InitInput): Promise<void> {
  const url = (): URL => new URL('./valet_park.wasm', import.meta.url);
  const inlined = async (): Promise<BufferSource> =>
    unpacked((await import('../../build/glue/valet_park.inlined.js')).default);
  return initFrom(wasm, { url, inlined }, input);
}
