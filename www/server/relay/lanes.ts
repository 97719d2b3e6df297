import type { HttpReply } from 'valet-park/lot';

/**
 * How important a request is. `command`: a park or a bridge. `look`: a person waits for the answer.
 * `background`: no person waits.
 */
export type Lane = 'command' | 'look' | 'background';

/** A request that waits to be sent. */
interface Job {
  lane: Lane;
  /** Jobs with the same key share one request while it is not sent. Null: never shared. */
  readonly key: string | null;
  readonly send: () => Promise<HttpReply>;
  readonly waiting: Set<Waiter>;
}

interface Waiter {
  resolve(reply: HttpReply): void;
  reject(error: unknown): void;
}

/** A request for a lane. */
export interface LaneRequest {
  readonly lane: Lane;
  readonly key: string | null;
  /** Sends the request. The lanes call it at most once. */
  readonly send: () => Promise<HttpReply>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Decides in which order requests are sent, and how many at the same time.
 *
 * Commands come before looks, and looks come before background questions. At most six requests are
 * under way, because the switch allows six connections. Some of the six are kept free for the lanes
 * that come first, so that a command never waits for slow looks.
 */
export class Lanes {
  readonly #queue: Job[] = [];
  readonly #running: Record<Lane, number> = { command: 0, look: 0, background: 0 };

  /** The number of requests that were sent and have no answer yet. */
  get inFlight(): number {
    return this.#running.command + this.#running.look + this.#running.background;
  }

  /**
   * Sends a request when its turn comes. Resolves to its answer.
   *
   * A request with a key that waits already is not sent a second time: both get the same answer. A
   * request that was sent is never shared, because its answer may be older than the new question.
   *
   * Rejects with `LanesFull` if too many requests wait, and with the reason of `signal`.
   */
  run({ lane, key, send, signal }: LaneRequest): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(reasonFor(signal));
      const waiter: Waiter = { resolve, reject };
      const job = this.#jobFor(lane, key, send);
      if (job === null) return reject(new LanesFull());
      job.waiting.add(waiter);
      signal?.addEventListener('abort', () => this.#leave(job, waiter, signal), { once: true });
      this.#next();
    });
  }

  #jobFor(lane: Lane, key: string | null, send: () => Promise<HttpReply>): Job | null {
    const known = key === null ? undefined : this.#queue.find((job) => job.key === key);
    if (known !== undefined) {
      if (ORDER.indexOf(lane) < ORDER.indexOf(known.lane)) known.lane = lane;
      return known;
    }
    if (this.#queue.length >= MAX_WAITING) return null;
    const job: Job = { lane, key, send, waiting: new Set() };
    this.#queue.push(job);
    return job;
  }

  #leave(job: Job, waiter: Waiter, signal: AbortSignal): void {
    if (!job.waiting.delete(waiter)) return;
    waiter.reject(reasonFor(signal));
    const index = this.#queue.indexOf(job);
    if (job.waiting.size === 0 && index >= 0) this.#queue.splice(index, 1);
  }

  /** Sends all requests whose turn has come. */
  #next(): void {
    for (let job = this.#take(); job !== null; job = this.#take()) void this.#work(job);
  }

  /** Removes the first job that may be sent from the queue, and returns it. */
  #take(): Job | null {
    for (const lane of ORDER) {
      if (this.inFlight >= MAX_IN_FLIGHT[lane] || this.#running[lane] >= MAX_IN_FLIGHT[lane])
        continue;
      const index = this.#queue.findIndex((job) => job.lane === lane);
      const [job] = index < 0 ? [] : this.#queue.splice(index, 1);
      if (job !== undefined) return job;
    }
    return null;
  }

  async #work({ lane, send, waiting }: Job): Promise<void> {
    this.#running[lane] += 1;
    try {
      const reply = await send();
      for (const waiter of waiting) waiter.resolve(reply);
    } catch (error) {
      for (const waiter of waiting) waiter.reject(error);
    } finally {
      this.#running[lane] -= 1;
      this.#next();
    }
  }
}

/** Too many requests wait. The request was not sent. */
export class LanesFull extends Error {
  constructor() {
    super(`${MAX_WAITING} requests wait for the switch, which is the most`);
    this.name = 'LanesFull';
  }
}

function reasonFor(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('the request was aborted');
}

const ORDER: readonly Lane[] = ['command', 'look', 'background'];
/** A request of a lane is sent only if fewer requests than this are under way in all lanes. */
const MAX_IN_FLIGHT: Readonly<Record<Lane, number>> = { command: 6, look: 5, background: 3 };
const MAX_WAITING = 1_000;
