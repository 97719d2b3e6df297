/**
 * The embedded switch: the lot of `valet-park` behind real HTTP, with simulated calls. And the relay,
 * which stands between panels and a real switch.
 *
 * @example A test of your own
 * ```ts
 * import { startSwitch } from 'valet-park/server';
 *
 * const pbx = await startSwitch(); // On a free port of this machine.
 * const { call } = pbx.exchange.ring('34414', '+79161112233');
 * pbx.exchange.answer(call);
 * // Now talk to `pbx.url`, with `pbx.token`.
 * pbx.forward(180_000); // Three minutes later, a parked call rings again.
 * await pbx.close();
 * ```
 *
 * @example A command that arrives twice
 * ```ts
 * // Commands with the same `Idempotency-Key` are executed once, in every profile.
 * const headers = { Authorization: `Bearer ${pbx.token}`, 'Idempotency-Key': crypto.randomUUID() };
 * ```
 *
 * @example Faults
 * ```ts
 * // Answers are late, odd or lost, and events come twice. The same seed gives the same faults.
 * const pbx = await startSwitch({ faults: 'storm,seed=7' });
 * pbx.setFaults('lost=0.5'); // Half of the requests are lost before they are carried out.
 * pbx.setFaults('calm');
 *
 * // A switch on which commands can race. It reports what the races did.
 * const real = await startSwitch({ profile: 'freeswitch' });
 * // … let your client park and fetch …
 * console.assert(real.exchange.accidents.length === 0);
 * ```
 *
 * @example A relay: panels on a real switch
 * ```ts
 * import { startRelay } from 'valet-park/server';
 *
 * const relay = await startRelay({
 *   upstream: { url: 'https://pbx.example', clientId: '4b1f0c', clientSecret },
 *   extensions: ['34414', '34415'],
 *   state: '/var/lib/valet-park', // The tokens, the log and the secret of the web hooks.
 *   port: 8341,
 * });
 * // The page at `relay.url` shows a code. This lets the panel in.
 * await relay.admin.pair('BCDF-GHJK', { name: 'Reception', extensions: ['34414'] });
 * // A page of your own gets a token.
 * const { token } = await relay.admin.addToken({ name: 'Board', extensions: ['34414'] });
 * ```
 *
 * @example A relay on your own FreeSWITCH
 * ```ts
 * const relay = await startRelay({
 *   freeswitch: { password, lot: 'valet_lot' }, // The event socket at 127.0.0.1, port 8021.
 *   extensions: ['1001', '1002'],
 *   state: '/var/lib/valet-park',
 * });
 * ```
 */
import { listen } from './listen.ts';
import type { Switch, SwitchOptions } from './compose-switch.ts';
import { createSwitch } from './switch.ts';

/** The options of a switch that listens. */
export interface StartOptions extends SwitchOptions {
  /** The port. Default 0: any free port. */
  readonly port?: number;
  /** The address. Default `127.0.0.1`: this machine only. */
  readonly host?: string;
}

/** A switch that listens. */
export interface RunningSwitch extends Switch, AsyncDisposable {
  /** The base URL, without a slash at the end. The resource is under `${url}/api/ver1.0`. */
  readonly url: string;
  /**
   * Sets the clock of the switch forward by `ms` and returns the new time. Calls whose patience ends
   * in between return to their extensions.
   */
  forward(ms: number): number;
  /** Stops listening and disposes of the switch. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a switch that listens for HTTP requests.
 *
 * @throws RangeError, ValetError or SwitchError for invalid options; an Error with the `code` of the
 * system, for example `EADDRINUSE`, if the switch cannot listen.
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
    // `dispose` ends the feeds. They would keep their connections open.
    pbx.dispose();
    closed ??= listening.close();
    return closed;
  }
  return {
    url: listening.url,
    token: pbx.token,
    client: pbx.client,
    exchange: pbx.exchange,
    get faults() {
      return pbx.faults;
    },
    setFaults: (faults) => pbx.setFaults(faults),
    get notifications() {
      return pbx.notifications;
    },
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

export type { Accident, AccidentKind } from './exchange/accident.ts';
export type { Command, CommandAction } from './exchange/command.ts';
export { DIALECTS, type DialectName } from './exchange/dialect.ts';
export { PROFILES, type Profile } from './exchange/profile.ts';
export type { Client } from './access/token.ts';
export { describeFaults } from './exchange/faults/notation.ts';
export type { Switch, SwitchOptions } from './compose-switch.ts';
export { createSwitch } from './switch.ts';
export { SwitchError, type SwitchErrorCode } from './exchange/switch-error.ts';
export type { PlayCall } from './exchange/call.ts';
export type { Extension } from './exchange/directory.ts';
export type { EventType, SwitchEvent } from './exchange/event.ts';
export type { Exchange, ExchangeOptions } from './exchange/exchange.ts';
export type { FeedOptions } from './feed/feed.ts';
export type { Trust } from './http/nearby.ts';
export type { DeliveryOptions } from './exchange/webhook.ts';
export type { MetricsText } from './metrics/metrics.ts';
export type { NotifyCounts } from './notify/deliveries.ts';
export type { NamedExtension, Notification, NotifyType } from './notify/event.ts';
export {
  FORMATS as NOTIFY_FORMATS,
  type NotifyFormat,
  type NotifyOptions,
} from './notify/options.ts';
export type { Post, PostInit, PostReply } from './notify/post.ts';
export type { Access, Permission, Who } from './access/access.ts';
export type { Administration, GrantRequest } from './access/administration.ts';
export { AccessError, type AccessErrorCode } from './access/access-error.ts';
export type { TokenInfo } from './access/panel-tokens.ts';
export type { LogFields, Logger } from './logger.ts';
export { createRelay, type Relay, type RelayHealth } from './relay/relay.ts';
export { startRelay, type RunningRelay, type StartRelayOptions } from './relay/start.ts';
export { startLots, type RunningLots } from './lots/start.ts';
export type { BrokenLot, LotOptions, LotsReport, StartLotsOptions } from './lots/options.ts';
export type { LotView } from './lots/lots.ts';
export type { FreeswitchOptions } from './freeswitch/options.ts';
export type { RelayHooks, RelayOptions } from './relay/options.ts';
export { FileLog, type FileLogOptions } from './feed/file.ts';
export type { Log } from './feed/log.ts';
export { RedisLog } from './feed/redis/log.ts';
export type { RedisLogOptions } from './feed/redis/options.ts';
export { MemoryLog, type LogOptions } from './feed/memory.ts';
export type { JournalOptions } from './relay/journal.ts';
export type { SubscriptionReport } from './relay/subscriptions.ts';
