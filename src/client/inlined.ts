/*
 * The package contains a copy of the core in JavaScript, deflated and encoded as base64. Every
 * bundler keeps a JavaScript file.
 */

/** The part of `process` that is used here. Node, Deno and Bun have it, browsers do not. */
interface HostProcess {
  getBuiltinModule?(name: 'node:zlib'): { inflateRawSync(bytes: Uint8Array): BufferSource };
}

/** Unpacks the copy with `DecompressionStream`. */
export async function unpacked(base64: string): Promise<BufferSource> {
  const stream = new Blob([decoded(base64)]).stream();
  const inflated = stream.pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).arrayBuffer();
}

/** Returns a function that unpacks the copy at once, or undefined if the host has no zlib. */
export function unpackerNow(): ((base64: string) => BufferSource) | undefined {
  const { process } = globalThis as { process?: HostProcess };
  const zlib = process?.getBuiltinModule?.('node:zlib');
  return zlib && ((base64) => zlib.inflateRawSync(decoded(base64)));
}

/**
 * Decodes base64 with a plain loop, which is twenty times faster than `Uint8Array.from` with a
 * callback. `fetch('data:…')` is not used, because a content policy may forbid it.
 */
function decoded(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
