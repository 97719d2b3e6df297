/**
 * The WebAssembly module of `valet-park`: the mirror and the half of the wire that a client uses.
 */

import { __wbg_reset_state as reset, initSync } from '../../build/glue/valet_park.js';
import { WasmModule } from './wasm_module.js';

export const wasm = new WasmModule({ initSync, reset });
