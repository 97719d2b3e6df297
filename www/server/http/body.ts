import { HTTPException } from 'hono/http-exception';

/**
 * Returns the body of a request as text.
 *
 * @throws HTTPException 413 if the body has more than 64 KB; 400 if it ends early.
 */
export async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = request.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      length += part.value.byteLength;
      if (length > MAX_BYTES) throw tooLarge();
      chunks.push(part.value);
    }
  } catch (error) {
    if (error instanceof HTTPException) throw error;
    throw new HTTPException(400, { message: 'the body broke off', cause: error });
  }
  return Buffer.concat(chunks).toString();
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(): HTTPException {
  return new HTTPException(413, { message: `a body has at most ${MAX_BYTES} bytes` });
}

const MAX_BYTES = 64 * 1_024;
