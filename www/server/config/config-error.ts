/** A wrong setting or command line. The message says what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
