import * as v from 'valibot';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from '../defaults.ts';
import { DIALECTS } from '../exchange/dialect.ts';
import { PROFILES } from '../exchange/profile.ts';
import {
  DEFAULT_CONTEXT,
  ENGINE_NAME,
  ENGINE_NAME_RIGHT,
  readEngineAddress,
} from '../freeswitch/options.ts';
import { SLOT_NAMES, SLOT_NAMES_RIGHT } from '../freeswitch/slot-names.ts';
import { isLocal } from '../http/nearby.ts';

/** A setting: a flag, an environment variable and a key of the configuration file. */
export interface Setting<Value = unknown> {
  /** How the text of a flag or of a variable is read. A `switch` flag takes no value. */
  readonly kind: 'text' | 'number' | 'list' | 'switch';
  /** The value in the help, for example `<port>`. */
  readonly placeholder: string;
  /** The description in the help. */
  readonly help: string;
  /** Describes a right value. Completes the sentence `--port is …`. */
  readonly right: string;
  /**
   * Which program has the setting: the embedded switch, each relay, or both; or only a relay on a hosted
   * switch, or only one on FreeSWITCH.
   */
  readonly of: 'switch' | 'relay' | 'both' | 'hosted' | 'freeswitch';
  readonly schema: v.GenericSchema<unknown, Value>;
}

/** All settings, in the order of the help. */
export const SETTINGS = {
  port: number('both', '<port>', 0, 65_535, 'the port; 0 takes any free port (default 8341)'),
  host: text('both', '<host>', 'an address', 'the address (default 127.0.0.1, this machine only)'),
  slots: number(
    'both',
    '<count>',
    1,
    65_535,
    `the number of slots in the lot (default ${DEFAULT_SLOTS})`,
  ),
  dialect: oneOf(
    'both',
    DIALECTS,
    'the version of the documentation: classic, or current, where park and slots need a slot ' +
      '(default classic)',
  ),
  patience: number(
    'both',
    '<s>',
    0,
    86_400,
    `how long a call waits, in seconds; 0 is for ever (default ${DEFAULT_PATIENCE_MS / 1_000})`,
  ),
  notify: list(
    'both',
    '<urls>',
    /^\S+$/,
    'URLs with commas between them, as https://crm.example/parking or slack=https://hooks.slack.com/…',
    'who is notified of parked calls, as https://crm.example/parking; slack=, teams= or ntfy= before ' +
      'the URL sends a text for people; can be repeated',
  ),
  'notify-secret-file': text(
    'both',
    '<file>',
    'a path',
    'the file with the secret that signs the notifications (default: one that is made up)',
  ),
  'notify-private': flag(
    'both',
    'notify also receivers with private addresses, and receivers without https',
  ),
  token: text(
    'switch',
    '<token>',
    'a token',
    'the token of the clients (default: a random one, printed)',
  ),
  profile: oneOf(
    'switch',
    PROFILES,
    'how calls are parked: lot, as specified, or freeswitch, as a real switch was seen to park, ' +
      'with its races (default lot)',
  ),
  strict: flag(
    'switch',
    'offer only what a real switch offers: no feed and no page; clients get tokens with the client ' +
      'id and the client secret, which are printed',
  ),
  hourly: number(
    'switch',
    '<count>',
    1,
    999_999_999,
    'the number of API requests per hour (default 100000)',
  ),
  'refuse-parked': flag(
    'switch',
    'refuse questions that are asked with a parked call, as some switches may',
  ),
  faults: text(
    'switch',
    '<faults>',
    'a list of faults',
    'the faults: calm, rough, storm, or a list such as seed=7,delay=50..800,lost=0.02 (default calm)',
  ),
  upstream: {
    ...text(
      'hosted',
      '<url>',
      'the address of the switch without a path, as https://pbx.example (http:// for this machine only)',
      'the address of the real switch, as https://pbx.example',
    ),
    schema: v.pipe(v.string(), v.check(isUpstream)),
  },
  'client-id': text('hosted', '<id>', 'the client id', 'the client id that the switch gave you'),
  'client-secret-file': text(
    'hosted',
    '<file>',
    'a path',
    'the file with the client secret; only its owner may read it',
  ),
  freeswitch: {
    ...text(
      'freeswitch',
      '<address>',
      'the address of the event socket of FreeSWITCH, as 127.0.0.1:8021',
      'the event socket of your FreeSWITCH, as 127.0.0.1:8021',
    ),
    schema: v.pipe(
      v.string(),
      v.check((address) => readEngineAddress(address) !== null),
    ),
  },
  'freeswitch-password-file': text(
    'freeswitch',
    '<file>',
    'a path',
    'the file with the password of the event socket; only its owner may read it (default: the factory ' +
      'password, on this machine only)',
  ),
  lot: engineName('lot', 'the name of the lot on FreeSWITCH, as in valet_park valet_lot 5'),
  context: engineName(
    'context',
    `the context in which the extensions are dialled (default ${DEFAULT_CONTEXT})`,
  ),
  domain: engineName(
    'domain',
    'the domain of the extensions, as in 1001@pbx.example (default: the variable domain of FreeSWITCH)',
  ),
  'slot-names': {
    ...text(
      'freeswitch',
      '<pattern>',
      SLOT_NAMES_RIGHT,
      'the names of the slots in the dialplan, where # stands for the number, as 60## for 6001 to 6099 ' +
        '(default #)',
    ),
    schema: v.pipe(v.string(), v.regex(SLOT_NAMES)),
  },
  extensions: list(
    'relay',
    '<ids>',
    /^\d{1,15}$/,
    'numeric ids of extensions with commas between them, as 34414,34415',
    'the extensions that the relay serves, as 34414,34415',
  ),
  'pickup-extension': {
    ...text(
      'hosted',
      '<id>',
      'the numeric id of an extension, as 34900',
      'the extension that answers by itself, so that panels can pick up (default: they cannot)',
    ),
    schema: v.pipe(v.string(), v.regex(/^\d{1,15}$/)),
  },
  numbers: list(
    'hosted',
    '<ids>',
    /^\d{1,15}=[+\d*#]{1,32}$/,
    'ids of extensions with their numbers, as 34414=341,34900=900; in the file also a table [numbers]',
    'the numbers that people dial for the extensions, as 34414=341,34900=900, for picking up',
  ),
  budget: number(
    'hosted',
    '<count>',
    1,
    999_999_999,
    'the most requests an hour that the relay sends to the switch (default: what the switch allows)',
  ),
  lots: text(
    'relay',
    '<folder>',
    'a path',
    'the folder with one file for each lot, as acme.toml, for several lots in one relay; the relay ' +
      'notices changes (default: one lot, or the tables [[lot]] of the file)',
  ),
  state: text(
    'relay',
    '<folder>',
    'a path',
    'the folder of the tokens and the log (default: valet-park-state beside the configuration file)',
  ),
  log: oneOf(
    'relay',
    ['file', 'memory'],
    'where the log is kept: file survives a restart (default file)',
  ),
  redis: {
    ...text(
      'hosted',
      '<url>',
      'an address as redis://127.0.0.1:6379, or rediss:// with TLS',
      'the Redis in which several relays of one lot share their log; needs @redis/client (default: one ' +
        'relay, no Redis)',
    ),
    schema: v.pipe(v.string(), v.regex(/^rediss?:\/\/[^/?#]+(\/\d*)?$/)),
  },
  history: number(
    'relay',
    '<count>',
    0,
    100_000,
    'how many departed calls the journal keeps; 0 keeps none (default 500)',
  ),
  'history-hours': number(
    'relay',
    '<h>',
    0,
    8_760,
    'how long the journal keeps a departed call, in hours (default 24)',
  ),
  'public-url': {
    ...text(
      'hosted',
      '<url>',
      'an address without a path, as https://park.example',
      'the address at which the switch reaches the relay, for call events',
    ),
    schema: v.pipe(v.string(), v.check(isPublicUrl)),
  },
  subscribe: flag(
    'hosted',
    'create the web hooks for call events that are missing at the switch; needs --public-url',
  ),
  unsubscribe: flag('hosted', 'remove the web hooks of this relay from the switch, and end'),
  'trust-proxy': list(
    'relay',
    '<addresses>',
    /^[\da-f.:]+(\/\d{1,3})?$/i,
    'addresses with commas between them, as 127.0.0.1 or 10.0.0.0/8',
    'the proxies whose X-Forwarded-For counts, as 127.0.0.1 (default: none)',
  ),
  origins: {
    ...list(
      'relay',
      '<origins>',
      /^/,
      'origins with commas between them, as https://crm.example',
      'the pages of other origins that may use the relay, as https://crm.example (default: none)',
    ),
    schema: v.pipe(v.array(v.pipe(v.string(), v.check(isOrigin))), v.minLength(1)),
  },
  'metrics-port': number(
    'relay',
    '<port>',
    0,
    65_535,
    'a second port for /metrics, /readyz and /healthz, for a monitoring on another machine (default: ' +
      'none; programs of this machine use the first port)',
  ),
  'metrics-host': text(
    'relay',
    '<host>',
    'an address',
    'the address of that port (default: --host)',
  ),
  'log-level': oneOf(
    'relay',
    ['info', 'warn', 'silent'],
    'info logs each request, without personal data (default info)',
  ),
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

/** The values of the settings that were given. */
export type Values = {
  readonly [Name in SettingName]?: v.InferOutput<(typeof SETTINGS)[Name]['schema']>;
};

/** All names of settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** The environment variable of a setting: `client-id` is `VALET_PARK_CLIENT_ID`. */
export function variableOf(name: string): string {
  return `VALET_PARK_${name.toUpperCase().replaceAll('-', '_')}`;
}

function number(
  of: Setting['of'],
  placeholder: string,
  lowest: number,
  highest: number,
  help: string,
) {
  return {
    kind: 'number',
    of,
    placeholder,
    help,
    right: `a whole number from ${lowest} to ${highest}`,
    schema: v.pipe(v.number(), v.integer(), v.minValue(lowest), v.maxValue(highest)),
  } as const;
}

function text(of: Setting['of'], placeholder: string, right: string, help: string) {
  const schema = v.pipe(v.string(), v.nonEmpty());
  return { kind: 'text', of, placeholder, help, right, schema } as const;
}

function engineName(what: string, help: string) {
  const right = `the name of a ${what} on FreeSWITCH: ${ENGINE_NAME_RIGHT}`;
  const schema = v.pipe(v.string(), v.regex(ENGINE_NAME));
  return { kind: 'text', of: 'freeswitch', placeholder: '<name>', help, right, schema } as const;
}

function oneOf<const Word extends string>(of: Setting['of'], words: readonly Word[], help: string) {
  const right = `one of ${words.join(', ')}`;
  return {
    kind: 'text',
    of,
    placeholder: '<name>',
    help,
    right,
    schema: v.picklist(words),
  } as const;
}

function list(of: Setting['of'], placeholder: string, form: RegExp, right: string, help: string) {
  const schema = v.pipe(v.array(v.pipe(v.string(), v.regex(form))), v.minLength(1));
  return { kind: 'list', of, placeholder, help, right, schema } as const;
}

function flag(of: Setting['of'], help: string) {
  return {
    kind: 'switch',
    of,
    placeholder: '',
    help,
    right: 'true or false',
    schema: v.boolean(),
  } as const;
}

/** True for the address of a switch. A secret must not travel over a network without encryption. */
function isUpstream(address: string): boolean {
  return isPublicUrl(address) && (address.startsWith('https:') || isLocal(address));
}

/** True for an HTTP address without a path. */
function isPublicUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, pathname, search, hash, username } = new URL(address);
  return /^https?:$/.test(protocol) && `${pathname}${search}${hash}${username}` === '/';
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && text !== 'null';
}
