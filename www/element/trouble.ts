import type { ValetError } from 'valet-park';
import type { Message } from './messages.ts';

/** By this a `ValetError` is known, whichever copy of the package has made it. */
const brand = Symbol.for('valet-park.error');

/** An error in words, and whether the thing asked for may have been done all the same. */
export interface Trouble {
  readonly message: Message;
  readonly inDoubt: boolean;
}

/**
 * Puts an error into words by its code; the text of an error is for developers and is not shown.
 *
 * `slot` is the slot that was meant, for an error that does not name one itself.
 */
export function trouble(error: unknown, slot: number | null): Trouble {
  if (!isValetError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    return { message: { key: 'error.unexpected', params: { text } }, inDoubt: true };
  }
  return { message: named(error, error.slot ?? slot), inDoubt: error.outcome === 'unknown' };
}

function isValetError(error: unknown): error is ValetError {
  return typeof error === 'object' && error !== null && brand in error;
}

function named(error: ValetError, slot: number | null): Message {
  return { key: `error.${error.code}`, params: { n: slot ?? 0 } };
}
