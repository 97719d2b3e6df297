import type { Logger } from '../logger.ts';
import type { WakeIn } from '../relay/timers.ts';
import type { NotifyEvent } from './event.ts';
import { formatted } from './format.ts';
import type { Receiver } from './options.ts';
import type { Post } from './post.ts';
import { sign } from './sign.ts';

/** The counters of one receiver since the start. */
export interface NotifyCounts {
  /** The format and the host of the receiver. */
  readonly receiver: string;
  /** The notifications that the receiver has accepted. */
  readonly delivered: number;
  /** The requests that failed. Each of them is sent again, until the hour is over. */
  readonly failed: number;
  /** The notifications that were given up, because the receiver failed for an hour. */
  readonly expired: number;
  /** The notifications that were given up, because too many were waiting. */
  readonly overflowed: number;
  /** The notifications that wait now, with those under way. */
  readonly waiting: number;
}

/** The parts that `Deliveries` uses. */
export interface DeliveryParts {
  readonly receiver: Receiver;
  readonly key: Uint8Array;
  readonly post: Post;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  readonly wakeIn: WakeIn;
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** A notification that waits, and since when, in ms since 1970. */
interface Waiting {
  readonly event: NotifyEvent;
  readonly since: number;
}

/** The notifications about one slot that wait, oldest first. */
interface Lane {
  readonly slot: number;
  readonly queue: Waiting[];
  /** The number of requests that failed one after the other. */
  failures: number;
  isRunning: boolean;
  /** Cancels the pause before the next request. Null without a pause. */
  cancel: (() => void) | null;
}

/**
 * Sends notifications to one receiver.
 *
 * Each slot has its own lane: the next notification is sent when the receiver has accepted the one
 * before. So the order of a slot is kept, and a slot whose notification fails does not delay the
 * other slots. A request that fails is sent again with the same id after 1, 2, 4, … s, at most 5
 * minutes. An hour after the event, the notification is given up.
 */
export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #lanes = new Map<number, Lane>();
  /** The lanes that can send and have no free connection. */
  readonly #ready = new Set<Lane>();
  /** The requests under way. */
  readonly #requests = new Set<AbortController>();
  #isClosed = false;
  #running = 0;
  #waiting = 0;
  #delivered = 0;
  #failed = 0;
  #expired = 0;
  #overflowed = 0;
  #isFailing = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  get counts(): NotifyCounts {
    return {
      receiver: this.#parts.receiver.name,
      delivered: this.#delivered,
      failed: this.#failed,
      expired: this.#expired,
      overflowed: this.#overflowed,
      waiting: this.#waiting,
    };
  }

  /** Queues a notification. Never waits. If too many wait, the oldest of all slots is given up. */
  send(event: NotifyEvent): void {
    if (this.#isClosed) return;
    if (this.#waiting >= MAX_WAITING) this.#removeOldest();
    const { slot } = event.notification.data;
    const lane = this.#lanes.get(slot) ?? newLane(slot);
    this.#lanes.set(slot, lane);
    lane.queue.push({ event, since: this.#parts.now() });
    this.#waiting += 1;
    if (!lane.isRunning && lane.cancel === null) this.#makeReady(lane);
  }

  /** Removes all waiting notifications about a caller, without counting them. */
  forget(isForgotten: (number: string) => boolean): void {
    for (const lane of [...this.#lanes.values()]) {
      const kept = lane.queue.filter(
        ({ event }) => !isForgotten(event.notification.data.caller.number),
      );
      this.#waiting -= lane.queue.length - kept.length;
      lane.queue.splice(0, Infinity, ...kept);
      this.#settle(lane);
    }
  }

  /** Ends the requests under way, and gives up what waits. */
  close(): void {
    this.#isClosed = true;
    for (const request of this.#requests) request.abort();
    for (const { cancel } of this.#lanes.values()) cancel?.();
    this.#lanes.clear();
    this.#ready.clear();
    this.#waiting = 0;
  }

  #makeReady(lane: Lane): void {
    this.#ready.add(lane);
    for (const next of this.#ready) {
      if (this.#running >= MAX_RUNNING) return;
      this.#ready.delete(next);
      void this.#work(next);
    }
  }

  /** Sends the first notification of a lane once. */
  async #work(lane: Lane): Promise<void> {
    this.#dropExpired(lane);
    const [first] = lane.queue;
    if (first === undefined) return this.#settle(lane);
    lane.isRunning = true;
    this.#running += 1;
    const result = await this.#attempt(first.event);
    lane.isRunning = false;
    this.#running -= 1;
    if (this.#isClosed) return;

    if (result.isDelivered) {
      this.#delivered += 1;
      this.#isFailing = false;
      lane.failures = 0;
      // The notification may have been given up meanwhile.
      if (lane.queue[0] === first) this.#shift(lane);
    } else {
      this.#failed += 1;
      this.#warn(result.reason);
      lane.failures += 1;
      this.#pause(lane, Math.max(pauseAfter(lane.failures), result.retryAfterMs));
    }
    this.#settle(lane);
    for (const next of this.#ready) {
      this.#makeReady(next);
      break;
    }
  }

  /** Makes a lane go on, or removes it if nothing waits in it. */
  #settle(lane: Lane): void {
    if (lane.queue.length === 0 && !lane.isRunning) {
      lane.cancel?.();
      lane.cancel = null;
      this.#ready.delete(lane);
      this.#lanes.delete(lane.slot);
    } else if (!lane.isRunning && lane.cancel === null) this.#makeReady(lane);
  }

  #pause(lane: Lane, ms: number): void {
    const { wakeIn, now } = this.#parts;
    const [first] = lane.queue;
    // The pause ends at the latest when the hour is over, so that nothing waits for ever.
    const restMs = first === undefined ? 0 : Math.max(first.since + KEPT_MS - now(), 0);
    lane.cancel = wakeIn(Math.min(ms, restMs), () => {
      lane.cancel = null;
      this.#settle(lane);
    });
  }

  #dropExpired(lane: Lane): void {
    const oldest = this.#parts.now() - KEPT_MS;
    for (
      let [first] = lane.queue;
      first !== undefined && first.since <= oldest;
      [first] = lane.queue
    ) {
      this.#shift(lane);
      this.#expired += 1;
    }
  }

  #removeOldest(): void {
    let oldest: Lane | null = null;
    for (const lane of this.#lanes.values()) {
      const [first] = lane.queue;
      if (first !== undefined && first.since < (oldest?.queue[0]?.since ?? Infinity)) oldest = lane;
    }
    if (oldest === null) return;
    this.#shift(oldest);
    this.#overflowed += 1;
  }

  #shift(lane: Lane): void {
    lane.queue.shift();
    this.#waiting -= 1;
  }

  async #attempt(event: NotifyEvent): Promise<Attempt> {
    const { receiver, key, post, now, wakeIn, timeoutMs } = this.#parts;
    const { body, headers } = formatted(receiver.format, event.notification);
    const ending = new AbortController();
    const { signal } = ending;
    this.#requests.add(ending);
    const cancel = wakeIn(timeoutMs, () => ending.abort());
    // A `post` that ignores its signal must not keep the lane busy for ever.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no answer in time')), {
        once: true,
      });
    });
    try {
      const signed = sign(key, event.id, now(), body);
      const request = { headers: { ...headers, ...signed, ...AGENT }, body, signal };
      const { status, retryAfter } = await Promise.race([post(receiver.url, request), aborted]);
      const isDelivered = status >= 200 && status < 300;
      return { isDelivered, reason: `status ${status}`, retryAfterMs: msOf(retryAfter) };
    } catch (error) {
      const { code, name } = error as NodeJS.ErrnoException;
      const reason = signal.aborted ? `no answer in ${timeoutMs} ms` : (code ?? name);
      return { isDelivered: false, reason, retryAfterMs: 0 };
    } finally {
      cancel();
      this.#requests.delete(ending);
    }
  }

  /** Warns at the first failure after a success, so that the log stays short. */
  #warn(reason: string): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    const { receiver, logger } = this.#parts;
    logger.warn('a receiver of notifications fails; they are sent again for an hour', {
      receiver: receiver.name,
      reason,
    });
  }
}

interface Attempt {
  readonly isDelivered: boolean;
  readonly reason: string;
  /** How long the receiver wants to be left alone. */
  readonly retryAfterMs: number;
}

function newLane(slot: number): Lane {
  return { slot, queue: [], failures: 0, isRunning: false, cancel: null };
}

/** The pause after a number of failures, in ms. It varies, so that lanes do not send together. */
function pauseAfter(failures: number): number {
  const ms = Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  return ms * (0.8 + Math.random() * 0.2);
}

/** Reads `Retry-After` in seconds. Dates are ignored. */
function msOf(retryAfter: string | null): number {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  return Math.min(seconds * 1_000, LONGEST_PAUSE_MS);
}

const AGENT = { 'User-Agent': 'valet-park' };
const KEPT_MS = 3_600_000;
const LONGEST_PAUSE_MS = 300_000;
/** The number of connections to one receiver. */
const MAX_RUNNING = 4;
/** The number of notifications that wait for one receiver: about 10 MB. */
const MAX_WAITING = 10_000;
