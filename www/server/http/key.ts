import { HTTPException } from 'hono/http-exception';

/** The request header with the key of a command. */
export const keyHeader = 'Idempotency-Key';

/**
 * Returns the key in the header `Idempotency-Key`. Null if the header is missing.
 *
 * @throws HTTPException 400 unless the key is 1 to 255 visible ASCII characters.
 */
export function readKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (/^[!-~]{1,255}$/.test(header)) return header;
  const found = JSON.stringify(header.length > 40 ? `${header.slice(0, 39)}…` : header);
  throw new HTTPException(400, {
    message:
      `${keyHeader} must be 1 to 255 visible ASCII characters, such as a new UUID; ` +
      `found ${header.length} characters: ${found}`,
  });
}
