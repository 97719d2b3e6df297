/*
 * The lot of the specification, which is the default of all options.
 */

/** The number of slots. */
export const SLOTS = 9;

/** How long a call may wait, in ms. */
export const PATIENCE_MS = 180_000;
