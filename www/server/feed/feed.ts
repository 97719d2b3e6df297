import { bodyOfLine, type AttachedLine } from './body.ts';
import type { Line, Sink, Subscription } from './line.ts';
import type { Log, StoredEntry } from './log.ts';
import { unref } from '../unref.ts';

/** The options of a feed. Each option has a default. */
export interface FeedOptions {
  /** The number of past events that are kept for a subscriber that reconnects. Default 1000. */
  readonly replay?: number;
  /** How often a line without events gets a comment, in ms of real time. Default 10,000. */
  readonly heartbeatMs?: number;
}

/**
 * The subscribers of a log, as lines of server-sent events.
 *
 * There is no queue per subscriber. All subscribers read from one log, each at its own speed. So a
 * slow subscriber costs no memory. If the log no longer has the place of a subscriber, the subscriber
 * gets a `reset`.
 */
export class Feed {
  readonly #log: Log;
  readonly #lines = new Set<Line>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #stopWatching: () => void;
  /** The texts of entries with their `id` lines. All lines share them. */
  readonly #texts = new WeakMap<StoredEntry, string>();
  #isClosed = false;

  constructor(log: Log, { heartbeatMs = 10_000 }: Pick<FeedOptions, 'heartbeatMs'> = {}) {
    this.#log = log;
    this.#stopWatching = log.watch(() => {
      for (const line of this.#lines) this.#serve(line);
    });
    this.#heartbeat = setInterval(() => this.#sendComments(), heartbeatMs);
    unref(this.#heartbeat);
  }

  /** The number of open subscriptions. */
  get lines(): number {
    return this.#lines.size;
  }

  /** The number of open subscriptions of one token. */
  linesOf(owner: string): number {
    let count = 0;
    for (const { subscription } of this.#lines) if (subscription.owner === owner) count += 1;
    return count;
  }

  /** How long the oldest entry that a line has not got yet waits, in ms. 0 if no entry waits. */
  lagMs(now: number): number {
    let seen = this.#log.latest;
    for (const line of this.#lines) {
      if (line.subscription.isSilent !== true) seen = Math.min(seen, line.seen);
    }
    if (seen === this.#log.latest) return 0;
    const entries = this.#log.read(seen);
    // The ids of entries are times.
    const oldest = entries === 'gap' ? this.#log.edge : (entries[0]?.id ?? now);
    return Math.max(now - oldest, 0);
  }

  /** The id of the newest entry. */
  get latest(): number {
    return this.#log.latest;
  }

  /**
   * Returns the body of an answer that opens a subscription. The body starts with the messages of
   * `start`, and the entries after it follow. The subscription begins when the body is read.
   */
  open(subscription: Subscription): ReadableStream<Uint8Array> {
    return bodyOfLine((sink) => this.#attach(subscription, sink));
  }

  /**
   * Ends all subscriptions except the silent ones. A subscriber that reconnects continues after the
   * last event that it got.
   */
  cut(): void {
    for (const line of this.#lines) if (line.subscription.isSilent !== true) this.#end(line);
  }

  /** Ends all subscriptions with a `reset`, so that each subscriber reads the feed from its beginning. */
  restart(): void {
    for (const line of this.#lines) {
      line.sink.write(RESET);
      this.#end(line);
    }
  }

  /** Ends the subscriptions of one token, for example when the token was revoked. */
  endLinesOf(owner: string): void {
    for (const line of this.#lines) if (line.subscription.owner === owner) this.#end(line);
  }

  /**
   * Ends all subscriptions and stops the heartbeat. Each subscriber gets its own random time to
   * reconnect. Otherwise all of them reconnect at once.
   */
  close(): void {
    this.#isClosed = true;
    this.#stopWatching();
    clearInterval(this.#heartbeat);
    for (const line of this.#lines) {
      if (line.subscription.isSilent !== true) line.sink.write(retry(500, 5_000) + '\n');
      this.#end(line);
    }
  }

  #attach({ start, ...subscription }: Subscription, sink: Sink): AttachedLine {
    const line: Line = { subscription, sink, seen: start.seen, hasRoom: true };
    if (this.#isClosed) sink.end();
    else {
      this.#lines.add(line);
      const messages = start.messages.map((text) => `id: ${start.seen}\n${text}`);
      line.hasRoom = sink.write(`${retry(1_000, 2_000)}${messages.join('') || '\n'}`);
      this.#serve(line);
    }
    return {
      resume: () => {
        line.hasRoom = true;
        this.#serve(line);
      },
      remove: () => void this.#lines.delete(line),
    };
  }

  #end(line: Line): void {
    this.#lines.delete(line);
    line.sink.end();
  }

  /** Writes entries to a line until it is full or has all entries. */
  #serve(line: Line): void {
    if (line.subscription.isSilent === true) return;
    while (line.hasRoom && this.#lines.has(line)) {
      const text = this.#nextFor(line);
      if (text === '') return;
      line.hasRoom = line.sink.write(text);
    }
  }

  #sendComments(): void {
    for (const line of this.#lines) {
      if (!line.hasRoom || line.subscription.isSilent === true) continue;
      line.hasRoom = line.sink.write(': still here\n\n');
    }
  }

  /** Returns the next entries for a line, at most a few KB, and moves its place. */
  #nextFor(line: Line): string {
    const { extensions } = line.subscription;
    let text = '';
    let entries = this.#log.read(line.seen);
    if (entries === 'gap') {
      line.seen = this.#log.edge;
      const messages = line.subscription.continuesWith?.() ?? [RESET];
      text = messages.map((message) => `id: ${line.seen}\n${message}`).join('');
      entries = this.#log.read(line.seen);
    }
    for (const entry of entries === 'gap' ? [] : entries) {
      if (text.length >= CHUNK_LENGTH) break;
      line.seen = entry.id;
      if (entry.extension === null || extensions.includes(entry.extension)) {
        text += this.#textOf(entry);
      }
    }
    return text;
  }

  #textOf(entry: StoredEntry): string {
    let text = this.#texts.get(entry);
    if (text === undefined) {
      text = `id: ${entry.id}\n${entry.text}`;
      this.#texts.set(entry, text);
    }
    return text;
  }
}

/** The line that tells a subscriber when to reconnect: a random time between two times, in ms. */
function retry(shortestMs: number, longestMs: number): string {
  const ms = shortestMs + Math.floor(Math.random() * (longestMs - shortestMs));
  return `retry: ${ms}\n`;
}

const CHUNK_LENGTH = 16_384;

const RESET = 'event: reset\ndata: events were missed, ask for the state\n\n';
