/** The state of the lease of one lot, as one relay knows it. */
export interface Claim {
  /** True if this relay holds the lease. */
  readonly holds: boolean;
  /** True if another relay holds the lease. */
  readonly isTaken: boolean;
  /** The number of relays of the lot that renewed their presence lately. At least 1. */
  readonly relays: number;
  /** For how many beats the lease was free, or this relay has held it. */
  readonly beats: number;
}

/**
 * Returns the claims whose leases this relay should give back, so that the relays of a process hold about
 * the same number of leases.
 *
 * A relay that holds more than its share gives back the rest, if another relay is there to take it. A
 * lease stays for some beats, so that it does not wander.
 */
export function claimsToYield<One extends Claim>(claims: readonly One[]): One[] {
  const held = claims.filter(({ holds }) => holds);
  const surplus = Math.max(held.length - shareOf(claims), 0);
  const movable = held.filter(({ relays, beats }) => relays > 1 && beats >= BEATS_TO_STAY);
  return movable.slice(0, surplus);
}

/**
 * Returns the claims whose free leases this relay should take: as many as it lacks, and each one that no
 * relay has taken for some beats.
 */
export function claimsToTake<One extends Claim>(claims: readonly One[]): One[] {
  const held = claims.filter(({ holds }) => holds).length;
  let lacking = Math.max(shareOf(claims) - held, 0);
  return claims
    .filter(({ holds, isTaken }) => !holds && !isTaken)
    .filter(({ beats }) => lacking-- > 0 || beats >= BEATS_FREE);
}

/** The number of leases that this relay should hold: of each lot its part, rounded up. */
function shareOf(claims: readonly Claim[]): number {
  // The small number takes away what adding thirds and sevenths brings in.
  return Math.ceil(claims.reduce((sum, { relays }) => sum + 1 / relays, 0) - 1e-6);
}

const BEATS_TO_STAY = 5;
const BEATS_FREE = 3;
