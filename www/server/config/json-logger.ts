import { destination, pino } from 'pino';
import type { Logger } from '../logger.ts';

/** Creates a logger that writes JSON lines to stderr. */
export function createJsonLogger(level: 'info' | 'warn' | 'silent'): Logger {
  const lines = pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (message, fields = {}) => lines.info(fields, message),
    warn: (message, fields = {}) => lines.warn(fields, message),
  };
}
