import { abilitiesHeader } from '../announce.ts';
import type { Quota } from '../quota.ts';
import type { Timers } from '../timers.ts';
import { BREAKAGES, breakageResponse, crowdedResponse } from './broken.ts';
import { Lost } from './lost.ts';
import { Overtaking } from './overtaking.ts';
import { slowDown } from './slow.ts';
import type { Weather } from './weather.ts';

/** Answers one request, as a standard fetch handler does. */
export type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

/** What a weather has in its hands. */
export interface Exposed {
  readonly weather: Weather;
  readonly timers: Timers;
  readonly quota: Quota;
  /** What the answers of the switch itself announce in `X-Valet-Park`. */
  readonly abilities: string;
  /** Starts the switch again. */
  readonly restart: () => void;
}

/**
 * Lets the requests to the API pass through the weather.
 *
 * What befalls a request is decided the moment it comes, so that it depends on the order of
 * arrival alone. It rejects with `Lost` where the connection is to be closed without an answer.
 */
export function underWeather(fetch: Fetch, exposed: Exposed): Fetch {
  const { weather, timers, quota, abilities, restart } = exposed;
  const overtaking = new Overtaking(timers);

  async function carryOut(request: Request, env: unknown): Promise<Response> {
    const response = await fetch(request, env);
    overtaking.passed();
    return response;
  }

  async function expose(request: Request, env: unknown, fate: Fate): Promise<Response> {
    if (fate.restarts) {
      restart();
      throw new Lost();
    }
    await timers.wait(fate.delayMs);
    if (fate.lost) throw new Lost();
    if (fate.overtaken) await new Promise<void>((goOn) => overtaking.hold(goOn));
    if (fate.crowded) return crowdedResponse({ [abilitiesHeader]: abilities });
    if (fate.limited) quota.exhaust(LIMITED_MS);
    if (fate.breakage?.executed === false) return breakageResponse(fate.breakage);

    // The last answer counts, as with a proxy that lost the first one. Both requests go through the
    // whole switch, so an `Idempotency-Key` is honoured between them.
    if (fate.doubled) await carryOut(request.clone(), env);
    const response = await carryOut(request, env);
    if (fate.unanswered) throw new Lost();
    if (fate.breakage !== undefined) return breakageResponse(fate.breakage);
    return fate.slowMs > 0 ? slowDown(response, fate.slowMs, timers) : response;
  }

  return async (request, env) => {
    const isApi = new URL(request.url).pathname.startsWith('/api/');
    if (weather.isCalm) return isApi ? carryOut(request, env) : fetch(request, env);
    const response = await (isApi ? expose(request, env, fateOf(weather)) : fetch(request, env));
    // Browsers quietly repeat a request if a connection breaks that was used before: that would be
    // a fault of its own, which nobody asked for.
    response.headers.set('Connection', 'close');
    return response;
  };
}

/** What is to befall one request. */
type Fate = ReturnType<typeof fateOf>;

function fateOf(weather: Weather) {
  return {
    restarts: weather.strikes('restart'),
    delayMs: weather.spanOf('delay'),
    lost: weather.strikes('lost'),
    overtaken: weather.strikes('overtaken'),
    crowded: weather.strikes('crowded'),
    limited: weather.strikes('limited'),
    doubled: weather.strikes('doubled'),
    unanswered: weather.strikes('unanswered'),
    breakage: weather.strikes('broken') ? weather.choose('broken', BREAKAGES) : undefined,
    slowMs: weather.spanOf('slow'),
  };
}

/** How long the hourly limit counts as spent. A real one lasts until the hour is over. */
const LIMITED_MS = 10_000;
