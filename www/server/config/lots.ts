import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { isLotName, LOT_NAME } from '../lots/name.ts';
import { ConfigError } from './config-error.ts';
import {
  checkPickUp,
  configOf,
  fromFile,
  readFile,
  readNames,
  refuseSecret,
  shown,
  type BrokenLot,
  type Config,
  type ConfiguredLot,
  type Given,
  type LotsInConfig,
} from './config.ts';
import { refuseOther, type SwitchKind } from './mixed.ts';
import { SETTINGS, type SettingName } from './settings.ts';

/** The settings of a lot that can also stand at the top, for all lots that do not have their own. */
const DEFAULTS: readonly SettingName[] = [
  'upstream',
  'client-id',
  'client-secret-file',
  'freeswitch',
  'freeswitch-password-file',
  'context',
  'domain',
  'slot-names',
  'dialect',
  'slots',
  'patience',
  'budget',
  'history',
  'history-hours',
  'subscribe',
  'origins',
  'notify-private',
];

/** The settings that belong to one lot only. At the top, they would mix the lots. */
const OWN: readonly SettingName[] = [
  'lot',
  'extensions',
  'pickup-extension',
  'numbers',
  'notify',
  'notify-secret-file',
];

/** A lot has its own `public-url` too, which is not the default of the other lots. */
const OF_LOT: readonly SettingName[] = [...DEFAULTS, ...OWN, 'public-url'];

const KINDS: readonly SwitchKind[] = ['hosted', 'freeswitch'];

/** A table as it was found. */
interface Found {
  readonly table: unknown;
  /** The file of the table. */
  readonly file: string;
  /** How a message names the table if it has no name. */
  readonly place: string;
  /** The name that the file gives to the lot. Null: the table names it. */
  readonly named: string | null;
}

/**
 * Reads the lots from the tables `[[lot]]` of the configuration file, and from the files in the folder
 * `lots`. Null if there are neither. Problems of single lots are returned, not thrown.
 *
 * @throws ConfigError for the settings at the top.
 */
export function readLots(
  tables: unknown,
  file: string | null,
  given: ReadonlyMap<SettingName, Given>,
): LotsInConfig | null {
  const source = given.get('lots');
  if (tables === undefined && source === undefined) return null;
  for (const name of OWN) {
    const origin = given.get(name)?.origin;
    if (origin !== undefined) {
      throw new ConfigError(
        `${origin} belongs to one lot: write ${name} into the table of that lot`,
      );
    }
  }
  const lots = new Map<string, ConfiguredLot>();
  const broken = new Map<string, BrokenLot>();
  const nameless: BrokenLot[] = [];
  const found = [...fromTables(tables, file), ...(source === undefined ? [] : fromFolder(source))];
  for (const one of found) {
    let name: string | null = one.named;
    try {
      const table = tableOf(one);
      name = nameOf(table, one);
      if (lots.has(name) || broken.has(name)) {
        throw new ConfigError(`two lots have the name ${name}: give one of them another name`);
      }
      lots.set(name, { name, config: readLot(name, table, one.file, given) });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const problem = { name, problem: error.message };
      if (name === null) nameless.push(problem);
      else broken.set(name, problem);
    }
  }
  for (const name of broken.keys()) lots.delete(name);
  return { lots: [...lots.values()], broken: [...broken.values(), ...nameless] };
}

function fromTables(tables: unknown, file: string | null): Found[] {
  if (tables === undefined) return [];
  const path = file ?? '';
  if (!Array.isArray(tables)) {
    throw new ConfigError(`lot in ${path} is a list of tables: write [[lot]] before each lot`);
  }
  return tables.map((table: unknown, at) => {
    const place = `the ${ordinal(at + 1)} [[lot]] in ${path}`;
    return { table, file: path, place, named: null };
  });
}

/** Reads the files of a folder. A file that cannot be read is a broken lot. */
function fromFolder({ value, origin, folder: base }: Given): Found[] {
  const folder = resolve(base, String(value));
  if (!existsSync(folder)) throw new ConfigError(`${origin} names a folder that does not exist`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.toml') && !name.startsWith('.'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      return { table: file, file, place: file, named: basename(name, '.toml') };
    });
}

function tableOf({ table, place }: Found): Record<string, unknown> {
  // The text is the path of a file with one lot.
  const read = typeof table === 'string' ? readFile(table) : table;
  const { success, output } = v.safeParse(v.record(v.string(), v.unknown()), read);
  if (success) return output;
  throw new ConfigError(`${place} is a table: write [[lot]] before each lot`);
}

function nameOf({ name }: Record<string, unknown>, { named, place }: Found): string {
  const own = name ?? named;
  if (own === null) throw new ConfigError(`${place} needs a name, as name = "acme"`);
  if (typeof own !== 'string' || !isLotName(own)) {
    throw new ConfigError(`the name of ${place} is ${LOT_NAME}, not \`${shown(own)}\``);
  }
  if (named === null || own === named) return own;
  throw new ConfigError(`name in ${place} is the name of the file: write name = "${named}"`);
}

function readLot(
  name: string,
  { name: _, kind, names = {}, ...table }: Record<string, unknown>,
  file: string,
  top: ReadonlyMap<SettingName, Given>,
): Config {
  const where = `lot ${name} in ${file}`;
  const own = new Map<SettingName, Given>();
  for (const [key, value] of Object.entries(table)) {
    const setting = OF_LOT.find((known) => known === key);
    if (setting === undefined) throw unknownKey(key, where);
    const origin = `${key} of ${where}`;
    own.set(setting, { value: fromFile(setting, value), origin, folder: dirname(file) });
  }
  const switchKind = kindOf(kind, own, top, where);
  const given = new Map<SettingName, Given>();
  for (const setting of DEFAULTS) {
    const one = top.get(setting);
    const { of } = SETTINGS[setting];
    // Another lot may have a switch of the other kind.
    const isOther = of !== switchKind && (of === 'hosted' || of === 'freeswitch');
    if (one !== undefined && !isOther) given.set(setting, one);
  }
  for (const [setting, one] of own) given.set(setting, one);
  // Here `public-url` is also the host name of the lot.
  const bound = new Map([...own].filter(([setting]) => setting !== 'public-url'));
  refuseOther(switchKind, bound, given.get(SOURCES[switchKind])?.origin ?? `kind of ${where}`);
  const config = configOf(given, readNames(names, where), file);
  checkPickUp(config.values, given);
  for (const needed of NEEDED[switchKind]) {
    if (given.has(needed)) continue;
    throw new ConfigError(`${where} needs ${needed}: write ${EXAMPLES[needed]} into its table`);
  }
  return config;
}

/** Returns the kind of the switch of a lot. @throws ConfigError if the settings do not say it. */
function kindOf(
  kind: unknown,
  own: ReadonlyMap<SettingName, Given>,
  top: ReadonlyMap<SettingName, Given>,
  where: string,
): SwitchKind {
  if (kind !== undefined) {
    const known = KINDS.find((one) => one === kind);
    if (known !== undefined) return known;
    throw new ConfigError(`kind of ${where} is one of ${KINDS.join(', ')}, not \`${shown(kind)}\``);
  }
  const [ownKind] = KINDS.filter((one) => own.has(SOURCES[one]));
  const [first = 'hosted', second] = KINDS.filter((one) => top.has(SOURCES[one]));
  if (ownKind !== undefined) return ownKind;
  if (second === undefined) return first;
  throw new ConfigError(
    `${where} has two switches, upstream and freeswitch: write kind = "freeswitch" or kind = "hosted" ` +
      'into its table',
  );
}

function unknownKey(key: string, where: string): ConfigError {
  refuseSecret(key, where);
  const known = ['name', 'kind', ...OF_LOT, 'names'].join(', ');
  return new ConfigError(`${where} has an unknown key \`${key}\`; the keys of a lot are ${known}`);
}

function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const end = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${end}`;
}

/** The setting that names the switch. */
const SOURCES = { hosted: 'upstream', freeswitch: 'freeswitch' } as const;

/** The settings without which a lot cannot run. */
const NEEDED = {
  hosted: ['upstream', 'client-id', 'client-secret-file', 'extensions'],
  freeswitch: ['freeswitch', 'lot', 'extensions'],
} as const;

const EXAMPLES = {
  freeswitch: 'freeswitch = "127.0.0.1:8021"',
  lot: 'lot = "valet_lot"',
  upstream: 'upstream = "https://pbx.example"',
  'client-id': 'client-id = "4b1f0c"',
  'client-secret-file': 'client-secret-file = "acme-secret"',
  extensions: 'extensions = ["34414"]',
} as const;
