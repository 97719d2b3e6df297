/**
 * `unreachable`: the command was not sent. `no-answer`: the command was sent, and its answer is lost.
 * `refused`: FreeSWITCH does not accept the password, or this machine. `failed`: FreeSWITCH answered
 * the command with an error.
 */
export type EngineErrorCode = 'unreachable' | 'no-answer' | 'refused' | 'failed';

/** FreeSWITCH did not do what was asked. The message is for the administrator. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EngineError';
    this.code = code;
  }
}
