import type { Command } from '../accident.ts';

/** A call that waits, wherever the lists may show it. */
export interface Wait {
  /** The `call_api_id`. */
  readonly call: string;
  readonly uuid: string;
  /** Where it goes back to. */
  readonly extension: string;
  readonly slot: number;
  readonly since: number;
  /** When it goes back, or null for never. */
  readonly dueAt: number | null;
  /** What put it here. */
  readonly command: Command;
  /** False for one that came in while another was leaving: it is on hold, and no list shows it. */
  readonly listed: boolean;
}

/** How the last call left a stall. */
export interface Departure {
  readonly wait: Wait;
  readonly at: number;
  /** `bridged`: it talks. `up`: it lives, and whoever comes at once still finds it. */
  readonly how: 'bridged' | 'up' | 'hung-up';
  /** What took it out, if a command did. */
  readonly command: Command | null;
}

/** The stalls of a FreeSWITCH lot: a stall is kept until a purge, though nobody is in it. */
export class Stalls {
  readonly #stalls = new Map<number, { wait: Wait | null; left: Departure | null }>();
  #purgedAt = -Infinity;

  /** Who can be fetched from a slot, listed or not. */
  waitIn(slot: number): Wait | null {
    return this.#stalls.get(slot)?.wait ?? null;
  }

  /** Whom the lists show in a slot. They drop one who was bridged a frame late. */
  listedIn(slot: number, now: number): Wait | null {
    const wait = this.waitIn(slot);
    if (wait?.listed === true) return wait;
    const left = this.leavingFrom(slot, now);
    return left?.how === 'bridged' ? left.wait : null;
  }

  /** Who is leaving a slot: all that falls into the frame of a departure meets it. */
  leavingFrom(slot: number, now: number): Departure | null {
    const left = this.#stalls.get(slot)?.left ?? null;
    return left !== null && now - left.at < FRAME_MS ? left : null;
  }

  /** How a slot was last left, if it has not been purged since. */
  leftFrom(slot: number): Departure | null {
    return this.#stalls.get(slot)?.left ?? null;
  }

  /** Whether the switch itself would choose this slot. */
  canChoose(slot: number): boolean {
    return !this.#stalls.has(slot);
  }

  enter(wait: Wait): void {
    this.#stalls.set(wait.slot, { wait, left: this.leftFrom(wait.slot) });
  }

  leave(departure: Departure): void {
    const { slot } = departure.wait;
    // One that was purged has no stall any more; another call may have it.
    if (this.waitIn(slot) === departure.wait)
      this.#stalls.set(slot, { wait: null, left: departure });
  }

  /** A call that was just up is gone or connected: whoever enters where it was meets nobody. */
  settle(uuid: string): void {
    for (const [slot, { wait, left }] of this.#stalls) {
      if (left?.how !== 'up' || left.wait.uuid !== uuid) continue;
      this.#stalls.set(slot, { wait, left: { ...left, how: 'hung-up' } });
    }
  }

  /** Forgets the stalls in which the lists show nobody, a moment after they were left, and at most
   *  every five seconds. Whoever waits there unlisted can then no longer be found. */
  purge(now: number): void {
    if (now - this.#purgedAt < PURGE_MS) return;
    this.#purgedAt = now;
    for (const [slot, { wait }] of this.#stalls) {
      if (wait?.listed === true || this.leavingFrom(slot, now) !== null) continue;
      this.#stalls.delete(slot);
    }
  }
}

/** One packet of speech, and so the grain of time of a call that is on hold. */
export const FRAME_MS = 20;
const PURGE_MS = 5_000;
