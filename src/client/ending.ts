import { error, isValetError, type ValetError } from './error.js';

/** Returns the error of a method that is called after `dispose`. */
export function disposed(outcome: ValetError['outcome'] = 'not-done'): ValetError {
  return error('invalid', 'disposed', 'this ValetPark is disposed; open another one', { outcome });
}

/** Returns the error of a command whose signal is aborted. */
export function aborted(outcome: ValetError['outcome'] = 'not-done'): ValetError {
  return error('invalid', 'aborted', 'the command was aborted', { outcome });
}

/** Returns true for the error after a failure of the core. */
export function isLost(thrown: unknown): thrown is ValetError {
  return isValetError(thrown) && thrown.code === 'lost';
}

/** Returns a signal that is aborted as soon as one of two signals is. */
export function anyOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  const either = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) either.abort(signal.reason);
    signal.addEventListener('abort', () => either.abort(signal.reason), { once: true });
  }
  return either.signal;
}
