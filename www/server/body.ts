import { HTTPException } from 'hono/http-exception';

/**
 * The body of a request as text.
 *
 * @throws HTTPException 413 as soon as more than 64 KB have come; 400 if
 * it ends before it is complete.
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

/** The body as a JSON object; no body at all counts as an empty one.
 *
 *  @throws HTTPException 400 for anything else, and as `readText` does. */
export async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request);
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Broken JSON is answered like JSON that is no object.
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
