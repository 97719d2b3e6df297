import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { ConfigError } from './config-error.ts';
import { SETTINGS, type SettingName, type Values } from './settings.ts';

/** The settings of one run, from all sources. A flag overrules a variable, which overrules the file. */
export interface Config {
  readonly values: Values;
  /** The names of extensions, from the table `names` of the file. */
  readonly names: Readonly<Record<string, string>>;
  /** The configuration file. Null without a file. */
  readonly file: string | null;
  /** The lots of a relay with several lots. Null: the settings are those of one lot. */
  readonly lots: LotsInConfig | null;
  /** Says where a value came from, for example `--port` or `port in valet-park.toml`. */
  originOf(name: SettingName): string;
  /** Returns an absolute path. A path in the file is relative to the folder of the file. */
  pathOf(name: SettingName): string | null;
}

/** A value from one source. */
export interface Given {
  readonly value: unknown;
  readonly origin: string;
  /** The folder to which a path is relative. */
  readonly folder: string;
}

/** A lot of the settings. */
export interface ConfiguredLot {
  readonly name: string;
  readonly config: Config;
}

/** A lot whose settings are wrong. `name` is null if the name itself is wrong. */
export interface BrokenLot {
  readonly name: string | null;
  /** A sentence that names the table, the key, and what would be right. */
  readonly problem: string;
}

/** The lots of the settings. */
export interface LotsInConfig {
  readonly lots: readonly ConfiguredLot[];
  readonly broken: readonly BrokenLot[];
}

/** Returns the settings of one lot. @throws ConfigError for a wrong value. */
export function configOf(
  given: ReadonlyMap<SettingName, Given>,
  names: Config['names'],
  file: string | null,
): Config {
  const values = Object.fromEntries(
    [...given].map(([name, one]) => [name, validate(name, one)]),
  ) as Values;
  return {
    ...{ values, names, file, lots: null },
    originOf: (name) => given.get(name)?.origin ?? name,
    pathOf(name) {
      const one = given.get(name);
      return one === undefined ? null : resolve(one.folder, String(values[name]));
    },
  };
}

/** Reads a file with settings. @throws ConfigError if that fails. */
export function readFile(file: string): Record<string, unknown> {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof TomlError) {
      // Further lines of the message quote the file, which could contain a secret.
      const [reason = ''] = error.message.split('\n');
      throw new ConfigError(`${file}, line ${error.line}: ${reason}`);
    }
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file; valet-park init writes one' : code;
    throw new ConfigError(`${file} cannot be read: ${reason}`);
  }
}

/** @throws ConfigError for the key of a secret. `where` is the file or the table of the key. */
export function refuseSecret(key: string, where: string | null): void {
  const secrets = ['client-secret', 'hook-secret', 'notify-secret', 'freeswitch-password'];
  if (!secrets.includes(key)) return;
  throw new ConfigError(
    `${where} must not contain the secret itself: write the secret to a file of its own, and set ` +
      `${key}-file to the path of that file`,
  );
}

/** Reads a value of the file. The table `numbers` becomes a list such as `34414=341`. */
export function fromFile(name: SettingName, value: unknown): unknown {
  const { success, output } = v.safeParse(TABLE, value);
  if (name !== 'numbers' || Array.isArray(value) || !success) return value;
  return Object.entries(output).map(([id, number]) => `${id}=${number}`);
}

const TABLE = v.record(v.string(), v.union([v.string(), v.number()]));

/**
 * Returns a value in its right type.
 *
 * @throws ConfigError if the value is wrong. `origin` says in the message where it came from.
 */
export function validate(
  name: SettingName,
  { value, origin }: Pick<Given, 'value' | 'origin'>,
): unknown {
  const { kind, schema, right } = SETTINGS[name];
  const { success, output } = v.safeParse(schema, inType(kind, value));
  if (success) return output;
  throw new ConfigError(`${origin} is ${right}, not \`${shown(value)}\``);
}

/** Turns a text into a number or a list. Items of a list may be numbers, as extensions often are. */
function inType(kind: string, value: unknown): unknown {
  if (kind === 'number' && typeof value === 'string' && /^\d{1,9}$/.test(value)) {
    return Number(value);
  }
  if (kind !== 'list') return value;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items
    .flatMap((item): unknown[] => (typeof item === 'string' ? item.split(',') : [item]))
    .map((item) =>
      typeof item === 'string' || typeof item === 'number' ? `${item}`.trim() : item,
    );
}

/** Shows a value in a message, without a password. */
export function shown(value: unknown): string {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  const text = written.replace(/\/\/[^/]*@/, '//…@'); // The password of an address.
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Checks the extension that answers by itself against the other settings. @throws ConfigError */
export function checkPickUp(values: Values, given: ReadonlyMap<SettingName, Given>): void {
  const { 'pickup-extension': id, extensions = [], numbers = [] } = values;
  if (id === undefined) return;
  const origin = given.get('pickup-extension')?.origin ?? 'pickup-extension';
  if (extensions.includes(id)) {
    throw new ConfigError(
      `${origin} is an extension of its own, which answers by itself: take \`${id}\` out of extensions`,
    );
  }
  if (numbers.some((item) => item.startsWith(`${id}=`))) return;
  throw new ConfigError(
    `${origin} needs the number of ${id}, too: add it to numbers, as numbers = ["${id}=900"]`,
  );
}

/** Reads the names of extensions. `where` is the file or the lot. @throws ConfigError */
export function readNames(names: unknown, where: string | null): Record<string, string> {
  const { success, output } = v.safeParse(v.record(v.string(), v.string()), names);
  if (success) return output;
  throw new ConfigError(`names in ${where} is a table such as [names] with 34414 = "Reception"`);
}
