import { createHash, randomBytes, randomInt } from 'node:crypto';
import { AccessError } from './access-error.ts';
import type { Grant, PanelTokens, TokenInfo } from './panel-tokens.ts';

/** A panel that waits for an administrator. */
interface Candidate {
  readonly code: string;
  readonly address: string;
  readonly expiresAt: number;
  /** The token after the administrator has let the panel in. */
  token: string | null;
}

/** The answer to a new panel. The panel shows `code` and keeps `device` secret. */
export interface Begun {
  /** Eight consonants, as `BCDF-GHJK`. */
  readonly code: string;
  /** The secret with which the panel asks whether it was let in. */
  readonly device: string;
  readonly expiresInS: number;
  /** How often the panel may ask, in seconds. */
  readonly intervalS: number;
}

/** Whether a panel was let in. */
export type PairingState =
  | { readonly state: 'waiting' }
  | { readonly state: 'paired'; readonly token: string }
  | { readonly state: 'expired' };

/**
 * Pairing, as television sets do it: the panel shows a code, and an administrator enters the code on
 * the server.
 *
 * The code alone is worth nothing: the token goes to the panel with the secret of that code.
 */
export class Pairing {
  readonly #tokens: Pick<PanelTokens, 'add'>;
  readonly #now: () => number;
  /** The candidates by the hash of their secrets, oldest first. */
  readonly #candidates = new Map<string, Candidate>();
  /** The times of the wrong codes in the last minute. */
  #wrong: number[] = [];

  constructor(tokens: Pick<PanelTokens, 'add'>, now: () => number = Date.now) {
    this.#tokens = tokens;
    this.#now = now;
  }

  /**
   * Starts the pairing of a panel at this network address.
   *
   * @throws AccessError `too-many` if too many panels wait.
   */
  begin(address: string): Begun {
    this.#forgetExpired();
    const same = [...this.#candidates.values()].filter((one) => one.address === address);
    if (same.length >= MAX_PER_ADDRESS || this.#candidates.size >= MAX_CANDIDATES) {
      throw new AccessError(
        'too-many',
        'too many panels wait to be paired: try again in ten minutes',
      );
    }
    const code = this.#newCode();
    const device = randomBytes(32).toString('base64url');
    const expiresAt = this.#now() + LIFETIME_MS;
    this.#candidates.set(hashOf(device), { code, address, expiresAt, token: null });
    const shown = `${code.slice(0, 4)}-${code.slice(4)}`;
    return { code: shown, device, expiresInS: LIFETIME_MS / 1_000, intervalS: INTERVAL_S };
  }

  /** Returns whether the panel with this secret was let in. Repetitions get the same token. */
  poll(device: string): PairingState {
    this.#forgetExpired();
    const candidate = this.#candidates.get(hashOf(device));
    if (candidate === undefined) return { state: 'expired' };
    if (candidate.token === null) return { state: 'waiting' };
    return { state: 'paired', token: candidate.token };
  }

  /**
   * Lets the panel with this code in. Letter case, spaces and hyphens do not matter.
   *
   * @throws AccessError `unknown-code` if no panel shows this code; `too-many` after five wrong codes in
   * a minute.
   */
  approve(code: string, grant: Grant): TokenInfo {
    this.#forgetExpired();
    const now = this.#now();
    this.#wrong = this.#wrong.filter((at) => now - at < MINUTE_MS);
    const [first] = this.#wrong;
    if (first !== undefined && this.#wrong.length >= MAX_WRONG) {
      const waitS = Math.ceil((first + MINUTE_MS - now) / 1_000);
      throw new AccessError('too-many', `too many wrong codes: try again in ${waitS} seconds`);
    }
    const wanted = code.toUpperCase().replace(/[\s-]/g, '');
    const candidate = [...this.#candidates.values()].find((one) => one.code === wanted);
    if (candidate?.token !== null) {
      this.#wrong.push(now);
      throw new AccessError('unknown-code', UNKNOWN_CODE);
    }
    const { token, info } = this.#tokens.add(grant);
    candidate.token = token;
    return info;
  }

  #newCode(): string {
    for (;;) {
      const code = Array.from({ length: 8 }, () => CONSONANTS[randomInt(CONSONANTS.length)]).join(
        '',
      );
      if ([...this.#candidates.values()].every((one) => one.code !== code)) return code;
    }
  }

  #forgetExpired(): void {
    const now = this.#now();
    for (const [hash, { expiresAt }] of this.#candidates) {
      if (expiresAt <= now) this.#candidates.delete(hash);
    }
  }
}

function hashOf(device: string): string {
  return createHash('sha256').update(device).digest('base64');
}

/** Consonants form no words. RFC 8628 recommends them. */
const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXZ';

const LIFETIME_MS = 600_000;
const MINUTE_MS = 60_000;
const INTERVAL_S = 3;
const MAX_WRONG = 5;
const MAX_CANDIDATES = 500;
const MAX_PER_ADDRESS = 100;

const UNKNOWN_CODE =
  'no panel shows this code: type the eight letters that the panel shows now (a code is valid for ten ' +
  'minutes)';
