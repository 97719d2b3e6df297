import { describeError, type Logger } from '../logger.ts';
import { Pairing } from './pairing.ts';
import { PanelTokens, type TokenKeeper } from './panel-tokens.ts';
import type { SharedAccess } from './shared.ts';
import type { TokenStore } from './store.ts';
import { TokenSharing } from './token-sharing.ts';

/** The options of `openAccess`. */
export interface OpenAccessOptions {
  readonly store: TokenStore;
  /** The access that several relays share. Undefined for a relay alone. */
  readonly shared: SharedAccess | undefined;
  /** The file of what this relay knows of the shared tokens. Null: it is in memory. */
  readonly sharingFile: string | null;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** The tokens and the pairing of a relay. */
export interface OpenAccess {
  readonly tokens: PanelTokens;
  /** Changes the tokens, at all relays. */
  readonly keeper: TokenKeeper;
  readonly pairing: Pairing;
  close(): void;
}

/** Opens the tokens and the pairing of a relay. @throws Error if a file cannot be read. */
export async function openAccess(options: OpenAccessOptions): Promise<OpenAccess> {
  const { store, shared, sharingFile, now, logger } = options;
  const onError = (error: unknown) =>
    logger.warn('the tokens cannot be stored', describeError(error));
  const tokens = new PanelTokens({ store, now, onError });
  if (shared === undefined) {
    const pairing = new Pairing(tokens, { now });
    return { tokens, keeper: tokens, pairing, close: () => tokens.close() };
  }
  const keeper = new TokenSharing({ tokens, shared, file: sharingFile, onError });
  await keeper.sync();
  const pairing = new Pairing(keeper, { now, candidates: shared.candidates });
  const close = () => {
    keeper.close();
    tokens.close();
  };
  return { tokens, keeper, pairing, close };
}
