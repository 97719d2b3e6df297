/**
 * The embedded switch: the lot of `valet-park` behind real HTTP, with calls to play with.
 *
 * @example A test of your own
 * ```ts
 * import { startSwitch } from 'valet-park/server';
 *
 * const pbx = await startSwitch(); // On a free port of this machine.
 * const { call } = pbx.exchange.ring('34414', '+79161112233');
 * pbx.exchange.answer(call);
 * // Now talk to `pbx.url`, with `pbx.token`.
 * pbx.forward(180_000); // Three minutes later, whoever was parked rings again.
 * await pbx.close();
 * ```
 *
 * @example A command that arrives twice
 * ```ts
 * // One `Idempotency-Key` is executed once, in every profile. The keys live in memory.
 * const headers = { Authorization: `Bearer ${pbx.token}`, 'Idempotency-Key': crypto.randomUUID() };
 * ```
 *
 * @example Bad weather
 * ```ts
 * // Answers come late and oddly worded, get lost, events come twice. The same seed, the same run.
 * const pbx = await startSwitch({ faults: 'storm,seed=7' });
 * pbx.setFaults('lost=0.5'); // Every other request is lost before anything is done.
 * pbx.setFaults('calm');
 *
 * // A switch that can be raced, and tells what came of it.
 * const real = await startSwitch({ profile: 'freeswitch' });
 * // … let your client park and fetch …
 * console.assert(real.exchange.accidents.length === 0);
 * ```
 */
import { listen } from './listen.ts';
import { createSwitch, type Switch, type SwitchOptions } from './switch.ts';

/** How a switch that listens is set up. */
export interface StartOptions extends SwitchOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
}

/** A switch that listens. */
export interface RunningSwitch extends Switch, AsyncDisposable {
  /** Where it listens, without a slash at the end. The resource is under `${url}/api/ver1.0`. */
  readonly url: string;
  /** Sets the switch's clock forward, in ms; calls whose patience ends on the way go back. Returns
   *  the new time. */
  forward(ms: number): number;
  /** Stops listening and disposes of the switch. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a switch.
 *
 * @throws RangeError, ValetError or SwitchError for options that make no sense; an Error with the
 * system's `code`, for example `EADDRINUSE`, where it cannot listen.
 */
export async function startSwitch(options: StartOptions = {}): Promise<RunningSwitch> {
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const pbx = createSwitch(rest);
  const listening = await listen(pbx.fetch, host, port).catch((error: unknown) => {
    pbx.dispose();
    throw error;
  });
  let closed: Promise<void> | undefined;
  function close(): Promise<void> {
    // The feeds first, as they would keep their connections open.
    pbx.dispose();
    closed ??= listening.close();
    return closed;
  }
  return {
    url: listening.url,
    token: pbx.token,
    exchange: pbx.exchange,
    get faults() {
      return pbx.faults;
    },
    setFaults: (faults) => pbx.setFaults(faults),
    fetch: pbx.fetch,
    get subscribers() {
      return pbx.subscribers;
    },
    forward: (ms) => pbx.exchange.forward(ms),
    dispose: () => void close(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export type { Accident, AccidentKind, Command } from './accident.ts';
export { PROFILES, type Profile } from './engine.ts';
export { describeFaults } from './faults/notation.ts';
export { createSwitch, type Switch, type SwitchOptions } from './switch.ts';
export { SwitchError, type SwitchErrorCode } from './switch-error.ts';
export type { PlayCall } from './call.ts';
export type { Extension } from './directory.ts';
export type { EventType, SwitchEvent } from './event.ts';
export type { Exchange, ExchangeOptions } from './exchange.ts';
export type { FeedOptions } from './feed.ts';
export type { Trust } from './nearby.ts';
export type { DeliveryOptions } from './webhook.ts';
