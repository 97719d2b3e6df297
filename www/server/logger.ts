/** The fields of a line of the log. Never put numbers, names, calls or secrets of people into them. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Writes lines of the log. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}

/** Writes warnings to stderr. */
export const consoleLogger: Logger = {
  info: () => {},
  warn: (message, fields = {}) => console.error(message, fields),
};

/**
 * Describes an unexpected error without its message, because a message can quote what a caller or a
 * switch sent.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { code } = error as NodeJS.ErrnoException;
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' < '),
  };
}
