import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { AccessError } from './access-error.ts';
import { hashOf, newTokenId, writeToken } from './panel-token.ts';
import { withoutHash, type PanelTokens } from './panel-tokens.ts';
import type { Grant, NewToken, TokenInfo, TokenKeeper, TokenName } from './panel-tokens.ts';
import type { SharedAccess } from './shared.ts';
import { writePrivateFile } from './store.ts';

/** Changes of the shared tokens that only this relay knows. */
export type SharingState = v.InferOutput<typeof STATE>;

/** The options of `TokenSharing`. */
export interface TokenSharingOptions {
  /** The tokens of this relay. They are valid while the others cannot be reached, too. */
  readonly tokens: PanelTokens;
  readonly shared: SharedAccess;
  /** The file of the `SharingState`. Null: the state is in memory. */
  readonly file: string | null;
  /** Called if the tokens cannot be compared with those of the other relays. */
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps the tokens of several relays equal.
 *
 * A relay that starts takes over the tokens of the others. The first time, it adds its own tokens. A
 * change needs the other relays, with one exception: a token is revoked at this relay at once, and at
 * the others as soon as they can be reached.
 *
 * The state of the tokens has a version, and the greater version counts. A relay that knows a newer state
 * than Redis writes its state to Redis.
 */
export class TokenSharing implements TokenKeeper {
  readonly #tokens: PanelTokens;
  readonly #shared: SharedAccess;
  readonly #file: string | null;
  readonly #onError: (error: unknown) => void;
  readonly #stop: () => void;
  #state: SharingState;
  /** The comparison that is under way. */
  #syncing: Promise<void> | null = null;
  #isStale = false;

  constructor({ tokens, shared, file, onError }: TokenSharingOptions) {
    this.#tokens = tokens;
    this.#shared = shared;
    this.#file = file;
    this.#onError = onError;
    this.#state = readState(file);
    this.#stop = shared.watch(() => void this.sync());
  }

  async add(grant: Grant): Promise<NewToken> {
    const secret = randomBytes(32).toString('base64url');
    const name = { id: newTokenId(), hash: hashOf(secret).toString('base64url') };
    return { token: writeToken(name.id, secret), info: await this.admit(grant, name) };
  }

  async admit(grant: Grant, name: TokenName): Promise<TokenInfo> {
    const stored = this.#tokens.prepare(grant, name);
    await this.#change({ put: [stored] });
    return withoutHash(stored);
  }

  list(): TokenInfo[] {
    return this.#tokens.list();
  }

  async revoke(id: string): Promise<TokenInfo> {
    const known = this.#tokens.list().some((token) => token.id === id);
    if (known) this.#keep({ revoked: [...this.#state.revoked, id] });
    const info = this.#tokens.revoke(id);
    await this.sync();
    return info;
  }

  /** Compares the tokens with those of the other relays. Resolves when they are equal. */
  sync(): Promise<void> {
    this.#isStale = true;
    this.#syncing ??= this.#syncAll().finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  close(): void {
    this.#stop();
  }

  async #syncAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#syncOnce();
      } catch (error) {
        // The relay compares again when it has reached the others.
        if (!(error instanceof AccessError)) this.#onError(error);
      }
    }
  }

  async #syncOnce(): Promise<void> {
    const { version, revoked } = this.#state;
    const found = await this.#shared.read();
    const own = this.#tokens.stored();
    if (version === null) {
      const isNew = ({ id }: { id: string }) => found.tokens.every((token) => token.id !== id);
      this.#keep({ version: found.version });
      const put = own.filter(isNew);
      if (put.length > 0) {
        await this.#shared.change({ put }, found.version);
        this.#isStale = true;
        return;
      }
    }
    if (version !== null && found.version < version) {
      await this.#shared.restore({ version, tokens: own });
      this.#isStale = true;
      return;
    }
    if (revoked.length > 0) {
      const next = await this.#shared.change({ remove: revoked }, found.version);
      this.#isStale = true;
      if (next !== null) {
        this.#keep({ revoked: this.#state.revoked.filter((id) => !revoked.includes(id)) });
      }
      return;
    }
    if (found.version === version) return;
    const isRevoked = ({ id }: { id: string }) => this.#state.revoked.includes(id);
    this.#tokens.replace(found.tokens.filter((token) => !isRevoked(token)));
    this.#keep({ version: found.version });
  }

  async #change(change: Parameters<SharedAccess['change']>[0]): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const version = await this.#shared.change(change, this.#state.version ?? 0);
      if (version !== null) {
        await this.sync();
        return;
      }
      await this.sync();
    }
    throw new AccessError('alone', 'the tokens in Redis were lost: try again');
  }

  #keep(change: Partial<SharingState>): void {
    const next = { ...this.#state, ...change };
    if (this.#file !== null) writePrivateFile(this.#file, `${JSON.stringify(next)}\n`);
    this.#state = next;
  }
}

function readState(file: string | null): SharingState {
  if (file === null) return { ...NEW };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ...NEW };
    throw error;
  }
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), STATE), text);
  if (success) return output;
  throw new Error(
    `${file} does not tell which tokens the relay shares: restore it from a copy, or remove the file, ` +
      'start the relay, and revoke again what you have revoked',
  );
}

const STATE = v.object({
  /** The version of the tokens of this relay. Null before the first comparison. */
  version: v.nullable(v.number()),
  /** The ids of the tokens that the other relays do not know to be revoked. */
  revoked: v.array(v.string()),
});

const NEW: SharingState = { version: null, revoked: [] };

const MAX_TRIES = 3;
