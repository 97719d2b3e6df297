import { destination, pino } from 'pino';

/** The fields of a line of the log. Never put numbers, names, calls or secrets of people into them. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Writes lines of the log. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}

/** A logger that writes nothing. */
export const silentLogger: Logger = { info: () => {}, warn: () => {} };

/** Creates a logger that writes JSON lines to stderr. */
export function createLogger(level: 'info' | 'warn' | 'silent'): Logger {
  const lines = pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (message, fields = {}) => lines.info(fields, message),
    warn: (message, fields = {}) => lines.warn(fields, message),
  };
}

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
