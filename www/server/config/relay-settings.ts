import {
  FACTORY_PASSWORD,
  isThisMachine,
  KNOWN_PASSWORD,
  readEngineAddress,
  type FreeswitchOptions,
} from '../freeswitch/options.ts';
import { ConfigError } from './config-error.ts';
import type { Config, Environment } from './read.ts';
import { readSecret } from './secret.ts';
import { SETTINGS, variableOf, type SettingName } from './settings.ts';

/** The settings without which there is no relay on a hosted switch. */
export interface RelaySettings {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly extensions: readonly string[];
  /** How panels pick up. Undefined: they cannot. */
  readonly pickUp?: {
    readonly extension: string;
    readonly numbers: Readonly<Record<string, string>>;
  };
}

/** The settings without which there is no relay on FreeSWITCH. */
export interface FreeswitchSettings {
  readonly freeswitch: FreeswitchOptions;
  readonly extensions: readonly string[];
}

/**
 * Returns the settings without which there is no relay on FreeSWITCH.
 *
 * @throws ConfigError if one is missing, or the password is known to everyone.
 */
export function freeswitchSettings(config: Config, environment: Environment): FreeswitchSettings {
  const { values } = config;
  const { context, domain, 'slot-names': slotNames } = values;
  const { host, port } = readEngineAddress(values.freeswitch ?? '') ?? fail('freeswitch');
  const given = readSecret('freeswitch-password', config, environment);
  const isNear = isThisMachine(host);
  const origin = config.originOf('freeswitch');
  if (given === null && !isNear) {
    throw new ConfigError(
      `${origin} names another machine, so its password is needed: write it to a file, and name the file ` +
        'with freeswitch-password-file',
    );
  }
  const password = given ?? FACTORY_PASSWORD;
  if (password === FACTORY_PASSWORD && !isNear) {
    throw new ConfigError(`${origin}: ${KNOWN_PASSWORD}`);
  }
  return {
    freeswitch: {
      ...{ host, port, password, lot: values.lot ?? fail('lot') },
      ...(context === undefined ? {} : { context }),
      ...(domain === undefined ? {} : { domain }),
      ...(slotNames === undefined ? {} : { slotNames }),
    },
    extensions: values.extensions ?? fail('extensions'),
  };
}

/**
 * Returns the settings without which there is no relay on a hosted switch.
 *
 * @throws ConfigError if one is missing. The message says how to set it.
 */
export function relaySettings(config: Config, environment: Environment): RelaySettings {
  const { values } = config;
  const clientSecret = readSecret('client-secret', config, environment);
  if (clientSecret === null) throw missing('client-secret-file');
  const pickup = values['pickup-extension'];
  return {
    ...(pickup === undefined ? {} : { pickUp: { extension: pickup, numbers: numbersIn(values) } }),
    url: values.upstream ?? fail('upstream'),
    clientId: values['client-id'] ?? fail('client-id'),
    extensions: values.extensions ?? fail('extensions'),
    clientSecret,
  };
}

/** Returns the numbers of the extensions, by id. */
function numbersIn({ numbers = [] }: Config['values']): Readonly<Record<string, string>> {
  return Object.fromEntries(numbers.map((item) => item.split('=') as [string, string]));
}

function fail(name: SettingName): never {
  throw missing(name);
}

function missing(name: SettingName): ConfigError {
  const { of } = SETTINGS[name];
  const variable = variableOf(name.replace(/-file$/, ''));
  const hint =
    of === 'freeswitch' || name === 'extensions'
      ? ''
      : '; valet-park init asks for everything and writes that file';
  return new ConfigError(
    `the relay needs ${name}: pass --${name}, set ${variable}, or write ${name} into valet-park.toml${hint}`,
  );
}
