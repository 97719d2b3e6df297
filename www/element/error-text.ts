import { isValetError } from '../../src/client/error.ts';
import type { Message } from './messages.ts';

/** An error as the panel shows it. */
export interface ErrorText {
  readonly message: Message;
  /** True if the command may have been carried out. */
  readonly isOutcomeUnknown: boolean;
  /** True if the error is a fault of this package, which a developer should see a report of. */
  readonly isBug: boolean;
}

/**
 * Returns the message for an error, chosen by its code. The text of the error is for developers and
 * is not shown.
 *
 * `slot` is the slot of the command. It is used if the error itself names no slot.
 */
export function errorText(error: unknown, slot: number | null): ErrorText {
  if (!isValetError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    const message: Message = { key: 'error.unexpected', params: { text } };
    return { message, isOutcomeUnknown: true, isBug: true };
  }
  return {
    message: { key: `error.${error.code}`, params: { n: error.slot ?? slot ?? 0 } },
    isOutcomeUnknown: error.outcome === 'unknown',
    isBug: error.kind === 'bug',
  };
}
