import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { BEARER, LIFETIME_S, tokenIn, type TokenStore } from './token.ts';

/**
 * The access tokens of one switch.
 *
 * One token is fixed and never expires. A person copies it from the terminal. The tokens of
 * `/oauth/token` contain their expiry time and a signature, so the switch does not store them.
 */
export class Tokens implements TokenStore {
  /** The token that never expires. */
  readonly fixed: string;
  readonly #now: () => number;
  #key = randomBytes(32);

  /** @throws RangeError if `fixed` cannot be sent in a header. */
  constructor(now: () => number, fixed: string = randomBytes(18).toString('base64url')) {
    if (!BEARER.test(`Bearer ${fixed}`)) {
      throw new RangeError('a token is made of letters, digits and any of -._~+/');
    }
    this.fixed = fixed;
    this.#now = now;
  }

  /** Returns a new token. It expires after an hour on the clock of the switch. */
  issue(): string {
    const end = String(this.#now() + LIFETIME_S * 1_000);
    return `${end}.${this.#sign(end)}`;
  }

  /** Makes all issued tokens invalid. The fixed token stays valid. */
  revoke(): void {
    this.#key = randomBytes(32);
  }

  /** True if `header`, an `Authorization` header, has a valid token. */
  accepts(header: string | undefined): boolean {
    const token = tokenIn(header);
    if (token === null) return false;
    if (this.#equal(token, this.fixed)) return true;
    const [end = '', signature = ''] = token.split('.');
    return this.#equal(signature, this.#sign(end)) && this.#now() < Number(end);
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }

  /** Compares two texts. The duration does not reveal how much of a text is right. */
  #equal(a: string, b: string): boolean {
    return timingSafeEqual(Buffer.from(this.#sign(a)), Buffer.from(this.#sign(b)));
  }
}
