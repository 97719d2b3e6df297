import { isValetError, ValetError } from 'valet-park';
import { expect } from 'vitest';

/**
 * Returns the `ValetError` that `work` throws. Throws if `work` returns, or throws another value.
 */
export function thrownBy(work: () => unknown): ValetError {
  let result: unknown;
  try {
    result = work();
  } catch (thrown) {
    if (isValetError(thrown)) return thrown;
    throw new Error(`expected a ValetError, found ${String(thrown)}`, { cause: thrown });
  }
  throw new Error(`expected a ValetError, found the result ${JSON.stringify(result)}`);
}

/** Checks that an error reports a wrong input, and the style of its message. */
export function expectInvalid(error: ValetError): void {
  expect(error).toBeInstanceOf(ValetError);
  expect(error).toMatchObject({ kind: 'invalid', outcome: 'not-done', retryable: false });
  expect(error.message).toMatch(/^expected .*[^.\n]$/);
  expect(error.message.length).toBeLessThan(360);
}
