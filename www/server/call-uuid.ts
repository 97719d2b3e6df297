import { parseCallApiId } from 'valet-park';

/**
 * Returns the UUID in the name of a call. All names of one call have the same UUID. Returns the text
 * itself if it names no call.
 */
export function uuidOf(call: string): string {
  try {
    return parseCallApiId(call).uuid;
  } catch {
    return call;
  }
}
