import type { StartLotsOptions, StartRelayOptions } from '../index.ts';
import { notifyOptions } from './notify-options.ts';
import type { Config, Environment } from './read.ts';
import { freeswitchSettings, relaySettings } from './relay-settings.ts';
import { listenOptions } from './switch-options.ts';

/** The options of one lot, and what the program does for the lot. */
export interface ConfiguredOptions extends Pick<
  StartRelayOptions,
  | 'upstream'
  | 'freeswitch'
  | 'extensions'
  | 'pickUp'
  | 'names'
  | 'notify'
  | 'journal'
  | 'slots'
  | 'patienceMs'
  | 'dialect'
  | 'publicUrl'
  | 'origins'
> {
  /** True if the program creates the web hooks that are missing. */
  readonly subscribe: boolean;
  /** The text that says how the notifications are signed. Empty without notifications. */
  readonly notifyText: string;
}

/**
 * Returns the options of one lot. `state` is the folder of its state.
 *
 * @throws ConfigError if a setting is missing or wrong.
 */
export function lotOptions(
  config: Config,
  environment: Environment,
  state: string,
): ConfiguredOptions {
  const { values, names } = config;
  const notify = notifyOptions(config, environment, state);
  const { slots, patience, dialect, origins, history, 'history-hours': hours } = values;
  const { subscribe = false, 'public-url': publicUrl } = values;
  return {
    ...realSwitch(config, environment),
    ...{ names, subscribe, notifyText: notify?.text ?? '' },
    ...(notify === null ? {} : { notify: notify.options }),
    journal: {
      ...(history === undefined ? {} : { departures: history }),
      ...(hours === undefined ? {} : { keptMs: hours * 3_600_000 }),
    },
    ...(slots === undefined ? {} : { slots }),
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(origins === undefined ? {} : { origins }),
  };
}

/** Returns the options of the real switch. @throws ConfigError if a setting is missing or wrong. */
function realSwitch(
  config: Config,
  environment: Environment,
): Pick<ConfiguredOptions, 'upstream' | 'freeswitch' | 'extensions' | 'pickUp'> {
  const { budget, freeswitch } = config.values;
  if (freeswitch !== undefined) return freeswitchSettings(config, environment);
  const { url, clientId, clientSecret, extensions, pickUp } = relaySettings(config, environment);
  return {
    upstream: { url, clientId, clientSecret, ...(budget === undefined ? {} : { budget }) },
    extensions,
    ...(pickUp === undefined ? {} : { pickUp }),
  };
}

/** Returns the options that are the same for all lots of a process. */
export function processOptions(
  values: Config['values'],
): Omit<StartLotsOptions, 'lots' | 'state' | 'logger' | 'panel' | 'publicUrl'> {
  const { redis, log, 'trust-proxy': trustProxy } = values;
  const { 'metrics-port': metricsPort, 'metrics-host': metricsHost } = values;
  return {
    ...listenOptions(values),
    ...(log === 'memory' ? { log: 'memory' as const } : {}),
    ...(redis === undefined ? {} : { redis }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    ...(metricsHost === undefined ? {} : { metricsHost }),
  };
}
