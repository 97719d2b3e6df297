import { Hono } from 'hono/tiny';
import type { Answer, Question } from 'valet-park';
import type { EngineEvent } from './engine.ts';
import type { Weather } from './faults/weather.ts';
import type { Switchboard, Witness } from './switchboard.ts';
import type { Extension } from './directory.ts';
import { eventsSoFar, type SwitchEvent } from './event.ts';
import { askedMessage, callMessage, lotMessage, type Caller, type Taker } from './message.ts';
import { Replay } from './replay.ts';
import { onlyBy } from './refuse.ts';

/** One open subscription: a place in the replay, and nothing that could grow. */
interface Line {
  readonly extension: string;
  /** The id of the last event it was given. */
  seen: number;
  /** A line that is open and on which nothing is ever heard. */
  readonly isSilent: boolean;
  /** Ended, though its reader has not come to know of it yet. */
  isCut: boolean;
  /** Set while its reader waits for something to be written. */
  waiting: ReadableStreamDefaultController<Uint8Array> | null;
}

/** Where a subscription starts. */
interface Start {
  /** The id of the last event that it knows of. */
  readonly seen: number;
  /** What it is told before any event. */
  readonly began: string;
}

/** How a feed is set up; everything has a default. */
export interface FeedOptions {
  /** How many past events can be resumed after. Default 1000. */
  readonly replay?: number;
  /** How often a line without events gets a sign of life, in ms of real time. Default 15,000. */
  readonly heartbeatMs?: number;
}

/**
 * The call events, and all that happens in the lot, as server-sent events.
 *
 * Nothing is queued for a subscriber. Each reads from the one replay at its own speed, so a slow or
 * vanished one costs a number, however much happens meanwhile; when what it needs next has been
 * forgotten, it is told `reset`.
 */
export class Feed implements Witness {
  readonly #capacity: number | undefined;
  #replay: Replay;
  readonly #lines = new Set<Line>();
  readonly #heartbeat: NodeJS.Timeout;
  #closed = false;

  /** Ids count up from `firstId`; a later feed must start higher, so take the time. */
  constructor(firstId: number, options: FeedOptions = {}) {
    this.#capacity = options.replay;
    this.#replay = new Replay(firstId, this.#capacity);
    this.#heartbeat = setInterval(() => {
      this.#serveWaiting(': still here\n\n');
    }, options.heartbeatMs ?? 15_000);
    this.#heartbeat.unref();
  }

  /** How many subscriptions are open. */
  get lines(): number {
    return this.#lines.size;
  }

  publish(event: SwitchEvent): void {
    this.#replay.add(event.extension, callMessage(event));
    this.#serveWaiting();
  }

  moved(event: EngineEvent, caller: Caller, taker: Taker | null): void {
    this.#replay.add(null, lotMessage(event, caller, event.at, taker));
    this.#serveWaiting();
  }

  asked(question: Question, answer: Answer): number {
    const id = this.#replay.add(null, askedMessage(question, answer));
    this.#serveWaiting();
    return id;
  }

  /** The events of one extension from after the event `seen`, told first how it `began`. A silent
   *  line opens like any other, and then neither an event nor a sign of life ever comes. */
  open(extension: string, { seen, began }: Start, isSilent = false): ReadableStream<Uint8Array> {
    const line: Line = { extension, isSilent, seen, waiting: null, isCut: false };
    // Said before all else: how soon to come back.
    let preamble = `retry: 1000\n${began}`;
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          if (this.#closed || line.isCut) return controller.close();
          this.#lines.add(line); // Only now is anybody there: a HEAD request never reads.
          const text = preamble + this.#nextFor(line);
          preamble = '';
          if (text === '') line.waiting = controller;
          else controller.enqueue(ENCODER.encode(text));
        },
        cancel: () => void this.#lines.delete(line),
      },
      { highWaterMark: 0 }, // Nothing is made before somebody reads it.
    );
  }

  /**
   * Where whoever comes now begins: told how things stand, in the form of what happened. That is the
   * calls of an extension, and the lot, if the switch knows it; who waits comes before what is free,
   * as of two messages with one id that speak of a slot the first one counts.
   *
   * The event to resume after is taken first. What happens while the rest is gathered is told
   * twice then, and not missed.
   */
  beginning(switchboard: Switchboard, extension: Extension): Start {
    const seen = this.#replay.latest;
    const calls = switchboard.callsAt(extension).flatMap(eventsSoFar).map(callMessage);
    const lot = switchboard.profile === 'lot' ? this.#lotOf(switchboard, extension.id) : [];
    const told = ['\n', ...calls, ...lot].map((text) => `id: ${seen}\n${text}`);
    return { seen, began: told.join('') };
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

  /** Ends every subscription but the silent ones, on which that is not heard either. Whoever comes
   *  back goes on where it was. */
  cut(): void {
    for (const line of this.#lines) if (!line.isSilent) this.#end(line);
  }

  /** Ends every subscription and forgets all events, ids included: whoever comes back is told
   *  `reset`. Ids count up from `firstId`, or from beyond what was ever given out. */
  restart(firstId: number): void {
    this.cut();
    this.#replay = new Replay(Math.max(firstId, this.#replay.latest + 2), this.#capacity);
  }

  /** Ends every subscription and the heartbeat. */
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

  /** Gives every waiting line its next events, or `otherwise` where there are none. */
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
    const { text, seen } = this.#replay.after(line.seen, line.extension);
    line.seen = seen;
    return text;
  }
}

/** `GET /feed?extension=34414`, resumed where `Last-Event-ID` says. */
export function feedRoute(feed: Feed, switchboard: Switchboard, weather: Weather): Hono {
  return new Hono()
    .get('/', (c) => {
      const name = c.req.query('extension');
      if (name === undefined) {
        return c.json({ message: 'name an extension, as in /feed?extension=34414' }, 400);
      }
      const extension = switchboard.directory.get(name);
      const seen = lastEventId(c.req.header('last-event-id'));
      const isSilent = weather.strikes('feed-silent');
      const start = seen === null ? feed.beginning(switchboard, extension) : { seen, began: '\n' };
      return c.body(feed.open(extension.id, start, isSilent), 200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'X-Accel-Buffering': 'no', // For whoever puts nginx between.
      });
    })
    .all('/', onlyBy('GET'));
}

/** Null where a subscriber knows of no event yet. A text that is no id of ours is one that has
 *  been forgotten, so that the subscriber learns of it. */
function lastEventId(header: string | undefined): number | null {
  if (header === undefined || header === '') return null;
  return /^\d{1,15}$/.test(header) ? Number(header) : -1;
}

const ENCODER = new TextEncoder();
