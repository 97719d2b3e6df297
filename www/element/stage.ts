/**
 * How soon a waiting call returns: `soon` within 60 seconds, `near` within 30, `late` within 10, and
 * then `over`. `calm` before that, and without a deadline.
 */
export type Stage = 'calm' | 'soon' | 'near' | 'late' | 'over';

/** The stages with the ms before the return from which each applies, the last one first. */
const stages = [
  ['over', 0],
  ['late', 10_000],
  ['near', 30_000],
  ['soon', 60_000],
] as const;

/** Returns the stage of a call that returns in `remaining` ms; null if that is not known. */
export function stageOf(remaining: number | null): Stage {
  if (remaining === null) return 'calm';
  return stages.find(([, from]) => remaining <= from)?.[0] ?? 'calm';
}
