/** The entry point for Node, Deno, Bun and server-side rendering: the core loads itself. */

import base64 from '../../build/glue/inlined.js';
import { decoded } from './base64.js';
import { supplyWith } from './core.js';
import type { InitInput } from './loading.js';

export * from './api.js';

supplyWith(() => decoded(base64));

/** Does nothing here but keep a program running that was written for a browser. */
export function init(_input?: InitInput): Promise<void> {
  return Promise.resolve();
}
