import type { CallbackApi } from './callback.ts';
import type { Roster } from './roster.ts';
import { isOf, type Running } from './running-pick-up.ts';
import { pause, type WakeIn } from './timers.ts';

/** The parts of a relay that `Releases` uses. */
export interface ReleaseParts {
  readonly callbacks: CallbackApi;
  readonly roster: Roster;
  /** The id of the extension that answers by itself. */
  readonly extension: string;
  readonly wakeIn: WakeIn;
}

/** Ends the calls of telephones whose pick-ups have ended. */
export class Releases {
  readonly #parts: ReleaseParts;
  readonly #running = new Set<Promise<void>>();
  /** The calls that were answered too late, and that are ended already. */
  readonly #late = new WeakMap<Running, Set<string>>();
  #isClosed = false;

  constructor(parts: ReleaseParts) {
    this.#parts = parts;
  }

  /** Ends the call of the telephone of a pick-up. */
  end(one: Running): void {
    this.#track(this.#end(one));
  }

  /** Ends a call at the answering extension that came after the end of its pick-up. */
  endLate(one: Running, uuid: string): void {
    const late = this.#late.get(one) ?? new Set();
    if (late.has(uuid)) return;
    this.#late.set(one, late.add(uuid));
    this.#track(this.#hangUp(this.#parts.extension, uuid));
  }

  /** Resolves when the switch has answered. Failed requests are not sent again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running);
  }

  /**
   * The switch may name the call in several ways, so the relay tries them in turn. If the switch ends
   * no call, the telephone rings until the time of the callback is over.
   */
  async #end(one: Running): Promise<void> {
    const { extension, callbacks } = this.#parts;
    const { own, ids } = one;
    if (own !== null) {
      await this.#hangUp(extension, own);
      return;
    }
    if (ids === null || (await this.#hangUp(extension, ids.call))) return;
    const listed = (await callbacks.list(one.extension)) ?? [];
    const ofCallback = listed.filter(({ callback }) => isOf(ids, callback));
    await Promise.all(ofCallback.map(({ call }) => this.#hangUp(one.extension, call)));
  }

  /** Ends a call. A request without a clear answer is sent again. Resolves to true if it is ended. */
  async #hangUp(extension: string, uuid: string): Promise<boolean> {
    const { roster, callbacks, wakeIn } = this.#parts;
    const call = roster.nameOf(uuid, extension) ?? uuid;
    for (const pauseMs of [...RETRY_MS, null]) {
      const status = await callbacks.hangUp(extension, call);
      if (status < 500 && status !== 429) return status < 300;
      if (pauseMs === null || this.#isClosed) break;
      await pause(wakeIn, pauseMs);
    }
    return false;
  }

  #track(task: Promise<unknown>): void {
    const done = task.then(
      () => {},
      () => {},
    );
    this.#running.add(done);
    void done.finally(() => this.#running.delete(done));
  }
}

const RETRY_MS = [1_000, 3_000, 10_000];
