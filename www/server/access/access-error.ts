/** Why an administrator's request was refused. */
export type AccessErrorCode =
  | 'invalid'
  | 'unknown-code'
  | 'unknown-token'
  | 'unknown-lot'
  | 'too-many'
  | 'not-running'
  | 'alone';

/** A refused request about tokens or pairing. The message says what would be right. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly code: AccessErrorCode;

  constructor(code: AccessErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
