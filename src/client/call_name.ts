import * as core from '../../build/glue/valet_park.js';
import { wasm } from './wasm.js';

/** The parts of a `call_api_id`. */
export interface CallName {
  /** The text itself, as in the path of a request. */
  readonly text: string;
  /** The digits before the first hyphen, which name the switch; null if there are none. */
  readonly node: string | null;
  /** The UUID, as in an answer about a slot. 32 hex digits become lower case with hyphens. */
  readonly uuid: string;
}

/**
 * Splits a `call_api_id` into its parts.
 *
 * Throws `invalid-call` for a text that cannot be part of a path: an empty text, `/ ? # %`, control
 * characters, `.` and `..`, or more than 256 bytes.
 */
export function parseCallApiId(text: string): CallName {
  return wasm.run(() => core.parseCallApiId(text));
}

/**
 * Returns true if both texts name the same call. Prefix, hyphens and letter case do not matter.
 *
 * Each text is a `call_api_id` or a UUID. Throws `invalid-call` for any other text.
 */
export function sameCall(a: string, b: string): boolean {
  return wasm.run(() => core.sameCall(a, b));
}
