/** The entry point for browsers. `init` or `ValetPark.open` has to load the core first. */

import { unpacked } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

wasm.loadWith(init);

/**
 * Loads the core: from `input`, or from the file beside the package, or from the copy inside the
 * package.
 *
 * `init` may be called several times, at the same time, and again after a failure. Node, Deno, Bun
 * and server-side rendering do not need it. Rejects with `not-loaded`; the message says what helps.
 */
export function init(input?: InitInput): Promise<void> {
  const url = (): URL => new URL('./valet_park.wasm', import.meta.url);
  const inlined = async (): Promise<BufferSource> =>
    unpacked((await import('../../build/glue/valet_park.inlined.js')).default);
  return initFrom(wasm, { url, inlined }, input);
}
