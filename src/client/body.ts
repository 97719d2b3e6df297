/** The most bytes that are read of an answer. A list of 65,535 free slots takes 382 KB. */
export const BODY_LIMIT = 2 ** 20;

/** Replaces a body that is longer. No switch sends this text, so the answer counts as unclear. */
const TOO_LONG = `the answer is longer than ${BODY_LIMIT} bytes`;

/** The part of a `Response` that is read here. The application's own `fetch` may lack streams. */
interface Reply {
  readonly body?: ReadableStream<Uint8Array> | null;
  text(): unknown;
}

/**
 * Reads the body of an answer as a text, up to `BODY_LIMIT`.
 *
 * The stream is cancelled when the body is longer, and when `signal` is aborted.
 */
export async function bodyOf(reply: Reply, signal: AbortSignal): Promise<string> {
  if (typeof reply.body?.getReader !== 'function') {
    const text = String(await reply.text());
    return text.length > BODY_LIMIT ? TOO_LONG : text;
  }
  const reader = reply.body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => {});
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > BODY_LIMIT) {
        cancel();
        return TOO_LONG;
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
