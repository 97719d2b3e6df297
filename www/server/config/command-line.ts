import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { GrantRequest } from '../access/administration.ts';
import { ConfigError } from './config-error.ts';
import { SETTING_NAMES, SETTINGS } from './settings.ts';
import type { Flags } from './read.ts';

/** The command of a command line, with its arguments. */
export type Command =
  | { readonly name: 'help' | 'run' | 'check' | 'init' }
  | { readonly name: 'token list' }
  | { readonly name: 'pair'; readonly code: string; readonly grant: GrantRequest }
  | { readonly name: 'token add'; readonly grant: GrantRequest }
  | { readonly name: 'token revoke'; readonly token: string }
  | { readonly name: 'forget'; readonly number: string };

/** A command line. */
export interface CommandLine {
  readonly command: Command;
  readonly flags: Flags;
  /** The lot that the command is about. Null: the only lot, or all of them. */
  readonly lot: string | null;
}

/**
 * Reads the command line, without the program.
 *
 * @throws ConfigError for a command or an option that does not exist.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  const { help, check, extension, name, expires, 'look-only': lookOnly, ...rest } = values;
  const { lot: named, ...others } = rest;
  // With --freeswitch, --lot is the lot on FreeSWITCH. Otherwise it is one of several lots.
  const isSetting = rest['freeswitch'] !== undefined;
  const flags: Flags = isSetting ? rest : others;
  const lot = typeof named === 'string' && !isSetting ? named : null;
  if (help === true) return { command: { name: 'help' }, flags, lot };

  const [first = 'run', second = ''] = positionals;
  const words = first === 'token' ? `token ${second}`.trim() : first;
  const form = FORMS[words];
  if (form === undefined) {
    const known = 'init, pair, token add, token list, token revoke and forget';
    throw new ConfigError(`there is no command \`${words}\`; the commands are ${known}`);
  }
  const after = positionals.slice(words.split(' ').length);
  if (after.length !== form.takes) throw new ConfigError(`write ${form.usage}`);
  const [argument = ''] = after;
  const isGrant = words === 'pair' || words === 'token add';
  const stray = ['extension', 'name', 'expires', 'look-only'].find(
    (key) => values[key] !== undefined,
  );
  if (!isGrant && stray !== undefined) {
    const hint = stray === 'extension' ? '; the relay has --extensions' : '';
    throw new ConfigError(`--${stray} belongs to pair and token add${hint}`);
  }
  if (check === true && words !== 'run') throw new ConfigError('--check stands without a command');
  if (
    lot !== null &&
    (words === 'init' || (words === 'run' && check !== true && !values['unsubscribe']))
  )
    throw new ConfigError(
      '--lot belongs to --check, --unsubscribe, pair, token and forget, or to --freeswitch',
    );
  return { command: commandOf(), flags, lot };

  function commandOf(): Command {
    switch (words) {
      case 'pair':
        return { name: 'pair', code: argument, grant: grantOf() };
      case 'token add':
        return { name: 'token add', grant: grantOf() };
      case 'token revoke':
        return { name: 'token revoke', token: argument };
      case 'forget':
        return { name: 'forget', number: argument };
      case 'token list':
      case 'init':
        return { name: words };
      default:
        return { name: check === true ? 'check' : 'run' };
    }
  }

  function grantOf(): GrantRequest {
    const extensions = [extension ?? []].flat().flatMap((text) => String(text).split(','));
    if (extensions.length === 0 || typeof name !== 'string') {
      throw new ConfigError(`write ${form?.usage ?? ''}`);
    }
    return {
      name,
      extensions: extensions.map((one) => one.trim()),
      ...(lookOnly === true ? { may: ['look'] as const } : {}),
      ...(typeof expires === 'string' ? { lifetimeMs: durationOf(expires) } : {}),
    };
  }
}

function parse(args: readonly string[]): { values: Flags; positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    return { values: values as Flags, positionals };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new ConfigError(message);
    const [, option = ''] = /'(-[^']*)'/.exec(message) ?? [];
    if (/secret|password/.test(option)) {
      const file = `--${option.includes('password') ? 'freeswitch-password' : 'client-secret'}-file`;
      throw new ConfigError(
        'a secret is no option, because other users see the options of a process: write the secret to a ' +
          `file, and name the file with ${file}`,
      );
    }
    throw new ConfigError(`there is no option ${option}`);
  }
}

/** Reads a duration, for example `90d`, as ms. */
function durationOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  if (unitMs !== undefined && Number(count) > 0) return Number(count) * unitMs;
  throw new ConfigError(`--expires is a number of minutes, hours or days, as 90d, not \`${text}\``);
}

/** The commands, how each is written, and how many words it takes. */
const FORMS: Readonly<Record<string, { usage: string; takes: 0 | 1 }>> = {
  run: { usage: 'valet-park without a command', takes: 0 },
  init: { usage: 'valet-park init', takes: 0 },
  pair: {
    usage: 'valet-park pair BCDF-GHJK --extension 34414 --name Reception',
    takes: 1,
  },
  'token add': {
    usage: 'valet-park token add --extension 34414 --name Reception',
    takes: 0,
  },
  'token list': { usage: 'valet-park token list', takes: 0 },
  forget: { usage: 'valet-park forget +79161112233', takes: 1 },
  'token revoke': { usage: 'valet-park token revoke <id or name>', takes: 1 },
};

const OPTIONS: NonNullable<ParseArgsConfig['options']> = {
  ...Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const { kind } = SETTINGS[name];
      const option = { type: kind === 'switch' ? 'boolean' : 'string', multiple: kind === 'list' };
      return [name, option as { type: 'boolean' | 'string'; multiple: boolean }];
    }),
  ),
  config: { type: 'string' },
  lot: { type: 'string' },
  check: { type: 'boolean' },
  help: { type: 'boolean' },
  extension: { type: 'string', multiple: true },
  name: { type: 'string' },
  expires: { type: 'string' },
  'look-only': { type: 'boolean' },
};
