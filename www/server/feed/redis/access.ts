import * as v from 'valibot';
import { AccessError } from '../../access/access-error.ts';
import { LIFETIME_MS, MAX_CANDIDATES, MAX_PER_ADDRESS } from '../../access/candidates.ts';
import type { Candidate, Candidates } from '../../access/candidates.ts';
import type { SharedAccess, SharedTokens, TokenChange } from '../../access/shared.ts';
import { TOKEN } from '../../access/store.ts';
import type { ScriptName } from './scripts.ts';
import type { Session } from './session.ts';

/** The parts of a log that `RedisAccess` uses. */
export interface RedisAccessParts {
  /** The id of this relay. */
  readonly relay: string;
  /** Resolves to null while the relay is alone. */
  readonly joined: () => Promise<Session | null>;
  /** Returns a key of the lot. */
  readonly keyOf: (name: string) => string;
  /** Returns the time for a script. */
  readonly now: () => number | '';
  /** Returns the newest id that this relay has seen. */
  readonly latest: () => number;
}

/** The tokens and pairings of all relays of a lot, in Redis. */
export class RedisAccess implements SharedAccess {
  readonly candidates: Candidates;
  readonly #parts: RedisAccessParts;
  readonly #listeners = new Set<() => void>();

  constructor(parts: RedisAccessParts) {
    this.#parts = parts;
    const run = (name: ScriptName, ...given: readonly (string | number)[]) =>
      this.#run(name, [parts.keyOf('pairings')], [parts.now(), ...given]);
    const found = async (by: 'name' | 'code', text: string) => {
      const json = await run('findCandidate', by, text);
      return json === '' ? null : (JSON.parse(String(json)) as Candidate);
    };
    this.candidates = {
      async add(name, candidate) {
        const limits = [LIFETIME_MS, MAX_CANDIDATES, MAX_PER_ADDRESS];
        return (await run('addCandidate', name, JSON.stringify(candidate), ...limits)) === 1;
      },
      find: (name) => found('name', name),
      findByCode: (code) => found('code', code),
      approve: async (code, tokenId) => (await run('approveCandidate', code, tokenId)) === 1,
    };
  }

  async read(): Promise<SharedTokens> {
    const { keyOf } = this.#parts;
    const fields = (await this.#run('readTokens', [keyOf('tokens')], [])) as string[];
    const tokens: SharedTokens['tokens'][number][] = [];
    let version = 0;
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const value = fields[at + 1] ?? '';
      if (fields[at] === 'version') version = Number(value);
      else tokens.push(v.parse(TOKEN, JSON.parse(value)));
    }
    return { version, tokens: tokens.sort((one, other) => one.createdAt - other.createdAt) };
  }

  async change({ put = [], remove = [] }: TokenChange, version: number): Promise<number | null> {
    const next = await this.#write(version, 'change', [
      ...put.flatMap((token) => [token.id, JSON.stringify(token)]),
      ...remove.flatMap((id) => [id, '']),
    ]);
    return next === '' ? null : Number(next);
  }

  async restore({ version, tokens }: SharedTokens): Promise<void> {
    const all = tokens.flatMap((token) => [token.id, JSON.stringify(token)]);
    await this.#write(version, 'restore', all);
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets the watchers know that the tokens may have changed. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #write(version: number, how: 'change' | 'restore', pairs: readonly string[]): Promise<unknown> {
    const { relay, keyOf, now, latest } = this.#parts;
    const keys = [keyOf('log'), keyOf('tokens')];
    return this.#run('tokens', keys, [now(), latest(), relay, version, how, ...pairs]);
  }

  async #run(
    name: ScriptName,
    keys: readonly string[],
    given: readonly (string | number)[],
  ): Promise<unknown> {
    const session = await this.#parts.joined();
    const reply = await session?.run(name, keys, given).catch(() => undefined);
    if (reply === undefined) throw new AccessError('alone', ALONE);
    return reply;
  }
}

const ALONE =
  'Redis cannot be reached, so the other relays cannot learn of this: try again when it is back';
