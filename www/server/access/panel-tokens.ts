import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Access, Permission, Who } from './access.ts';
import { AccessError } from './access-error.ts';
import { hashOf, newTokenId, readToken, writeToken } from './panel-token.ts';
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

/** A token and what lists show of it. */
export interface NewToken {
  readonly token: string;
  readonly info: TokenInfo;
}

/** The id of a token, and the SHA-256 of its secret part in base64url. */
export type TokenName = Pick<StoredToken, 'id' | 'hash'>;

/** Keeps the tokens of the panels: one relay for itself, or for several relays. */
export interface TokenKeeper {
  /** Creates a token and returns its text. The text cannot be found out later. */
  add(grant: Grant): NewToken | Promise<NewToken>;
  /** Adds a token whose secret part is not known here. */
  admit(grant: Grant, name: TokenName): TokenInfo | Promise<TokenInfo>;
  /** Returns all tokens that are valid, oldest first. */
  list(): TokenInfo[];
  /**
   * Revokes the token with this id. Its feeds end at once.
   *
   * @throws AccessError `unknown-token` if there is no such token.
   */
  revoke(id: string): TokenInfo | Promise<TokenInfo>;
}

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
export class PanelTokens implements Access, TokenKeeper {
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

  add(grant: Grant): NewToken {
    const secret = randomBytes(32).toString('base64url');
    const name = { id: newTokenId(), hash: hashOf(secret).toString('base64url') };
    return { token: writeToken(name.id, secret), info: this.admit(grant, name) };
  }

  admit(grant: Grant, name: TokenName): TokenInfo {
    const stored = this.prepare(grant, name);
    this.#change((tokens) => tokens.set(stored.id, stored));
    return withoutHash(stored);
  }

  /** Returns a token, and does not store it. */
  prepare(
    { name, extensions, may = ['look', 'act'], lifetimeMs }: Grant,
    { id, hash }: TokenName,
  ): StoredToken {
    const createdAt = this.#now();
    return {
      ...{ id, name, hash, createdAt },
      extensions: extensions === 'all' ? 'all' : [...extensions],
      may: [...may],
      expiresAt: lifetimeMs === undefined ? null : createdAt + lifetimeMs,
      usedAt: null,
    };
  }

  list(): TokenInfo[] {
    return this.stored().map(withoutHash);
  }

  /** Returns all tokens that are valid as they are stored, oldest first. */
  stored(): StoredToken[] {
    return [...this.#tokens.values()].filter((token) => !this.#isExpired(token));
  }

  revoke(id: string): TokenInfo {
    const token = this.#tokens.get(id);
    if (token === undefined) throw new AccessError('unknown-token', `there is no token ${id}`);
    this.#change((tokens) => tokens.delete(id));
    this.#report(id);
    return withoutHash(token);
  }

  /** Replaces all tokens. The feeds of those that are missing end at once. */
  replace(tokens: readonly StoredToken[]): void {
    const next = new Map(tokens.map((token) => [token.id, token]));
    const removed = [...this.#tokens.keys()].filter((id) => !next.has(id));
    this.#change((all) => {
      for (const id of removed) all.delete(id);
      for (const [id, token] of next) {
        all.set(id, { ...token, usedAt: this.#tokens.get(id)?.usedAt ?? token.usedAt });
      }
    });
    for (const id of removed) this.#report(id);
  }

  identify(authorization: string | undefined): Who | null {
    const { id, secret } = readToken(tokenIn(authorization));
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

/** Returns a token as lists show it. */
export function withoutHash({ hash: _, ...info }: StoredToken): TokenInfo {
  return info;
}

/** Compared with if there is no such token, so that both cases take the same time. */
const NO_HASH = Buffer.alloc(32);

/** Expired tokens end their feeds within this time, in ms. */
const SWEEP_MS = 2_000;
const STORE_USE_MS = 60_000;
