/** Everything that both entry points of the package export, beside loading. */
export { type ErrorCode, isValetError, ValetError } from './error.js';
export type { Clock } from './clock.js';
export { type CallEvent, type Party, parseCallEvent } from './event.js';
export { Lot, type LotEvent, type LotOptions, type StallView } from './lot.js';
export { isReady } from './wasm.js';
export type { ValetParkOptions } from './options.js';
export type { CallView, Departure, SlotView, Snapshot, SyncView, Whereabouts } from './snapshot.js';
export { ValetPark, type ValetParkEvents } from './valet_park.js';
export { type InitInput, initSync } from './loading.js';
export {
  buildRequest,
  type HttpReply,
  type HttpRequest,
  readAnswer,
  readRequest,
  writeAnswer,
} from './wire.js';
export {
  type Action,
  type Answer,
  type CallName,
  type Dialect,
  parseCallApiId,
  type Question,
  type RefusalCode,
  sameCall,
} from './types.js';
