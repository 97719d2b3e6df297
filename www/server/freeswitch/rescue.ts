import { pause, type WakeIn } from '../relay/timers.ts';
import type { EngineLot } from './lot.ts';
import { readValetInfo } from './stalls.ts';
import type { EngineState } from './state.ts';

export interface RescueOptions {
  readonly lot: string;
  readonly state: EngineState;
  readonly commands: EngineLot;
  /** Executes a command of the API. Rejects with an `EngineError`. */
  readonly api: (command: string) => Promise<string>;
  /** Returns the time in ms. */
  readonly now: () => number;
  readonly wakeIn: WakeIn;
  /** Tells the administrator what was found, without personal data. */
  readonly warn: (sentence: string) => void;
}

/**
 * Finds calls that no person can fetch any more, and puts them back into the lot.
 *
 * FreeSWITCH loses the row of a call that enters a slot in the moment in which another call leaves it.
 * The commands of this relay never do that, but telephones with feature codes can. A relay that ends
 * in the middle of a command leaves a call with its usher.
 */
export class Rescue {
  readonly #options: RescueOptions;
  /** When an usher without a command was first seen, in ms. */
  readonly #ushers = new Map<string, number>();
  #isChecking = false;
  #cancelTimer: () => void = () => {};

  constructor(options: RescueOptions) {
    this.#options = options;
  }

  /** Looks for lost calls from time to time, until `close`. */
  start(): void {
    this.#cancelTimer = this.#options.wakeIn(PERIOD_MS, () => {
      this.start();
      void this.check();
    });
  }

  close(): void {
    this.#cancelTimer();
  }

  /** Looks for lost calls. Never rejects. */
  async check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      await this.#checkUshers();
      await this.#checkRows();
    } catch {
      // The next check tries again.
    } finally {
      this.#isChecking = false;
    }
  }

  /** Ushers whose command does not run any more. */
  async #checkUshers(): Promise<void> {
    const { state, commands, api, now, warn } = this.#options;
    const left = state.channels
      .all()
      .filter(({ uuid, isUsher }) => isUsher && !commands.ushers.has(uuid));
    for (const uuid of [...this.#ushers.keys()]) {
      if (!left.some((usher) => usher.uuid === uuid)) this.#ushers.delete(uuid);
    }
    for (const { uuid, partner } of left) {
      const seenAt = this.#ushers.get(uuid) ?? now();
      this.#ushers.set(uuid, seenAt);
      // For a moment, an usher that gets a call has none yet.
      if (now() - seenAt < GRACE_MS) continue;
      if (partner === null) {
        await api(`uuid_kill ${uuid}`).catch(() => {}); // It may have ended.
        continue;
      }
      warn('a call was left between a slot and a telephone: it is put back into the lot');
      await commands.rescue(partner);
    }
  }

  /** Calls that entered a slot while another one left it. */
  async #checkRows(): Promise<void> {
    const { state, lot, commands, api, wakeIn, warn } = this.#options;
    if (state.stalls.doubtful().length === 0) return;
    await pause(wakeIn, PACKET_MS); // The engine may still change the row.
    const rows = readValetInfo(await api(`valet_info ${lot}`));
    for (const { slot, uuid } of state.stalls.doubtful()) {
      const isListed = rows.some((row) => row.lot === lot && row.uuid === uuid);
      state.stalls.trust(slot);
      if (isListed) continue;
      warn('FreeSWITCH has lost a call that waits: it is put into another slot');
      await commands.rescue(uuid);
    }
  }
}

const PACKET_MS = 30;
const PERIOD_MS = 400;
const GRACE_MS = 600;
