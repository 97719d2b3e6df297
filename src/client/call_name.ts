import * as core from '../../build/glue/valet_park.js';
import { wasm } from './wasm.js';

/** The two names of a call, taken apart. */
export interface CallName {
  /** The text as it came: what a request puts into its path. */
  readonly text: string;
  /** The digits before the first hyphen, the switch that holds the call; null without any. */
  readonly node: string | null;
  /** What a slot answers with: lower case and hyphenated where the text holds 32 hex digits. */
  readonly uuid: string;
}

/**
 * Takes a `call_api_id` apart.
 *
 * Throws `invalid-call` for what could not stand in a path: an empty text, `/ ? # %`, control
 * characters, `.` and `..`, or more than 256 bytes.
 */
export function parseCallApiId(text: string): CallName {
  return wasm.run(() => core.parseCallApiId(text));
}

/**
 * True if both name the same call, whatever their prefix, hyphens and letter case.
 *
 * Takes a `call_api_id` or a UUID on either side; throws `invalid-call` for what is neither.
 */
export function sameCall(a: string, b: string): boolean {
  return wasm.run(() => core.sameCall(a, b));
}
