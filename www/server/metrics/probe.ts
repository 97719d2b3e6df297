import type { Log } from '../feed/log.ts';
import type { WakeIn } from '../relay/timers.ts';

/**
 * Checks a log: appends an entry and reads it back, as the feeds of panels read.
 *
 * The entry belongs to no extension, so no panel gets it. A good result is kept for 30 s, so that the
 * probes take little room in the log, however often they are asked for.
 */
export class Probe {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #wakeIn: WakeIn;
  /** The probe under way, or the last one that was good. */
  #latest: Promise<boolean> | null = null;
  #at = -Infinity;

  /** `now` returns the time in ms. */
  constructor(log: Log, now: () => number, wakeIn: WakeIn) {
    this.#log = log;
    this.#now = now;
    this.#wakeIn = wakeIn;
  }

  /** Resolves to true if the log has stored an entry and read it back within five seconds. */
  async check(): Promise<boolean> {
    if (this.#latest === null || this.#now() - this.#at >= KEPT_MS) {
      this.#at = this.#now();
      this.#latest = this.#run();
    }
    const latest = this.#latest;
    const isRead = await latest;
    if (!isRead && this.#latest === latest) this.#latest = null;
    return isRead;
  }

  #run(): Promise<boolean> {
    const log = this.#log;
    const before = log.latest;
    return new Promise((resolve) => {
      let id: number | null = null;
      const check = () => {
        if (id !== null && isIn(log, before, id)) finish(true);
      };
      const stopWatching = log.watch(check);
      const cancel = this.#wakeIn(LONGEST_MS, () => finish(false));
      const finish = (isRead: boolean) => {
        stopWatching();
        cancel();
        resolve(isRead);
      };
      log.append({ extension: NO_EXTENSION, text: ': probe\n\n' }).then(
        (stored) => {
          id = stored;
          check();
        },
        () => finish(false),
      );
    });
  }
}

/** True if a reader who is at the entry `before` gets the entry `id`. */
function isIn(log: Log, before: number, id: number): boolean {
  const entries = log.read(before);
  // The reader was too far behind. What counts is that the entry has arrived.
  if (entries === 'gap') return log.latest >= id;
  return entries.some((entry) => entry.id === id);
}

/** The ids of extensions are digits, so this is none. */
const NO_EXTENSION = 'probe';
const KEPT_MS = 30_000;
const LONGEST_MS = 5_000;
