import { abilitiesHeader } from '../../http/announce.ts';
import type { Quota } from '../../http/quota.ts';
import type { Timers } from '../timers.ts';
import { BREAKAGES, breakageResponse, crowdedResponse } from './broken.ts';
import type { FaultInjector } from './injector.ts';
import { Lost } from './lost.ts';
import { Overtaking } from './overtaking.ts';
import { slowDown } from './slow.ts';

/** Answers one request, as a standard fetch handler does. */
export type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

/** The parts of a switch that faults act on. */
export interface Exposed {
  readonly faults: FaultInjector;
  readonly timers: Timers;
  readonly quota: Quota;
  /** The value of `X-Valet-Park` in the answers of the switch. Null: the switch has no such header. */
  readonly abilities: string | null;
  /** Restarts the switch. */
  readonly restart: () => void;
}

/**
 * Injects faults into the requests to the API.
 *
 * The faults of a request are decided when the request arrives, so they depend on the order of
 * arrival only. The returned handler rejects with `Lost` if the connection is to be closed without an
 * answer.
 */
export function injectRequestFaults(fetch: Fetch, exposed: Exposed): Fetch {
  const { faults, timers, quota, abilities, restart } = exposed;
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
    if (fate.crowded) {
      return crowdedResponse(abilities === null ? {} : { [abilitiesHeader]: abilities });
    }
    if (fate.limited) quota.exhaust(LIMITED_MS);
    if (fate.breakage?.executed === false) return breakageResponse(fate.breakage);

    // The client gets the last answer, as from a proxy that lost the first one. Both requests pass
    // through the whole switch, so an `Idempotency-Key` works between them.
    if (fate.doubled) await carryOut(request.clone(), env);
    const response = await carryOut(request, env);
    if (fate.unanswered) throw new Lost();
    if (fate.breakage !== undefined) return breakageResponse(fate.breakage);
    return fate.slowMs > 0 ? slowDown(response, fate.slowMs, timers) : response;
  }

  return async (request, env) => {
    const isApi = new URL(request.url).pathname.startsWith('/api/');
    if (faults.isCalm) return isApi ? carryOut(request, env) : fetch(request, env);
    const response = await (isApi ? expose(request, env, fateOf(faults)) : fetch(request, env));
    // A browser repeats a request by itself if a reused connection breaks. That would be a second
    // fault, so no connection is reused.
    response.headers.set('Connection', 'close');
    return response;
  };
}

/** The faults of one request. */
type Fate = ReturnType<typeof fateOf>;

function fateOf(faults: FaultInjector) {
  return {
    restarts: faults.strikes('restart'),
    delayMs: faults.durationOf('delay'),
    lost: faults.strikes('lost'),
    overtaken: faults.strikes('overtaken'),
    crowded: faults.strikes('crowded'),
    limited: faults.strikes('limited'),
    doubled: faults.strikes('doubled'),
    unanswered: faults.strikes('unanswered'),
    breakage: faults.strikes('broken') ? faults.choose('broken', BREAKAGES) : undefined,
    slowMs: faults.durationOf('slow'),
  };
}

/** How long the hourly limit counts as reached. On a real switch that lasts until the hour ends. */
const LIMITED_MS = 10_000;
