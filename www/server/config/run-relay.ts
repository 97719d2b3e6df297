import { startRelay, type RunningRelay } from '../index.ts';
import { FACTORY_PASSWORD, writeEngineAddress } from '../freeswitch/options.ts';
import { openHooks } from '../relay/state.ts';
import { unsubscribe } from '../relay/subscriptions.ts';
import { createUpstream } from '../relay/upstream.ts';
import { keepWebHooks } from '../relay/web-hooks.ts';
import { stateFolder } from './state-folder.ts';
import { ConfigError } from './config-error.ts';
import { createJsonLogger } from './json-logger.ts';
import { lotOptions, processOptions, type ConfiguredOptions } from './lot-options.ts';
import type { OneLot } from './one-lot.ts';
import { program } from './program.ts';
import type { Config, Environment } from './read.ts';
import { relaySettings } from './relay-settings.ts';
import { listenOptions } from './switch-options.ts';

/** A relay that runs, and the text that the program prints. */
export interface StartedRelay {
  readonly relay: RunningRelay;
  readonly text: string;
}

/**
 * Starts a relay with the settings of the program.
 *
 * @throws ConfigError if a setting is missing, and as `startRelay` does.
 */
export async function runRelay(config: Config, environment: Environment): Promise<StartedRelay> {
  const { values, file } = config;
  if (values.redis !== undefined && values.log !== undefined) {
    throw new ConfigError('--redis is the place of the log, so --log cannot be set, too');
  }
  const state = stateFolder(config);
  const { subscribe, notifyText, ...options } = lotOptions(config, environment, state);
  if (subscribe && options.publicUrl === undefined) {
    throw new ConfigError(
      '--subscribe needs --public-url, the address at which the switch reaches us',
    );
  }
  const logger = createJsonLogger(values['log-level'] ?? 'info');
  const { redis } = values;
  const { 'metrics-port': metricsPort } = values;
  const relay = await startRelay({ ...options, ...processOptions(values), state, logger });
  if (subscribe) keepWebHooks(relay, relay.hookPath, logger);
  const where = file === null ? '' : ` (${file})`;
  const text =
    `valet-park listens at ${relay.url} and ${nameSwitch(options)}${where}\n` +
    `state: ${state}\n` +
    (metricsPort === undefined ? '' : `metrics: ${relay.monitoringUrl}/metrics\n`) +
    notifyText +
    (redis === undefined ? '' : `log: shared in Redis at ${new URL(redis).host}\n`) +
    `To pair a panel, open ${relay.url} in its browser, and type the code that it shows:\n` +
    `  ${program} pair <code> --extension ${options.extensions[0] ?? ''} --name Reception\n` +
    warningFor(values) +
    passwordWarning([options]);
  return { relay, text };
}

/** Names the real switch of a relay. */
function nameSwitch({
  upstream,
  freeswitch,
}: Pick<ConfiguredOptions, 'upstream' | 'freeswitch'>): string {
  if (freeswitch === undefined) return `asks ${upstream?.url ?? ''}`;
  return `parks in lot ${freeswitch.lot} of FreeSWITCH at ${writeEngineAddress(freeswitch)}`;
}

/** Warns of a FreeSWITCH with the password that everyone knows. */
export function passwordWarning(lots: readonly Pick<ConfiguredOptions, 'freeswitch'>[]): string {
  if (!lots.some(({ freeswitch }) => freeswitch?.password === FACTORY_PASSWORD)) return '';
  return (
    'Warning: FreeSWITCH has the factory password, so each program on this machine can control all calls. ' +
    'Set another one in event_socket.conf.xml, as docs/freeswitch.md describes.\n'
  );
}

/** Removes the web hooks of a lot from the switch. Returns the text to print. */
export async function removeWebHooks({ config, environment, state }: OneLot): Promise<string> {
  if (config.values.freeswitch !== undefined) {
    throw new ConfigError('FreeSWITCH sends no web hooks, so there are none to remove');
  }
  const { extensions, pickUp, ...settings } = relaySettings(config, environment);
  const upstream = createUpstream(settings);
  const heard = [...extensions, ...(pickUp === undefined ? [] : [pickUp.extension])];
  const hooks = { ...openHooks(state), hookUrl: '', extensions: heard };
  const { removed } = await unsubscribe(upstream, hooks);
  return `${removed} web hooks of this relay are removed from the switch.\n`;
}

/** Warns of a relay that other machines reach without encryption. */
export function warningFor(values: Config['values']): string {
  const { host } = listenOptions(values);
  const isLocal = /^(localhost|127\.[\d.]+|::1)$/.test(host);
  if (isLocal || values['trust-proxy'] !== undefined) return '';
  return (
    'Warning: other machines reach the relay without encryption, and can read the tokens of panels on ' +
    'the way. Put a proxy with HTTPS before it, as docs/relay.md describes.\n'
  );
}
