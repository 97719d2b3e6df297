import { ConfigError } from './config-error.ts';
import type { Config, Environment } from './read.ts';
import { readSecret } from './secret.ts';
import { variableOf, type SettingName } from './settings.ts';

/** The settings without which there is no relay. */
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

/**
 * Returns the settings without which there is no relay.
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
  const variable = variableOf(name === 'client-secret-file' ? 'client-secret' : name);
  return new ConfigError(
    `the relay needs ${name}: pass --${name}, set ${variable}, or write ${name} into valet-park.toml; ` +
      'valet-park init asks for everything and writes that file',
  );
}
