/** The entry point for browsers. `init` or `ValetPark.open` has to load the core first. */

import { unpacked } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';
import { wasm } from './wasm.js';

export * from './api.js';

wasm.loadWith(init);

/**
 * Loads the core from `input`. By default `init` loads the file beside the package, or else a copy
 * inside the package. `ValetPark.open` calls `init` by itself.
 *
 * You can call `init` several times, also at the same time or after a failure. Node, Deno, Bun and
 * server-side rendering do not need it. Rejects with `not-loaded`; the message says what to do.
 */
export function init(input?: InitInput): Promise<void> {
  const url = (): URL => new URL('./valet_park.wasm', import.meta.url);
  const inlined = async (): Promise<BufferSource> =>
    unpacked((await import('../../build/glue/valet_park.inlined.js')).default);
  return initFrom(wasm, { url, inlined }, input);
}
