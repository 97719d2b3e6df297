import { Hono } from 'hono/tiny';
import type { Answer, Question } from 'valet-park';
import type { LotEvent } from 'valet-park/lot';
import type { Extension } from '../exchange/directory.ts';
import { eventsSoFar, type SwitchEvent } from '../exchange/event.ts';
import type { FaultInjector } from '../exchange/faults/injector.ts';
import { askedMessage, callMessage, lotMessage, type Caller, type Taker } from './message.ts';
import { onlyBy } from '../http/refuse.ts';
import { Replay } from './replay.ts';
import type { Observer, Switchboard } from '../exchange/switchboard.ts';

/** One open subscription. Its size does not depend on what happens. */
interface Line {
  /** The ids of the extensions. */
  readonly extensions: readonly string[];
  /** The id of the last event that was written. */
  seen: number;
  /** True for a line on which the fault `feed-silent` suppresses everything. */
  readonly isSilent: boolean;
  /** True if the line has ended and its reader does not know yet. */
  isCut: boolean;
  /** Set while the reader waits for data. */
  waiting: ReadableStreamDefaultController<Uint8Array> | null;
}

/** The start of a subscription. */
interface Start {
  /** The id of the last event that the subscriber knows. */
  readonly seen: number;
  /** The messages that are sent before all events. */
  readonly began: string;
}

/** The options of a feed. Each option has a default. */
export interface FeedOptions {
  /** The number of past events that are kept for a subscriber that reconnects. Default 1000. */
  readonly replay?: number;
  /** How often a line without events gets a comment, in ms of real time. Default 15,000. */
  readonly heartbeatMs?: number;
}

/**
 * The call events, and everything that happens in the lot, as server-sent events.
 *
 * There is no queue per subscriber. All subscribers read from one replay, each at its own speed. So a
 * slow subscriber costs no memory. If the replay no longer has the next event of a subscriber, the
 * subscriber gets a `reset`.
 */
export class Feed implements Observer {
  readonly #capacity: number | undefined;
  #replay: Replay;
  readonly #lines = new Set<Line>();
  readonly #heartbeat: NodeJS.Timeout;
  #closed = false;

  /** The ids start at `firstId`. A later feed must start higher, so pass the time. */
  constructor(firstId: number, options: FeedOptions = {}) {
    this.#capacity = options.replay;
    this.#replay = new Replay(firstId, this.#capacity);
    this.#heartbeat = setInterval(() => {
      this.#serveWaiting(': still here\n\n');
    }, options.heartbeatMs ?? 15_000);
    this.#heartbeat.unref();
  }

  /** The number of open subscriptions. */
  get lines(): number {
    return this.#lines.size;
  }

  publish(event: SwitchEvent): void {
    this.#replay.add(event.extension, callMessage(event));
    this.#serveWaiting();
  }

  moved(event: LotEvent, caller: Caller, taker: Taker | null): void {
    this.#replay.add(null, lotMessage(event, caller, event.at, taker));
    this.#serveWaiting();
  }

  asked(question: Question, answer: Answer): number {
    const id = this.#replay.add(null, askedMessage(question, answer));
    this.#serveWaiting();
    return id;
  }

  /**
   * Opens a subscription for the events of these extensions. The stream starts with `began` and the
   * events after `seen`. A silent line opens, and then sends neither events nor comments.
   */
  open(
    extensions: readonly string[],
    { seen, began }: Start,
    isSilent = false,
  ): ReadableStream<Uint8Array> {
    const line: Line = { extensions, isSilent, seen, waiting: null, isCut: false };
    // The client reconnects after this time.
    let preamble = `retry: 1000\n${began}`;
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          if (this.#closed || line.isCut) return controller.close();
          this.#lines.add(line); // Not earlier, because a HEAD request never reads the body.
          const text = preamble + this.#nextFor(line);
          preamble = '';
          if (text === '') line.waiting = controller;
          else controller.enqueue(ENCODER.encode(text));
        },
        cancel: () => void this.#lines.delete(line),
      },
      { highWaterMark: 0 }, // Events are taken from the replay when the reader wants them.
    );
  }

  /**
   * Returns the start for a new subscriber: messages that describe the present state.
   *
   * They are the events so far of the calls at the extensions. With the profile `lot` they are also a
   * `lot` message for each parked call, and then an `asked` message with the free slots. Clients rely
   * on this order: if two messages with the same id concern one slot, the first one counts.
   *
   * The id is read first. So an event that happens while the messages are gathered is sent twice, and
   * is not missed.
   */
  beginning(switchboard: Switchboard, extensions: readonly Extension[]): Start {
    const seen = this.#replay.latest;
    const calls = extensions
      .flatMap((extension) => switchboard.callsAt(extension))
      .flatMap(eventsSoFar)
      .map(callMessage);
    const [first] = extensions;
    const lot = switchboard.profile === 'lot' && first ? this.#lotOf(switchboard, first.id) : [];
    const messages = ['\n', ...calls, ...lot].map((text) => `id: ${seen}\n${text}`);
    return { seen, began: messages.join('') };
  }

  #lotOf(switchboard: Switchboard, extension: string): string[] {
    const now = switchboard.now();
    const held = switchboard.stalls().map((stall) => {
      const caller = switchboard.callerOf(stall.call);
      return lotMessage({ kind: 'parked', at: stall.parkedAt, ...stall }, caller, now);
    });
    const free = switchboard.freeSlots();
    const question = { extension, call: 'any', action: 'slots' } as const;
    const list = askedMessage(question, { kind: 'free', slots: free });
    return [...held, list];
  }

  /**
   * Ends all subscriptions except the silent ones. A subscriber that reconnects continues after the
   * last event that it got.
   */
  cut(): void {
    for (const line of this.#lines) if (!line.isSilent) this.#end(line);
  }

  /**
   * Ends all subscriptions and removes all events. A subscriber that reconnects gets a `reset`. The
   * new ids start at `firstId`, or higher if earlier ids were higher.
   */
  restart(firstId: number): void {
    this.cut();
    this.#replay = new Replay(Math.max(firstId, this.#replay.latest + 2), this.#capacity);
  }

  /** Ends all subscriptions and stops the heartbeat. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    for (const line of this.#lines) this.#end(line);
  }

  #end(line: Line): void {
    line.isCut = true;
    line.waiting?.close();
    this.#lines.delete(line);
  }

  /** Writes the next events to each waiting line, or `otherwise` if there are no events. */
  #serveWaiting(otherwise = ''): void {
    for (const line of this.#lines) {
      const { waiting } = line;
      if (waiting === null || line.isSilent) continue;
      const text = this.#nextFor(line) || otherwise;
      if (text === '') continue;
      line.waiting = null;
      waiting.enqueue(ENCODER.encode(text));
    }
  }

  #nextFor(line: Line): string {
    if (line.isSilent) return '';
    const { text, seen } = this.#replay.after(line.seen, line.extensions);
    line.seen = seen;
    return text;
  }
}

/**
 * `GET /feed?extension=34414`, with one `extension` for each extension. A subscriber that reconnects
 * sends `Last-Event-ID`.
 */
export function feedRoute(feed: Feed, switchboard: Switchboard, faults: FaultInjector): Hono {
  return new Hono()
    .get('/', (c) => {
      const names = c.req.queries('extension') ?? [];
      if (names.length === 0) {
        return c.json({ message: 'name an extension, as in /feed?extension=34414' }, 400);
      }
      const extensions = names.map((name) => switchboard.directory.get(name));
      const seen = lastEventId(c.req.header('last-event-id'));
      const isSilent = faults.strikes('feed-silent');
      const start = seen === null ? feed.beginning(switchboard, extensions) : { seen, began: '\n' };
      const ids = extensions.map(({ id }) => id);
      return c.body(feed.open(ids, start, isSilent), 200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'X-Accel-Buffering': 'no', // Tells nginx not to buffer.
      });
    })
    .all('/', onlyBy('GET'));
}

/**
 * Reads `Last-Event-ID`. Null for a new subscriber. A text that is no id becomes -1, so that the
 * subscriber gets a `reset`.
 */
function lastEventId(header: string | undefined): number | null {
  if (header === undefined || header === '') return null;
  return /^\d{1,15}$/.test(header) ? Number(header) : -1;
}

const ENCODER = new TextEncoder();
