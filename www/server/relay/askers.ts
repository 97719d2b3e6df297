import type { Lease } from '../feed/lease.ts';
import type { Asker } from './asker.ts';

/** The parts of a relay that `Askers` uses. */
export interface AskersParts {
  /** Undefined if this relay always asks. */
  readonly lease: Lease | undefined;
  /** Opens an asker. */
  readonly open: () => Promise<Asker>;
  /** Called when this relay begins to ask for all relays. */
  readonly onLead: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The asker of a relay. It asks while the relay has the lease, and else only follows the feed.
 *
 * A client learns from the feed whether it asks. So a new client takes the place of the old one when
 * that changes.
 */
export class Askers {
  readonly #parts: AskersParts;
  readonly #stopWatching: () => void;
  #current: Asker | null = null;
  /** True if the present asker was opened to ask. Null before the first one. */
  #asks: boolean | null = null;
  /** Settles when the last asker was opened. */
  #opening: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: AskersParts) {
    this.#parts = parts;
    this.#stopWatching = parts.lease?.watch(() => this.#check()) ?? (() => undefined);
  }

  /** Null before the first asker was opened. */
  get current(): Asker | null {
    return this.#current;
  }

  /** Resolves when the first asker works. Rejects if it does not start. */
  start(): Promise<void> {
    this.#asks = this.#leads;
    this.#opening = this.#replace();
    return this.#opening;
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWatching();
    this.#current?.dispose();
  }

  get #leads(): boolean {
    const { lease } = this.#parts;
    return lease?.fence !== null;
  }

  #check(): void {
    const leads = this.#leads;
    if (this.#isClosed || this.#asks === null || this.#asks === leads) return;
    this.#asks = leads;
    if (leads) this.#parts.onLead();
    const replaced = () => this.#replace();
    this.#opening = this.#opening.then(replaced, replaced);
    this.#opening.catch(this.#parts.onError);
  }

  async #replace(): Promise<void> {
    if (this.#isClosed) return;
    const opened = await this.#parts.open();
    // `close` may have been called meanwhile.
    if (this.#isClosed as boolean) return opened.dispose();
    this.#current?.retire();
    this.#current = opened;
  }
}
