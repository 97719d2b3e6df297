import { unsubscribe } from '../relay/subscriptions.ts';
import { openHooks } from '../relay/state.ts';
import { createUpstream } from '../relay/upstream.ts';
import { startRelay, type RunningRelay } from '../index.ts';
import { stateFolder } from './administer.ts';
import { ConfigError } from './config-error.ts';
import { createJsonLogger } from './json-logger.ts';
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
  const { values, names, file } = config;
  const { url, clientId, clientSecret, extensions } = relaySettings(config, environment);
  const { subscribe = false, 'public-url': publicUrl } = values;
  if (subscribe && publicUrl === undefined) {
    throw new ConfigError(
      '--subscribe needs --public-url, the address at which the switch reaches us',
    );
  }
  const state = stateFolder(config);
  const logger = createJsonLogger(values['log-level'] ?? 'info');
  const { history, 'history-hours': hours } = values;
  const { slots, patience, dialect, origins, 'trust-proxy': trustProxy } = values;
  const relay = await startRelay({
    upstream: { url, clientId, clientSecret },
    extensions,
    names,
    state,
    logger,
    ...listenOptions(values),
    ...(values.log === 'memory' ? { log: 'memory' as const } : {}),
    journal: {
      ...(history === undefined ? {} : { departures: history }),
      ...(hours === undefined ? {} : { keptMs: hours * 3_600_000 }),
    },
    ...(slots === undefined ? {} : { slots }),
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(origins === undefined ? {} : { origins }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
  });
  if (subscribe) {
    // The switch may be away now. The relay works without events, and a restart tries again.
    relay.subscribe().then(
      ({ created, kept, removed }) => logger.info('web hooks', { created, kept, removed }),
      (error: unknown) =>
        logger.warn(`the web hooks were not created: ${(error as Error).message}`),
    );
  }
  const where = file === null ? '' : ` (${file})`;
  const text =
    `valet-park listens at ${relay.url} and asks ${url}${where}\n` +
    `state: ${state}\n` +
    `To pair a panel, open ${relay.url} in its browser, and type the code that it shows:\n` +
    `  valet-park pair <code> --extension ${extensions[0] ?? ''} --name Reception\n` +
    warningFor(values);
  return { relay, text };
}

/** Removes the web hooks of this relay from the switch. Returns the text to print. */
export async function removeWebHooks(config: Config, environment: Environment): Promise<string> {
  const { extensions, ...settings } = relaySettings(config, environment);
  const upstream = createUpstream(settings);
  const hooks = { ...openHooks(stateFolder(config)), hookUrl: '', extensions };
  const { removed } = await unsubscribe(upstream, hooks);
  return `${removed} web hooks of this relay are removed from the switch.\n`;
}

/** Warns of a relay that other machines reach without encryption. */
function warningFor(values: Config['values']): string {
  const { host } = listenOptions(values);
  const isLocal = /^(localhost|127\.[\d.]+|::1)$/.test(host);
  if (isLocal || values['trust-proxy'] !== undefined) return '';
  return (
    'Warning: other machines reach the relay without encryption, and can read the tokens of panels on ' +
    'the way. Put a proxy with HTTPS before it, as docs/relay.md describes.\n'
  );
}
