/** The number of slots of a lot, as documented. */
export const DEFAULT_SLOTS = 9;

/** How long a call may wait, in ms, as documented: three minutes. */
export const DEFAULT_PATIENCE_MS = 180_000;

/**
 * The limits of a relay that listens.
 *
 * A connection stays open longer than proxies keep it, which is usually a minute. So the proxy closes
 * it, and does not send a request on a connection that the relay closes.
 */
export const RELAY_LIMITS = {
  graceMs: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 75_000,
  maxHeaderSize: 8_192,
} as const;
