import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkPickUp, configOf, fromFile, readFile, readNames, refuseSecret } from './config.ts';
import type { Config, Given } from './config.ts';
import { ConfigError } from './config-error.ts';
import { readLots } from './lots.ts';
import { refuseMixed } from './mixed.ts';
import { SETTING_NAMES, SETTINGS, variableOf, type SettingName } from './settings.ts';

export { validate, type Config } from './config.ts';

/** The flags of a command line: the values of settings by name. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The environment of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The name of the configuration file that is read if no other is named. */
export const DEFAULT_FILE = 'valet-park.toml';

/**
 * Reads all settings.
 *
 * @throws ConfigError for a wrong setting.
 */
export function readConfig(flags: Flags, environment: Environment, cwd = process.cwd()): Config {
  const named = flags['config'] ?? environment[variableOf('config')];
  const file = typeof named === 'string' ? resolve(cwd, named) : findDefault(cwd);
  const table = file === null ? {} : readFile(file);
  const { names = {}, lot, ...others } = table;
  // A text is the lot on FreeSWITCH. Tables are several lots.
  const isName = typeof lot === 'string';
  const rest: Record<string, unknown> = isName ? { ...others, lot } : others;
  refuseUnknown(Object.keys(rest), file);

  const given = new Map<SettingName, Given>();
  for (const name of SETTING_NAMES) {
    const variable = variableOf(name);
    const sources: Given[] = [
      { value: flags[name], origin: `--${name}`, folder: cwd },
      { value: fromVariable(name, environment[variable]), origin: variable, folder: cwd },
      {
        value: fromFile(name, rest[name]),
        origin: `${name} in ${file}`,
        folder: dirname(file ?? cwd),
      },
    ];
    const found = sources.find(({ value }) => value !== undefined);
    if (found !== undefined) given.set(name, found);
  }
  const lots = readLots(isName ? undefined : lot, file, given);
  if (lots !== null && Object.keys(readNames(names, file)).length > 0) {
    throw new ConfigError(
      `names in ${file} belongs to one lot: write [lot.names] after its [[lot]]`,
    );
  }
  const config = { ...configOf(given, readNames(names, file), file), lots };
  refuseMixed(lots !== null, given);
  if (lots === null) checkPickUp(config.values, given);
  return config;
}

function findDefault(cwd: string): string | null {
  const file = resolve(cwd, DEFAULT_FILE);
  return existsSync(file) ? file : null;
}

function refuseUnknown(keys: readonly string[], file: string | null): void {
  for (const key of keys) {
    if (key in SETTINGS) continue;
    refuseSecret(key, file);
    throw new ConfigError(
      `${file} has an unknown setting \`${key}\`; the settings are ${SETTING_NAMES.join(', ')}, names, lot`,
    );
  }
}

/** Reads a variable like a value of the file. An empty variable counts as missing. */
function fromVariable(name: SettingName, text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  if (SETTINGS[name].kind !== 'switch') return text;
  const words: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };
  return words[text] ?? text;
}
