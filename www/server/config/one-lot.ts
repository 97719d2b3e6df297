import { lotFolder } from '../lots/name.ts';
import { stateFolder } from './state-folder.ts';
import { ConfigError } from './config-error.ts';
import type { Config, Environment } from './read.ts';

/** The settings of one lot, with the folder of its state. */
export interface OneLot {
  /** The name. Null: the relay has one lot, which needs no name. */
  readonly name: string | null;
  readonly config: Config;
  readonly state: string;
  /** The variables that count. Those of the process do not count for one of several lots. */
  readonly environment: Environment;
}

/**
 * Returns the lot with this name, or the only lot for null.
 *
 * @throws ConfigError if a name is missing, is not known, or the settings of the lot are wrong.
 */
export function oneLot(config: Config, name: string | null, environment: Environment): OneLot {
  const state = stateFolder(config);
  if (config.lots === null) {
    if (name === null) return { name, config, state, environment };
    throw new ConfigError('--lot names one of several lots, but the settings have one lot only');
  }
  const names = config.lots.lots.map((lot) => lot.name);
  const known = `the lots are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
  if (name === null) throw new ConfigError(`name one of the lots with --lot; ${known}`);
  const broken = config.lots.broken.find((lot) => lot.name === name);
  if (broken !== undefined) throw new ConfigError(broken.problem);
  const found = config.lots.lots.find((lot) => lot.name === name);
  if (found === undefined) throw new ConfigError(`there is no lot ${name}; ${known}`);
  return { name, config: found.config, state: lotFolder(state, name), environment: {} };
}

/** Returns all lots. @throws ConfigError for the first lot whose settings are wrong. */
export function allLots(config: Config, environment: Environment): OneLot[] {
  if (config.lots === null) return [oneLot(config, null, environment)];
  const [broken] = config.lots.broken;
  if (broken !== undefined) throw new ConfigError(broken.problem);
  return config.lots.lots.map(({ name }) => oneLot(config, name, environment));
}
