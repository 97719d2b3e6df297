import * as core from '../../build/glue/valet_park.js';
import { wasm } from './wasm.js';

/** The parts of the name of a call. */
export interface CallName {
  /** The text as it came. A request puts it into its path. */
  readonly text: string;
  /**
   * The number of the switch that holds the call: the digits before the first hyphen. Null if the
   * text does not start with such a number.
   */
  readonly node: string | null;
  /**
   * The part with which a slot answers. A UUID is in lower case and with hyphens. Any other text is
   * unchanged.
   */
  readonly uuid: string;
}

/**
 * Splits a `call_api_id` into its parts.
 *
 * Throws `invalid-call` for a text that a path cannot contain: an empty text, `.`, `..`, a text
 * with `/ ? # %` or control characters, or a text of more than 256 bytes.
 *
 * @example
 * ```ts
 * const { node, uuid } = parseCallApiId('3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0');
 * console.log(node, uuid); // 3232240860 37b98fb2-a66c-11ea-ae69-6fd86d94a0e0
 * ```
 */
export function parseCallApiId(text: string): CallName {
  return wasm.run(() => core.parseCallApiId(text));
}

/**
 * Returns true if both texts name the same call. The prefix, hyphens and letter case may differ.
 *
 * Each text is a `call_api_id` or a UUID. Throws `invalid-call` if a text is neither.
 */
export function sameCall(a: string, b: string): boolean {
  return wasm.run(() => core.sameCall(a, b));
}
