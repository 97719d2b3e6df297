import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Access, Permission, Who } from './access.ts';
import { AccessError } from './access-error.ts';
import type { StoredToken, TokenStore } from './store.ts';
import { tokenIn } from './token.ts';

/** The rights of a new token. */
export interface Grant {
  /** The name of the panel, for people. */
  readonly name: string;
  readonly extensions: readonly string[] | 'all';
  /** Default: `look` and `act`. */
  readonly may?: readonly Permission[];
  /** How long the token is valid, in ms. Default: until it is revoked. */
  readonly lifetimeMs?: number;
}

/** A token as lists show it, without its hash. */
export type TokenInfo = Omit<StoredToken, 'hash'>;

/** The options of `PanelTokens`. */
export interface PanelTokensOptions {
  readonly store: TokenStore;
  /** Returns the time in ms since 1970. */
  readonly now?: () => number;
  /** Called if the time of the last use cannot be stored. */
  readonly onError?: (error: unknown) => void;
}

/**
 * The tokens of the panels: `vp_<id>_<secret>`.
 *
 * The secret has 256 random bits. The store has only its SHA-256, so a copy of the store opens
 * nothing. A slow hash is not necessary, because no one can guess 256 bits.
 */
export class PanelTokens implements Access {
  readonly #store: TokenStore;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #tokens: Map<string, StoredToken>;
  readonly #listeners = new Set<(id: string) => void>();
  readonly #timer: NodeJS.Timeout;
  /** The time of the last writing of the store, and whether there is a use that it does not have. */
  #writtenAt: number;
  #isUsed = false;

  /** @throws Error if the store cannot be read. */
  constructor({ store, now = Date.now, onError = () => {} }: PanelTokensOptions) {
    this.#store = store;
    this.#now = now;
    this.#onError = onError;
    this.#tokens = new Map(store.read().map((token) => [token.id, token]));
    this.#writtenAt = now();
    this.#timer = setInterval(() => this.sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  /** Creates a token and returns its text. The text cannot be found out later. */
  add({ name, extensions, may = ['look', 'act'], lifetimeMs }: Grant): {
    token: string;
    info: TokenInfo;
  } {
    const secret = randomBytes(32).toString('base64url');
    const createdAt = this.#now();
    const stored: StoredToken = {
      id: randomBytes(6).toString('hex'),
      name,
      hash: hashOf(secret).toString('base64url'),
      extensions: extensions === 'all' ? 'all' : [...extensions],
      may: [...may],
      createdAt,
      expiresAt: lifetimeMs === undefined ? null : createdAt + lifetimeMs,
      usedAt: null,
    };
    this.#change((tokens) => tokens.set(stored.id, stored));
    return { token: `vp_${stored.id}_${secret}`, info: withoutHash(stored) };
  }

  /** Returns all tokens that are valid, oldest first. */
  list(): TokenInfo[] {
    return [...this.#tokens.values()].filter((token) => !this.#isExpired(token)).map(withoutHash);
  }

  /**
   * Revokes the token with this id. Its feeds end at once.
   *
   * @throws AccessError `unknown-token` if there is no such token.
   */
  revoke(id: string): TokenInfo {
    const token = this.#tokens.get(id);
    if (token === undefined) throw new AccessError('unknown-token', `there is no token ${id}`);
    this.#change((tokens) => tokens.delete(id));
    this.#report(id);
    return withoutHash(token);
  }

  identify(authorization: string | undefined): Who | null {
    const [, id = '', secret = ''] = TOKEN.exec(tokenIn(authorization) ?? '') ?? [];
    const token = this.#tokens.get(id);
    const expected = token === undefined ? NO_HASH : Buffer.from(token.hash, 'base64url');
    if (!timingSafeEqual(hashOf(secret), expected) || token === undefined) return null;
    if (this.#isExpired(token)) return null;
    token.usedAt = this.#now();
    this.#isUsed = true;
    return { id, name: token.name, extensions: token.extensions, may: token.may };
  }

  onRevoked(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Removes expired tokens, and stores the times of the last uses once a minute. */
  sweep(): void {
    const expired = [...this.#tokens.values()].filter((token) => this.#isExpired(token));
    for (const { id } of expired) {
      this.#tokens.delete(id);
      this.#report(id);
    }
    const isDue = this.#isUsed && this.#now() - this.#writtenAt >= STORE_USE_MS;
    if (expired.length > 0 || isDue) this.#writeUses();
  }

  /** Stores the times of the last uses and stops the timer. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#isUsed) this.#writeUses();
  }

  /** Changes the tokens. If they cannot be stored, nothing changes. */
  #change(change: (tokens: Map<string, StoredToken>) => unknown): void {
    const next = new Map(this.#tokens);
    change(next);
    this.#write(next.values());
    change(this.#tokens);
  }

  #write(tokens: Iterable<StoredToken>): void {
    this.#writtenAt = this.#now();
    this.#store.write([...tokens]);
    this.#isUsed = false;
  }

  #writeUses(): void {
    try {
      this.#write(this.#tokens.values());
    } catch (error) {
      this.#onError(error);
    }
  }

  #report(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  #isExpired({ expiresAt }: StoredToken): boolean {
    return expiresAt !== null && expiresAt <= this.#now();
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function withoutHash({ hash: _, ...info }: StoredToken): TokenInfo {
  return info;
}

const TOKEN = /^vp_([0-9a-f]{12})_([\w-]{43})$/;

/** Compared with if there is no such token, so that both cases take the same time. */
const NO_HASH = Buffer.alloc(32);

/** Expired tokens end their feeds within this time, in ms. */
const SWEEP_MS = 2_000;
const STORE_USE_MS = 60_000;
