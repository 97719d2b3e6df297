/** The entry point `valet-park/lot` for browsers. The application calls `init` first. */

import { unpacked } from '../inlined.js';
import { initFrom, type InitInput } from '../loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

/**
 * Loads the lot from `input`. By default `init` loads the file beside the package, or else a copy
 * inside the package. The lot is a separate WebAssembly module: `init` of `valet-park` does not
 * load it.
 *
 * You can call `init` several times, also at the same time or after a failure. Node, Deno, Bun and
 * server-side rendering do not need it. Rejects with `not-loaded`; the message says what to do.
 */
export function init(input?: InitInput): Promise<void> {
  const url = (): URL => new URL('./valet_park_lot.wasm', import.meta.url);
  const inlined = async (): Promise<BufferSource> =>
    unpacked((await import('../../../build/glue/valet_park_lot.inlined.js')).default);
  return initFrom(wasm, { url, inlined }, input);
}
