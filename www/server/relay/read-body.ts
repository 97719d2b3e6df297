import { readAll } from '../http/read-all.ts';

/**
 * Returns the body of an answer as text.
 *
 * @throws Error if the body has more than `maxBytes` bytes, and what the reader throws.
 */
export async function readBody({ body }: Response, maxBytes: number): Promise<string> {
  const tooLarge = () => new Error(`the answer has more than ${maxBytes} bytes`);
  try {
    return await readAll(body, maxBytes, tooLarge);
  } catch (error) {
    await body?.cancel().catch(() => {});
    throw error;
  }
}
