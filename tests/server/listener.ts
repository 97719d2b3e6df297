import { onTestFinished } from 'vitest';
import type { Desk } from './desk.ts';

/** One block of a feed. `fields` are the fields of its data. */
export interface Block {
  readonly id: string | null;
  readonly event: string | null;
  readonly comment: string | null;
  /** The time after which the subscriber reconnects, in ms. */
  readonly retry: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A subscriber of a feed. */
export interface Listener {
  /** Returns the next block. */
  next(): Promise<Block>;
  /** Returns true when the switch has ended the feed. False if there is another block. */
  ended(): Promise<boolean>;
  /** Closes the connection. */
  vanish(): void;
}

/**
 * Opens the feed of an extension, after the event `lastEventId`. With `calls`, the listener skips the
 * messages of the kinds `asked` and `lot`.
 */
export async function listen(
  desk: Desk,
  extension: string,
  lastEventId?: string,
  hears: 'calls' | 'all' = 'calls',
): Promise<Listener> {
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const response = await fetch(`${desk.pbx.url}/feed?extension=${extension}`, {
    signal: gone.signal,
    headers: {
      authorization: `Bearer ${desk.pbx.token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  if (response.body === null || response.status !== 200) throw new Error(await response.text());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<Block | null> {
    for (let end = text.indexOf('\n\n'); ; end = text.indexOf('\n\n')) {
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const parsed = parseBlock(block);
        const isOfLot = parsed.event === 'asked' || parsed.event === 'lot';
        if (hears === 'calls' && isOfLot) continue;
        return parsed;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += value;
    }
  }
  return {
    async next() {
      const block = await next();
      if (block === null) throw new Error('the feed has ended');
      return block;
    },
    ended: async () => (await next()) === null,
    vanish: () => gone.abort(),
  };
}

function parseBlock(text: string): Block {
  const lines = text.split('\n');
  const valueOf = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
  return {
    id: valueOf('id'),
    event: valueOf('event'),
    comment: valueOf(''),
    retry: valueOf('retry'),
    fields: Object.fromEntries(new URLSearchParams(valueOf('data') ?? '')),
  };
}
