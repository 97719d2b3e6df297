import type { ServerResponse } from 'node:http';
import type { Sink } from './line.ts';

/** Opens a line on a sink. */
export type Attach = (sink: Sink) => AttachedLine;

/** The messages of the owner of a sink to its line. */
export interface AttachedLine {
  /** The sink has room again. */
  readonly resume: () => void;
  /** The reader is gone. */
  readonly remove: () => void;
}

/** The lines that were not opened yet, by the body that opens them. */
const lines = new WeakMap<ReadableStream<Uint8Array>, Attach>();

/** Returns a body that opens a line when it is read for the first time. */
export function bodyOfLine(attach: Attach): ReadableStream<Uint8Array> {
  let line: AttachedLine | null = null;
  let isEnded = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (isEnded) return;
        if (line !== null) return line.resume();
        line = attach({
          write(text) {
            controller.enqueue(ENCODER.encode(text));
            return false; // The stream pulls when it has room.
          },
          end() {
            isEnded = true;
            controller.close();
          },
        });
      },
      cancel: () => line?.remove(),
    },
    { highWaterMark: 0 }, // Events are taken from the log when the reader wants them.
  );
  lines.set(body, attach);
  return body;
}

/**
 * Sends an answer that opens a line. Returns false for any other answer.
 *
 * The line writes to the response of Node itself. A stream between them costs as much memory as the
 * rest of the line, and twice the time.
 */
export function sendLine(response: Response, outgoing: ServerResponse): boolean {
  const attach = response.body === null ? undefined : lines.get(response.body);
  if (attach === undefined) return false;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const { resume, remove } = attach({
    write: (text) => outgoing.write(text),
    end: () => void outgoing.end(),
  });
  outgoing.on('drain', resume);
  outgoing.once('close', remove);
  if (outgoing.destroyed) remove();
  return true;
}

const ENCODER = new TextEncoder();
