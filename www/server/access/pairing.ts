import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { AccessError } from './access-error.ts';
import { LIFETIME_MS, LocalCandidates, type Candidates } from './candidates.ts';
import { hashOf, newTokenId, writeToken } from './panel-token.ts';
import type { Grant, TokenInfo, TokenKeeper } from './panel-tokens.ts';

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

/** The options of `Pairing`. Each option has a default. */
export interface PairingOptions {
  /** Returns the time in ms. */
  readonly now?: () => number;
  /** Default: the candidates are in the memory of this process. */
  readonly candidates?: Candidates;
}

/**
 * Pairing, as television sets do it: the panel shows a code, and an administrator enters the code on
 * the server.
 *
 * The code alone is worth nothing: the token goes to the panel with the secret of that code. The secret
 * part of the token is made from that secret, so the candidates have neither of them.
 */
export class Pairing {
  readonly #tokens: Pick<TokenKeeper, 'admit' | 'revoke'>;
  readonly #now: () => number;
  readonly #candidates: Candidates;
  /** The times of the wrong codes in the last minute. */
  #wrong: number[] = [];

  constructor(
    tokens: Pick<TokenKeeper, 'admit' | 'revoke'>,
    { now = Date.now, candidates = new LocalCandidates(now) }: PairingOptions = {},
  ) {
    this.#tokens = tokens;
    this.#now = now;
    this.#candidates = candidates;
  }

  /**
   * Starts the pairing of a panel at this network address.
   *
   * @throws AccessError `too-many` if too many panels wait.
   */
  async begin(address: string): Promise<Begun> {
    const device = randomBytes(32).toString('base64url');
    const code = newCode();
    const hash = hashOf(secretFrom(device)).toString('base64url');
    const candidate = { code, address, hash, tokenId: null };
    if (!(await this.#candidates.add(nameOf(device), candidate))) {
      throw new AccessError(
        'too-many',
        'too many panels wait to be paired: try again in ten minutes',
      );
    }
    const shown = `${code.slice(0, 4)}-${code.slice(4)}`;
    return { code: shown, device, expiresInS: LIFETIME_MS / 1_000, intervalS: INTERVAL_S };
  }

  /** Resolves to whether the panel with this secret was let in. Repetitions get the same token. */
  async poll(device: string): Promise<PairingState> {
    const candidate = await this.#candidates.find(nameOf(device));
    if (candidate === null) return { state: 'expired' };
    const { tokenId } = candidate;
    if (tokenId === null) return { state: 'waiting' };
    return { state: 'paired', token: writeToken(tokenId, secretFrom(device)) };
  }

  /**
   * Lets the panel with this code in. Letter case, spaces and hyphens do not matter.
   *
   * @throws AccessError `unknown-code` if no panel shows this code; `too-many` after five wrong codes in
   * a minute.
   */
  async approve(code: string, grant: Grant): Promise<TokenInfo> {
    const now = this.#now();
    this.#wrong = this.#wrong.filter((at) => now - at < MINUTE_MS);
    const [first] = this.#wrong;
    if (first !== undefined && this.#wrong.length >= MAX_WRONG) {
      const waitS = Math.ceil((first + MINUTE_MS - now) / 1_000);
      throw new AccessError('too-many', `too many wrong codes: try again in ${waitS} seconds`);
    }
    const wanted = code.toUpperCase().replace(/[\s-]/g, '');
    this.#wrong.push(now); // A code counts as wrong until it is found, so that no two are tried at once.
    const candidate = await this.#candidates.findByCode(wanted);
    if (candidate?.tokenId !== null) throw new AccessError('unknown-code', UNKNOWN_CODE);
    this.#wrong.splice(this.#wrong.indexOf(now), 1);
    const id = newTokenId();
    const info = await this.#tokens.admit(grant, { id, hash: candidate.hash });
    if (await this.#candidates.approve(wanted, id)) return info;
    await this.#tokens.revoke(id); // Another administrator has let the panel in meanwhile.
    throw new AccessError('unknown-code', UNKNOWN_CODE);
  }
}

/** Returns a code of 20^8 codes, so no two of 500 panels have the same. */
function newCode(): string {
  return Array.from({ length: 8 }, () => CONSONANTS[randomInt(CONSONANTS.length)]).join('');
}

/** Returns the secret part of the token of the panel with this secret. */
function secretFrom(device: string): string {
  return createHmac('sha256', device).update('the token of a panel').digest('base64url');
}

function nameOf(device: string): string {
  return createHash('sha256').update(device).digest('base64');
}

/** Consonants form no words. RFC 8628 recommends them. */
const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXZ';

const MINUTE_MS = 60_000;
const INTERVAL_S = 3;
const MAX_WRONG = 5;

const UNKNOWN_CODE =
  'no panel shows this code: type the eight letters that the panel shows now (a code is valid for ten ' +
  'minutes)';
