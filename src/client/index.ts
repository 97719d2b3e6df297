/** The entry point for browsers: nothing is loaded until `init` is called. */

import { loadWith } from './wasm.js';
import { unpacked } from './inlined.js';
import { initFrom, type InitInput } from './loading.js';

export * from './api.js';

loadWith(init);

/**
 * Loads the core: from `input`, else from the file beside the package, else from a copy inside it.
 *
 * Idempotent, safe to call concurrently, and may be called again after it failed. Under Node,
 * Deno, Bun and server-side rendering it need not be called at all. Rejects with `not-loaded`; the
 * message names the cure.
 */
export function init(input?: InitInput): Promise<void> {
  return initFrom(
    {
      url: () => new URL('./valet_park.wasm', import.meta.url),
      inlined: async () => unpacked((await import('../../build/glue/inlined.js')).default),
    },
    input,
  );
}
