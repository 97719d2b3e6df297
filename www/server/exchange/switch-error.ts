/** The reasons for which a method of the switch can fail. */
export type SwitchErrorCode =
  'invalid' | 'no-such-extension' | 'no-such-call' | 'not-ringing' | 'busy' | 'closed';

/** The error of a method that cannot do what was asked. The message says what would be possible. */
export class SwitchError extends Error {
  readonly code: SwitchErrorCode;

  constructor(code: SwitchErrorCode, message: string) {
    super(message);
    this.name = 'SwitchError';
    this.code = code;
  }
}
