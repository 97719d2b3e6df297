/** A panel that waits for an administrator, or was let in. */
export interface Candidate {
  readonly code: string;
  /** The network address of the panel. */
  readonly address: string;
  /** The SHA-256 of the secret part of the token that the panel gets, in base64url. */
  readonly hash: string;
  /** The id of the token after an administrator has let the panel in. */
  readonly tokenId: string | null;
}

/**
 * The panels that wait to be paired. The name of a candidate is the hash of its secret. A candidate is
 * forgotten ten minutes after it was added.
 */
export interface Candidates {
  /** Adds a candidate. Resolves to false if too many wait. */
  add(name: string, candidate: Candidate): Promise<boolean>;
  find(name: string): Promise<Candidate | null>;
  /** Finds the candidate with a code. */
  findByCode(code: string): Promise<Candidate | null>;
  /**
   * Notes the token of the candidate with this code. Resolves to false if the candidate has a token, or
   * if no candidate has this code.
   */
  approve(code: string, tokenId: string): Promise<boolean>;
}

/** The candidates of one process. */
export class LocalCandidates implements Candidates {
  readonly #now: () => number;
  /** Oldest first. */
  readonly #candidates = new Map<string, { candidate: Candidate; readonly expiresAt: number }>();

  /** `now` returns the time in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  async add(name: string, candidate: Candidate): Promise<boolean> {
    const all = this.#all();
    const same = all.filter((one) => one.candidate.address === candidate.address);
    if (same.length >= MAX_PER_ADDRESS || all.length >= MAX_CANDIDATES) return false;
    this.#candidates.set(name, { candidate, expiresAt: this.#now() + LIFETIME_MS });
    return true;
  }

  async find(name: string): Promise<Candidate | null> {
    this.#all();
    return this.#candidates.get(name)?.candidate ?? null;
  }

  async findByCode(code: string): Promise<Candidate | null> {
    return this.#all().find(({ candidate }) => candidate.code === code)?.candidate ?? null;
  }

  async approve(code: string, tokenId: string): Promise<boolean> {
    const found = this.#all().find(({ candidate }) => candidate.code === code);
    if (found?.candidate.tokenId !== null) return false;
    found.candidate = { ...found.candidate, tokenId };
    return true;
  }

  /** Forgets the candidates that have expired, and returns the others. */
  #all() {
    const now = this.#now();
    for (const [name, { expiresAt }] of this.#candidates) {
      if (expiresAt <= now) this.#candidates.delete(name);
    }
    return [...this.#candidates.values()];
  }
}

/** How long a code is valid, in ms. */
export const LIFETIME_MS = 600_000;
export const MAX_CANDIDATES = 500;
export const MAX_PER_ADDRESS = 100;
