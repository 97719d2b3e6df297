import type { Fetch } from '../exchange/faults/request.ts';
import type { ComposedRelay } from '../relay/compose.ts';

/**
 * One lot that runs, and that can get other options.
 *
 * While the options change, requests wait for the new relay. The requests under way end first.
 */
export class RunningLot<Options> {
  readonly #open: (options: Options) => Promise<ComposedRelay>;
  readonly #underWay = new Set<Promise<unknown>>();
  /** The relay to which new requests go. Rejects if it cannot be opened. */
  #relay: Promise<ComposedRelay>;
  #options: Options;
  #current: ComposedRelay | null = null;

  private constructor(options: Options, open: (options: Options) => Promise<ComposedRelay>) {
    this.#open = open;
    this.#options = options;
    this.#relay = this.#opened(options);
  }

  /** Opens a lot. Rejects as `open` does. */
  static async open<Options>(
    options: Options,
    open: (options: Options) => Promise<ComposedRelay>,
  ): Promise<RunningLot<Options>> {
    const lot = new RunningLot(options, open);
    await lot.#relay;
    return lot;
  }

  get options(): Options {
    return this.#options;
  }

  /** The relay. Null while the options change. */
  get current(): ComposedRelay | null {
    return this.#current;
  }

  readonly fetch: Fetch = async (request, env) => {
    const { fetch } = await this.#relay;
    const answer = Promise.resolve(fetch(request, env));
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  };

  /** Closes the relay and opens one with other options. If that fails, opens the old one, and rejects. */
  async change(options: Options): Promise<void> {
    const old = this.#options;
    const closed = this.close();
    this.#relay = closed.then(() => this.#opened(options));
    try {
      await this.#relay;
      this.#options = options;
    } catch (error) {
      this.#relay = this.#opened(old);
      await this.#relay;
      throw error;
    }
  }

  /** Ends the feeds, and closes the relay when the requests under way have ended, after 10 s at most. */
  async close(): Promise<void> {
    const relay = this.#current;
    this.#current = null;
    await relay?.close(this.#ended());
  }

  async #opened(options: Options): Promise<ComposedRelay> {
    return (this.#current = await this.#open(options));
  }

  async #ended(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, GRACE_MS);
    });
    await Promise.race([Promise.allSettled(this.#underWay), late]);
    clearTimeout(timer);
  }
}

const GRACE_MS = 10_000;
