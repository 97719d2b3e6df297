/** Why the switch did not do what it was asked. */
export type SwitchErrorCode =
  'invalid' | 'no-such-extension' | 'no-such-call' | 'not-ringing' | 'busy' | 'closed';

/** What was asked for cannot be done, or not now; the message says what could be. */
export class SwitchError extends Error {
  readonly code: SwitchErrorCode;

  constructor(code: SwitchErrorCode, message: string) {
    super(message);
    this.name = 'SwitchError';
    this.code = code;
  }
}
