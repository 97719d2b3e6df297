import { HTTPException } from 'hono/http-exception';
import { readAll } from './read-all.ts';

/**
 * Returns the body of a request as text.
 *
 * @throws HTTPException 413 if the body has more than 64 KB; 400 if it ends early.
 */
export async function readText(request: Request): Promise<string> {
  const tooLarge = () => new HTTPException(413, { message: TOO_LARGE });
  try {
    return await readAll(request.body, MAX_BODY_BYTES, tooLarge);
  } catch (error) {
    if (error instanceof HTTPException) throw error;
    throw new HTTPException(400, { message: 'the body broke off', cause: error });
  }
}

/**
 * Returns the body of a request as a JSON object. An empty body counts as an empty object.
 *
 * @throws HTTPException 400 if the body is no JSON object, and as `readText` does.
 */
export async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request);
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Broken JSON gets the same answer as JSON that is no object.
  }
  throw new HTTPException(400, { message: 'the body must be a JSON object' });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The largest body of a request. */
export const MAX_BODY_BYTES = 64 * 1_024;
export const TOO_LARGE = `a body has at most ${MAX_BODY_BYTES} bytes`;
