import { createHash } from 'node:crypto';

/** Returns a short text for parts of any length. Different parts have different texts. */
export function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
