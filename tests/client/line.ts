import type { Line } from '../../src/client/http.ts';
import { Abilities } from '../../src/client/abilities.ts';
import { FakeClock } from './clock.ts';
import { base } from './switch.ts';

/** Returns a line to a switch that never answers, for a test of one module of the client. */
export function lineOf(own: Partial<Line>): Line {
  const clock = new FakeClock();
  const abilities = new Abilities(base);
  const fetch = (): Promise<never> => new Promise(() => {});
  return { baseUrl: base, headers: () => ({}), fetch, clock, timeoutMs: 10_000, abilities, ...own };
}
