/** The number of slots of a lot, as documented. */
export const DEFAULT_SLOTS = 9;

/** How long a call may wait, in ms, as documented: three minutes. */
export const DEFAULT_PATIENCE_MS = 180_000;
