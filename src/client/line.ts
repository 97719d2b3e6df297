import { Abilities } from './abilities.js';
import { guarded, hostClock } from './clock.js';
import type { Line } from './http.js';
import type { ValetParkOptions } from './options.js';

/** Returns the connection to the switch, as the options describe it. */
export function lineOf(options: ValetParkOptions): Line {
  // People write the URL with or without a slash at the end.
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  return {
    baseUrl,
    headers: options.headers ?? (() => ({})),
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    clock: guarded(options.clock ?? hostClock),
    timeoutMs: options.timeoutMs ?? 10_000,
    abilities: new Abilities(baseUrl),
  };
}
