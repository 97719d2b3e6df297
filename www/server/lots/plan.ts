import { isDeepStrictEqual } from 'node:util';

/** The lots that should run. */
export interface Wanted<Options> {
  readonly lots: ReadonlyMap<string, Options>;
  /** Lots whose settings are wrong. Null is a lot whose name is not known. */
  readonly broken?: readonly (string | null)[];
}

/** The lots to open, to open again with other options, to close, and to leave alone. */
export interface Plan {
  readonly add: readonly string[];
  readonly change: readonly string[];
  readonly remove: readonly string[];
  readonly keep: readonly string[];
}

/**
 * Compares the lots that run with those that should run.
 *
 * A broken lot that runs goes on with its old options. If the name of a broken lot is not known, it can
 * be any of the lots that run, so no lot is removed.
 */
export function planChanges<Options>(
  running: ReadonlyMap<string, Options>,
  { lots, broken = [] }: Wanted<Options>,
): Plan {
  const kept = (name: string) =>
    lots.has(name) ? isDeepStrictEqual(lots.get(name), running.get(name)) : isBroken(name);
  const isBroken = (name: string) => broken.includes(name) || broken.includes(null);
  const names = [...running.keys()];
  return {
    add: [...lots.keys()].filter((name) => !running.has(name)),
    change: names.filter((name) => lots.has(name) && !kept(name)),
    remove: names.filter((name) => !lots.has(name) && !kept(name)),
    keep: names.filter(kept),
  };
}
