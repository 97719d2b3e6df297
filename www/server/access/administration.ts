import type { Permission } from './access.ts';
import { AccessError } from './access-error.ts';
import type { Pairing } from './pairing.ts';
import type { Grant, NewToken, TokenInfo, TokenKeeper } from './panel-tokens.ts';

/** The new token that an administrator asks for, in the form in which the command line sends it. */
export interface GrantRequest {
  readonly name: string;
  /** The ids of extensions, or `all` alone. */
  readonly extensions: readonly string[];
  readonly may?: readonly Permission[];
  readonly lifetimeMs?: number;
}

/** The things that an administrator does with tokens. */
export interface Administration {
  pair(code: string, request: GrantRequest): Promise<TokenInfo>;
  addToken(request: GrantRequest): Promise<NewToken>;
  listTokens(): Promise<TokenInfo[]>;
  /** `name` is the id of a token, or its name if only one token has it. */
  revokeToken(name: string): Promise<TokenInfo>;
  /** Removes a telephone number from everything that is stored. */
  forget(number: string): Promise<{ readonly removed: number }>;
}

/** The parts of a relay that its administration uses. */
export interface AdministrationParts {
  readonly tokens: TokenKeeper;
  /** Null if no relay runs in this process. */
  readonly pairing: Pairing | null;
  /** The ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Removes a number from the journal. Resolves to the number of rows. Null without a relay. */
  readonly forget: ((number: string) => Promise<number>) | null;
}

/** The administration of this process. */
export class LocalAdministration implements Administration {
  readonly #parts: AdministrationParts;

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  async pair(code: string, request: GrantRequest): Promise<TokenInfo> {
    const grant = this.#grantFor(request);
    const { pairing } = this.#parts;
    if (pairing === null) throw new AccessError('not-running', NOT_RUNNING);
    return pairing.approve(code, grant);
  }

  async addToken(request: GrantRequest): Promise<NewToken> {
    return this.#parts.tokens.add(this.#grantFor(request));
  }

  async listTokens(): Promise<TokenInfo[]> {
    return this.#parts.tokens.list();
  }

  async revokeToken(name: string): Promise<TokenInfo> {
    const all = this.#parts.tokens.list();
    const found = all.find(({ id }) => id === name);
    if (found !== undefined) return this.#parts.tokens.revoke(found.id);
    const [first, ...more] = all.filter((token) => token.name === name);
    if (first !== undefined && more.length === 0) return this.#parts.tokens.revoke(first.id);
    const problem =
      first === undefined
        ? `no token has the id or the name \`${name}\``
        : `${more.length + 1} tokens have the name \`${name}\`, so revoke one by its id`;
    throw new AccessError('unknown-token', `${problem}; valet-park token list shows all of them`);
  }

  async forget(number: string): Promise<{ removed: number }> {
    const { forget } = this.#parts;
    if (forget === null) throw new AccessError('not-running', 'start the relay, and repeat this');
    if (!/\d/.test(number)) {
      throw new AccessError('invalid', 'write a telephone number, as +79161112233');
    }
    return { removed: await forget(number) };
  }

  #grantFor({ name, extensions, may, lifetimeMs }: GrantRequest): Grant {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > MAX_NAME || /\p{Cc}/u.test(trimmed)) {
      throw new AccessError('invalid', `--name has 1 to ${MAX_NAME} characters, as Reception`);
    }
    const unknown = extensions.find(
      (one) => one !== 'all' && !this.#parts.extensions.includes(one),
    );
    if (extensions.length === 0 || unknown !== undefined) {
      const problem =
        unknown === undefined ? '' : `the relay does not serve extension ${unknown}; `;
      const known = this.#parts.extensions.join(', ');
      throw new AccessError('invalid', `${problem}--extension is one of ${known}, or all`);
    }
    return {
      name: trimmed,
      extensions: extensions.includes('all') ? 'all' : extensions,
      ...(may === undefined ? {} : { may }),
      ...(lifetimeMs === undefined ? {} : { lifetimeMs }),
    };
  }
}

const MAX_NAME = 60;

const NOT_RUNNING =
  'the relay is not running: start it, open the panel in a browser, and enter the code that it shows';
