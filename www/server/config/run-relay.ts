import { unsubscribe } from '../relay/subscriptions.ts';
import { openHooks } from '../relay/state.ts';
import { createUpstream } from '../relay/upstream.ts';
import type { Logger } from '../logger.ts';
import { startRelay, type RunningRelay } from '../index.ts';
import { stateFolder } from './administer.ts';
import { ConfigError } from './config-error.ts';
import { createJsonLogger } from './json-logger.ts';
import { notifyOptions } from './notify-options.ts';
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
  const { values, names, file } = config;
  const { url, clientId, clientSecret, extensions, pickUp } = relaySettings(config, environment);
  const { subscribe = false, 'public-url': publicUrl } = values;
  if (subscribe && publicUrl === undefined) {
    throw new ConfigError(
      '--subscribe needs --public-url, the address at which the switch reaches us',
    );
  }
  if (values.redis !== undefined && values.log !== undefined) {
    throw new ConfigError('--redis is the place of the log, so --log cannot be set, too');
  }
  const state = stateFolder(config);
  const notify = notifyOptions(config, environment, state);
  const logger = createJsonLogger(values['log-level'] ?? 'info');
  const { redis, history, 'history-hours': hours } = values;
  const { 'metrics-port': metricsPort, 'metrics-host': metricsHost } = values;
  const { slots, patience, dialect, origins, 'trust-proxy': trustProxy } = values;
  const relay = await startRelay({
    upstream: { url, clientId, clientSecret },
    extensions,
    pickUp,
    names,
    state,
    notify: notify?.options,
    logger,
    ...listenOptions(values),
    ...(values.log === 'memory' ? { log: 'memory' as const } : {}),
    ...(redis === undefined ? {} : { redis }),
    journal: {
      ...(history === undefined ? {} : { departures: history }),
      ...(hours === undefined ? {} : { keptMs: hours * 3_600_000 }),
    },
    ...(slots === undefined ? {} : { slots }),
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    ...(metricsHost === undefined ? {} : { metricsHost }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(origins === undefined ? {} : { origins }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
  });
  if (subscribe) void createWebHooks(relay, logger);
  const where = file === null ? '' : ` (${file})`;
  const text =
    `valet-park listens at ${relay.url} and asks ${url}${where}\n` +
    `state: ${state}\n` +
    (metricsPort === undefined ? '' : `metrics: ${relay.monitoringUrl}/metrics\n`) +
    (notify?.text ?? '') +
    (redis === undefined ? '' : `log: shared in Redis at ${new URL(redis).host}\n`) +
    `To pair a panel, open ${relay.url} in its browser, and type the code that it shows:\n` +
    `  ${program} pair <code> --extension ${extensions[0] ?? ''} --name Reception\n` +
    warningFor(values);
  return { relay, text };
}

/** Creates the web hooks that are missing. Tries again after a minute if the switch is away. */
async function createWebHooks(relay: RunningRelay, logger: Logger): Promise<void> {
  try {
    const { created, kept, removed } = await relay.subscribe();
    logger.info('web hooks', { created, kept, removed });
  } catch (error) {
    // The switch may quote the address of a web hook, which contains the secret.
    const secret = relay.hookPath.replace('/hook/', '');
    const reason = (error as Error).message.replaceAll(secret, '…');
    logger.warn(`the web hooks cannot be created, so there are no call events: ${reason}`);
    setTimeout(() => void createWebHooks(relay, logger), RETRY_MS).unref();
  }
}

/** Removes the web hooks of this relay from the switch. Returns the text to print. */
export async function removeWebHooks(config: Config, environment: Environment): Promise<string> {
  const { extensions, pickUp, ...settings } = relaySettings(config, environment);
  const upstream = createUpstream(settings);
  const heard = [...extensions, ...(pickUp === undefined ? [] : [pickUp.extension])];
  const hooks = { ...openHooks(stateFolder(config)), hookUrl: '', extensions: heard };
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

const RETRY_MS = 60_000;
