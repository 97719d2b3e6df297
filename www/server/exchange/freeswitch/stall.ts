import type { Command } from '../command.ts';

/** A call that waits in a slot. */
export interface Wait {
  /** The `call_api_id`. */
  readonly call: string;
  readonly uuid: string;
  /** The extension that the call returns to. */
  readonly extension: string;
  readonly slot: number;
  /** When it was parked, in ms. */
  readonly since: number;
  /** When it returns, in ms. Null if it may wait for ever. */
  readonly dueAt: number | null;
  /** The command that parked it. */
  readonly command: Command;
  /** False if it came while another call was leaving the slot. Then no list shows it. */
  readonly listed: boolean;
}

/** How the last call left a stall. */
export interface Departure {
  readonly wait: Wait;
  readonly at: number;
  /**
   * `bridged`: the call was connected. `hung-up`: the caller hung up.
   * `up`: the call goes on. A command that comes within a frame still meets it.
   */
  readonly how: 'bridged' | 'up' | 'hung-up';
  /** The command that took it out, or null. */
  readonly command: Command | null;
}

/** The stalls of a FreeSWITCH lot. An empty stall is kept until the next purge. */
export class Stalls {
  readonly #stalls = new Map<number, { wait: Wait | null; left: Departure | null }>();
  #purgedAt = -Infinity;

  /** The call that can be fetched from a slot. No list may show it. */
  waitIn(slot: number): Wait | null {
    return this.#stalls.get(slot)?.wait ?? null;
  }

  /** The call that the lists show in a slot. They show a bridged call for one frame too long. */
  listedIn(slot: number, now: number): Wait | null {
    const wait = this.waitIn(slot);
    if (wait?.listed === true) return wait;
    const left = this.leavingFrom(slot, now);
    return left?.how === 'bridged' ? left.wait : null;
  }

  /** The departure from a slot that is less than a frame ago. Commands may still meet that call. */
  leavingFrom(slot: number, now: number): Departure | null {
    const left = this.#stalls.get(slot)?.left ?? null;
    return left !== null && now - left.at < FRAME_MS ? left : null;
  }

  /** The last departure from a slot, unless the slot was purged since. */
  leftFrom(slot: number): Departure | null {
    return this.#stalls.get(slot)?.left ?? null;
  }

  /** True if the switch may choose this slot for a call. */
  canChoose(slot: number): boolean {
    return !this.#stalls.has(slot);
  }

  enter(wait: Wait): void {
    this.#stalls.set(wait.slot, { wait, left: this.leftFrom(wait.slot) });
  }

  leave(departure: Departure): void {
    const { slot } = departure.wait;
    // A purged call has no stall any more. The slot may hold another call by now.
    if (this.waitIn(slot) === departure.wait)
      this.#stalls.set(slot, { wait: null, left: departure });
  }

  /** Records that a call which had left with `up` is gone or connected. No command meets it now. */
  settle(uuid: string): void {
    for (const [slot, { wait, left }] of this.#stalls) {
      if (left?.how !== 'up' || left.wait.uuid !== uuid) continue;
      this.#stalls.set(slot, { wait, left: { ...left, how: 'hung-up' } });
    }
  }

  /**
   * Removes the stalls in which the lists show no call, at most every five seconds. A stall that a
   * call left less than a frame ago stays. After this, a call that waits unlisted cannot be fetched.
   */
  purge(now: number): void {
    if (now - this.#purgedAt < PURGE_MS) return;
    this.#purgedAt = now;
    for (const [slot, { wait }] of this.#stalls) {
      if (wait?.listed === true || this.leavingFrom(slot, now) !== null) continue;
      this.#stalls.delete(slot);
    }
  }
}

/** The length of one packet of speech. FreeSWITCH handles a call on hold once per packet. */
export const FRAME_MS = 20;
const PURGE_MS = 5_000;
