/** The exports of both entry points of `valet-park/lot`, without `init`. */

import { initSyncFrom, type SyncInput } from '../loading.js';
import { wasm } from './wasm.js';

export { type ErrorCode, isValetError, type ValetError } from '../error.js';
export { Lot, type LotEvent, type LotOptions, type StallView } from './lot.js';
export {
  type AskedReport,
  type CallReport,
  type FeedMessage,
  type FeedReport,
  type LotReport,
  type NoteReport,
  writeMessage,
} from './message.js';
export {
  type HttpReply,
  type ListedCall,
  type PickUp,
  readCallList,
  readPickUp,
  readRequest,
  writeAnswer,
  writeNoAnswer,
  writeNoPickUp,
} from './wire.js';
export type { InitInput } from '../loading.js';
export type { Action, Answer, Dialect, Question, RefusalCode } from '../types.js';

/** Returns true if the lot can be used without `init`: it is loaded, or loads on first use. */
export function isReady(): boolean {
  return wasm.isReady;
}

/**
 * Loads the lot from a compiled module or from its bytes, without a promise. Throws `not-loaded`.
 */
export function initSync(input: SyncInput): void {
  initSyncFrom(wasm, input);
}
