/** The exports of both entry points of `valet-park`, without `init`. */

import { initSyncFrom, type SyncInput } from './loading.js';
import { wasm } from './wasm.js';

export { type ErrorCode, isValetError, ValetError } from './error.js';
export type { Clock } from './clock.js';
export type { Dialog } from './dialog.js';
export { type CallEvent, type Party, parseCallEvent } from './event.js';
export type { ValetParkOptions } from './options.js';
export type {
  CallView,
  Departure,
  ReturnedFrom,
  SlotView,
  Snapshot,
  SyncView,
  Whereabouts,
} from './views.js';
export type { ValetParkEvents } from './panel_events.js';
export { ValetPark } from './valet_park.js';
export type { InitInput } from './loading.js';
export type { Recording } from './recording.js';
export { buildRequest, type HttpRequest, readAnswer } from './wire.js';
export { type CallName, parseCallApiId, sameCall } from './call_name.js';
export type { Action, Answer, Dialect, Question, RefusalCode } from './types.js';

/** Returns true if the core can be used without `init`: it is loaded, or loads on first use. */
export function isReady(): boolean {
  return wasm.isReady;
}

/**
 * Loads the core from a compiled module or from its bytes, without a promise. Use it in service
 * workers, in tests, and with bundlers that import a `.wasm` file as a `WebAssembly.Module`. Throws
 * `not-loaded`.
 */
export function initSync(input: SyncInput): void {
  initSyncFrom(wasm, input);
}
