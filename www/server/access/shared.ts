import type { Candidates } from './candidates.ts';
import type { StoredToken } from './store.ts';

/** The tokens of several relays, at one time. */
export interface SharedTokens {
  /** Each change makes the version greater. 0 before the first change. */
  readonly version: number;
  readonly tokens: readonly StoredToken[];
}

/** A change of the tokens. */
export interface TokenChange {
  readonly put?: readonly StoredToken[];
  /** The ids of tokens. */
  readonly remove?: readonly string[];
}

/**
 * The access that several relays of one lot share: tokens and pairings.
 *
 * @throws AccessError `alone` from each method while this relay cannot reach the others.
 */
export interface SharedAccess {
  readonly candidates: Candidates;
  read(): Promise<SharedTokens>;
  /**
   * Changes the tokens, and tells the other relays. `version` is the latest version that this relay
   * has seen. Resolves to the new version. Resolves to null, and changes nothing, if the shared tokens
   * are older: then they were lost.
   */
  change(change: TokenChange, version: number): Promise<number | null>;
  /** Replaces the shared tokens by these if they are older. Tells the other relays. */
  restore(tokens: SharedTokens): Promise<void>;
  /**
   * Calls `listener` when the shared tokens may have changed. Returns a function that removes the
   * listener.
   */
  watch(listener: () => void): () => void;
}
