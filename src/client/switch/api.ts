/** The exports of both entry points of `valet-park/lot`, without `init`. */

import { initSyncFrom, type SyncInput } from '../loading.js';
import { wasm } from './wasm.js';

export { type ErrorCode, isValetError, type ValetError } from '../error.js';
export { Lot, type LotEvent, type LotOptions, type StallView } from './lot.js';
export { type HttpReply, readRequest, writeAnswer } from './wire.js';
export type { InitInput } from '../loading.js';
export type { Action, Answer, Dialect, Question, RefusalCode } from '../types.js';

/** True once the lot can be used without `init`. */
export function isReady(): boolean {
  return wasm.isReady;
}

/** Loads the lot from bytes or from a compiled module at once, without a promise. */
export function initSync(input: SyncInput): void {
  initSyncFrom(wasm, input);
}
