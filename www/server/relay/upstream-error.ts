/**
 * `unreachable`: the switch did not get the request. `no-answer`: the switch may have got the
 * request, and no answer arrived. `refused`: the switch does not accept the relay.
 */
export type UpstreamErrorCode = 'unreachable' | 'no-answer' | 'refused';

/** The switch cannot be asked, or did not answer. The message is for the administrator. */
export class UpstreamError extends Error {
  readonly code: UpstreamErrorCode;

  constructor(code: UpstreamErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UpstreamError';
    this.code = code;
  }
}

/** Returns the deepest reason of an error of `fetch`, for example `ECONNREFUSED`. */
export function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (!(reason instanceof Error)) return 'unknown';
  return (reason as NodeJS.ErrnoException).code ?? reason.name;
}

/** True if an error of `fetch` shows that no connection was made. The request was not sent then. */
export function isUnsent(error: unknown): boolean {
  return UNSENT.has(reasonOf(error));
}

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
