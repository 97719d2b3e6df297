/** The WebAssembly module of `valet-park`: the mirror and the client's half of the wire. */

import { __wbg_reset_state as reset, core as work, initSync } from '../../build/glue/valet_park.js';
import type { Next } from './row.js';
import { type Row, WasmModule } from './wasm_module.js';

export const wasm = new WasmModule({ initSync, reset, work });

/** Calls the module and returns its result. See `WasmModule.ask`. */
export function ask(...row: Row): Next {
  return wasm.ask(...row);
}
