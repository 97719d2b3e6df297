import type { BeatReply } from './session.ts';
import type { Claim } from './share.ts';

/** What the beats of one lot say: who holds the lease, and whether this relay gets the new entries. */
export class Standing {
  #claim: Claim = { holds: false, isTaken: false, relays: 1, beats: 0 };
  /** An id of Redis that this relay did not have at a beat, and when. Null: it had all entries. */
  #missed: { readonly id: number; readonly at: number } | null = null;

  get claim(): Claim {
    return this.#claim;
  }

  /**
   * Takes in the reply to a beat. `latest` is the newest id that this relay has, `at` the time in ms.
   *
   * @throws Error if Redis does not send new entries to this relay.
   */
  replied(reply: BeatReply, latest: number, at: number): void {
    const [fence, , , isTaken, relays, newest] = reply;
    const claim = { holds: fence !== '', isTaken: isTaken === 1, relays: Math.max(relays, 1) };
    const isSame = claim.holds === this.#claim.holds && claim.isTaken === this.#claim.isTaken;
    this.#claim = { ...claim, beats: isSame ? this.#claim.beats + 1 : 1 };
    if (this.#missed === null || this.#missed.id <= latest) {
      this.#missed = Number(newest) > latest ? { id: Number(newest), at } : null;
    } else if (at - this.#missed.at > LATE_MS) throw new Error('Redis does not send new entries');
  }

  /** Forgets the lease, because the session has ended. */
  lose(): void {
    this.#claim = { ...this.#claim, holds: false, beats: 0 };
    this.#missed = null;
  }
}

/** An entry that is under way arrives within this time, in ms. */
const LATE_MS = 1_000;
