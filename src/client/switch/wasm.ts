/**
 * The WebAssembly module of `valet-park/lot`: the lot and the half of the wire that a switch uses.
 */

import { __wbg_reset_state as reset, initSync } from '../../../build/glue/valet_park_lot.js';
import { WasmModule } from '../wasm_module.js';

export const wasm = new WasmModule({ initSync, reset });
