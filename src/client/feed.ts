import { error, type ValetError } from './error.js';
import type { Line } from './http.js';

/** What a feed brings. */
export interface FeedListener {
  /** A message: its kind, its data, and the id it came with. */
  message(kind: string, data: string, id: string): void;
  /** It is open and something came, or it is lost. */
  isUp(isUp: boolean): void;
  /** Something was missed: what is known has to be asked for again. */
  gap(): void;
  /** It could not be read; it is tried again, later each time. */
  trouble(trouble: ValetError): void;
}

/** The kinds of messages that are understood; others may come one day. */
const kinds = ['call', 'asked', 'lot'];

/** How long to wait before the feed is opened again, at first and at most. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After how long without so much as a sign of life a feed counts as lost. A switch gives one every
 *  15 seconds, and a connection that is half open looks like one on which nothing happens. */
const SILENCE_MS = 40_000;

/**
 * Reads server-sent events until it is told to stop.
 *
 * By `fetch` and not by `EventSource`, which cannot send the header that authorises it. An
 * interrupted feed is resumed after the last event that came.
 */
export function follow(line: Line, url: string, listener: FeedListener): () => void {
  const stop = new AbortController();
  void run(line, url, listener, stop.signal);
  return () => stop.abort();
}

async function run(line: Line, url: string, listener: FeedListener, signal: AbortSignal) {
  const position = { lastId: '' };
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      await read(line, url, position, signal, listener, () => {
        pause = FIRST_PAUSE_MS;
      });
    } catch (cause) {
      if (signal.aborted) return;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const known = { retryable: true, cause };
      listener.trouble(error('failure', 'unreachable', `the feed was lost: ${reason}`, known));
    }
    if (signal.aborted) return;
    listener.isUp(false);
    await waited(line, pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function read(
  line: Line,
  url: string,
  position: { lastId: string },
  signal: AbortSignal,
  listener: FeedListener,
  alive: () => void,
): Promise<void> {
  const headers: Record<string, string> = {
    ...(await line.headers()),
    Accept: 'text/event-stream',
  };
  if (position.lastId) headers['Last-Event-ID'] = position.lastId;
  const silence = new AbortController();
  const hush = (): void => silence.abort(new Error(`nothing was heard for ${SILENCE_MS} ms`));
  let cancel = line.clock.wakeAt(line.clock.now() + SILENCE_MS, hush);
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    const reply = await line.fetch(url, { headers, signal: either, cache: 'no-store' });
    if (!reply.ok || !reply.body) throw new Error(`HTTP status ${reply.status}`);
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      cancel();
      cancel = line.clock.wakeAt(line.clock.now() + SILENCE_MS, hush);
      // A message ends with an empty line; a line may end in any of three ways.
      const messages = (rest + value).replace(/\r\n|\r(?!$)/g, '\n').split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        const { id, event = 'message', data } = fieldsOf(message);
        if (id !== undefined) position.lastId = id;
        if (data === undefined) continue;
        alive();
        if (event === 'reset') listener.gap();
        else if (kinds.includes(event)) listener.message(event, data, id ?? '');
      }
      listener.isUp(true);
    }
  } finally {
    cancel();
  }
}

/** The fields of one message. Several lines of `data` are one text. */
function fieldsOf(message: string): { id?: string; event?: string; data?: string } {
  const fields: { id?: string; event?: string; data?: string } = {};
  for (const text of message.split('\n')) {
    const [, name, value = ''] = /^(id|event|data)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (name === 'data')
      fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    if (name === 'id' || name === 'event') fields[name] = value;
  }
  return fields;
}

function waited(line: Line, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      signal.removeEventListener('abort', over);
      resolve();
    };
    const cancel = line.clock.wakeAt(line.clock.now() + ms, over);
    signal.addEventListener('abort', over);
  });
}
