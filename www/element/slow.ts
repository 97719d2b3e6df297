/** A command that has no result after this time, in ms, is called slow. */
export const slowMs = 3_000;
