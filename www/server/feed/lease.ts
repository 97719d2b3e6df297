/**
 * Which of several relays asks the switch for all panels. A log that several relays share has a lease.
 * One relay holds the lease at a time.
 */
export interface Lease {
  /**
   * The number of the lease, if this relay holds it. It is passed to `append` as `fence`. Null while
   * another relay asks. 0 while this relay is alone, because it then asks for its own panels.
   */
  readonly fence: number | null;
  /** How many relays ask the switch at the same time, each for itself. 1 while they share the log. */
  readonly askers: number;
  /** How many relays share the log, as far as this relay knows. */
  readonly relays: number;
  /** Calls `listener` after `fence` or `askers` may have changed. Returns a function that stops that. */
  watch(listener: () => void): () => void;
}

/** The log refuses an entry, because another relay has the lease by now. */
export class StaleFenceError extends Error {
  constructor() {
    super('another relay asks the switch by now');
    this.name = 'StaleFenceError';
  }
}

/** The state of the lease of one relay. */
export class HeldLease implements Lease {
  readonly #listeners = new Set<() => void>();
  #fence: number | null = null;
  /** When the lease ends, in ms on the clock of the process, which never runs backwards. */
  #endsAt = 0;
  #relays = 1;
  #isAlone = true;
  #timer: NodeJS.Timeout | undefined;

  get fence(): number | null {
    if (this.#isAlone) return 0;
    return performance.now() < this.#endsAt ? this.#fence : null;
  }

  get askers(): number {
    return this.#isAlone ? this.#relays : 1;
  }

  get relays(): number {
    return this.#relays;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The relay shares the log. It asks again when `renewed` says that it holds the lease. */
  share(): void {
    this.#isAlone = false;
    this.#fence = null;
    this.#tell();
  }

  /** The relay goes on alone. */
  goAlone(): void {
    this.#isAlone = true;
    clearTimeout(this.#timer);
    this.#tell();
  }

  /**
   * Takes in the lease of this relay. `fence` is null if another relay holds the lease. `endsAt` is in
   * ms on the clock of the process. `relays` is the number of relays that share the log.
   */
  renewed(fence: number | null, endsAt: number, relays: number): void {
    this.#relays = Math.max(relays, 1);
    this.#fence = fence;
    this.#endsAt = endsAt;
    clearTimeout(this.#timer);
    // A relay that cannot renew its lease stops before another relay can get it.
    this.#timer = setTimeout(() => this.#tell(), Math.max(endsAt - performance.now(), 0) + 1);
    this.#timer.unref();
    this.#tell();
  }

  /** The log has refused the fence of this relay. */
  lose(): void {
    this.#fence = null;
    this.#tell();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
