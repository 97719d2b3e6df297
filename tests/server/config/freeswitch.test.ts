// The settings of a relay on FreeSWITCH: from the command line, the environment and the file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../www/server/config/command-line.ts';
import { helpText } from '../../../www/server/config/help.ts';
import { allLots, oneLot } from '../../../www/server/config/one-lot.ts';
import { passwordWarning } from '../../../www/server/config/run-relay.ts';
import { lotOptions } from '../../../www/server/config/lot-options.ts';
import { readConfig, type Config, type Environment } from '../../../www/server/config/read.ts';
import { wantedLots } from '../../../www/server/config/run-lots.ts';

const FLAGS = '--freeswitch 127.0.0.1:8021 --lot valet_lot@default --extensions 1001,1002';
const TOML = 'freeswitch = "127.0.0.1"\nlot = "valet_lot"\nextensions = [1001]\n';
const HOSTED = 'upstream = "https://pbx.example"\nclient-id = "a"\nclient-secret-file = "secret"\n';

/** Reads settings. `args` is a command line, and `toml` the text of `valet-park.toml`. */
function read(args: string, environment: Environment = {}, toml?: string): Config {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (toml !== undefined) writeFileSync(join(folder, 'valet-park.toml'), toml);
  for (const [name, text] of Object.entries({ secret: 's3cret', password: 'p4ss-w0rd\n' })) {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  return readConfig(readCommandLine(args.split(' ').filter(Boolean)).flags, environment, folder);
}

/** Returns the options of the real switch in the settings of one lot. */
function switchOf(config: Config, environment: Environment = {}) {
  const { upstream, freeswitch, extensions } = lotOptions(config, environment, '/state');
  return { upstream, freeswitch, extensions };
}

test('the command line is enough, and takes the factory password on this machine', () => {
  expect(switchOf(read(FLAGS))).toEqual({
    upstream: undefined,
    freeswitch: { host: '127.0.0.1', port: 8021, password: 'ClueCon', lot: 'valet_lot@default' },
    extensions: ['1001', '1002'],
  });
});

test('a file, the environment and flags give the same settings', () => {
  const wanted = {
    freeswitch: {
      ...{ host: 'pbx.example', port: 8022, password: 'p4ss-w0rd', lot: 'valet_lot' },
      ...{ context: 'office', domain: 'pbx.example' },
    },
    extensions: ['1001'],
  };
  const toml =
    'freeswitch = "pbx.example:8022"\nfreeswitch-password-file = "password"\nlot = "valet_lot"\n' +
    'context = "office"\ndomain = "pbx.example"\nextensions = [1001]\n';
  expect(switchOf(read('', {}, toml))).toMatchObject(wanted);
  const variables = {
    VALET_PARK_FREESWITCH: 'pbx.example:8022',
    VALET_PARK_FREESWITCH_PASSWORD: 'p4ss-w0rd',
    VALET_PARK_LOT: 'valet_lot',
    VALET_PARK_CONTEXT: 'office',
    VALET_PARK_DOMAIN: 'pbx.example',
    VALET_PARK_EXTENSIONS: '1001',
  };
  expect(switchOf(read('', variables), variables)).toMatchObject(wanted);
  const flags =
    '--freeswitch pbx.example:8022 --lot valet_lot --context office --domain pbx.example --slot-names *## ' +
    '--extensions 1001';
  expect(switchOf(read(flags), variables)).toMatchObject(wanted);
});

test.for([
  ['127.0.0.1:8021', '127.0.0.1', 8021],
  ['localhost', 'localhost', 8021],
  ['[::1]:9000', '::1', 9000],
  ['[::1]', '::1', 8021],
] as const)('%s is an address of this machine', ([address, host, port]) => {
  const flags = FLAGS.replace('127.0.0.1:8021', address);
  expect(switchOf(read(flags)).freeswitch).toMatchObject({ host, port });
});

test.for([
  [
    '--freeswitch http://127.0.0.1',
    '--freeswitch is the address of the event socket of FreeSWITCH',
  ],
  ['--freeswitch 127.0.0.1:0', '--freeswitch is the address of the event socket'],
  ['--freeswitch 127.0.0.1:70000', '--freeswitch is the address of the event socket'],
  ['--freeswitch ClueCon@127.0.0.1', 'as 127.0.0.1:8021, not `ClueCon@127.0.0.1`'],
  ['--freeswitch [127.0.0.1]:1', '--freeswitch is the address of the event socket'],
  ["--lot a'b", '--lot is the name of a lot on FreeSWITCH: up to 100 letters, digits and'],
  ['--lot a,b', '--lot is the name of a lot on FreeSWITCH'],
  ['--context a|b', '--context is the name of a context on FreeSWITCH'],
  ['--domain pbx/example', '--domain is the name of a domain on FreeSWITCH'],
  ['--slot-names 60', '--slot-names is a pattern where # stands for the number, as 60## for 6001'],
  ['--slot-names ##p##', '--slot-names is a pattern'],
  ['--upstream https://pbx.example', 'name two switches: remove one of them'],
  [
    '--client-id a',
    '--client-id cannot stand beside --freeswitch: client-id belongs to a relay on',
  ],
  ['--numbers 1001=101', '--numbers cannot stand beside --freeswitch'],
  ['--public-url https://park.example', '--public-url cannot stand beside --freeswitch'],
  ['--subscribe', '--subscribe cannot stand beside --freeswitch'],
  [
    '--redis redis://redis',
    /^--redis cannot stand beside --freeswitch: one relay alone orders .* let/,
  ],
  ['--profile freeswitch', '--profile belongs to the embedded switch, but --freeswitch makes this'],
] as const)('%s is refused', ([flags, message]) => {
  expect(() => read(`${FLAGS} ${flags}`)).toThrow(message);
});

test('a setting of FreeSWITCH needs FreeSWITCH', () => {
  expect(() => read('--domain pbx.example')).toThrow('too, with --freeswitch 127.0.0.1:8021');
  expect(() => read('', {}, `${HOSTED}extensions = [1]\nlot = "valet_lot"`)).toThrow(
    /^lot in \S+ cannot stand beside upstream in \S+: lot belongs to a relay on FreeSWITCH/,
  );
});

test.for([
  ['lot', 'the relay needs lot: pass --lot, set VALET_PARK_LOT, or write lot into valet-park.toml'],
  ['extensions', 'the relay needs extensions: pass --extensions'],
] as const)('a relay on FreeSWITCH without %s says what is missing', ([name, message]) => {
  const flags = FLAGS.replace(new RegExp(`--${name} \\S+`), '');
  expect(() => switchOf(read(flags))).toThrow(message);
});

test('another machine needs a password that is not known to everyone', () => {
  const flags = FLAGS.replace('127.0.0.1', 'pbx.example');
  expect(() => switchOf(read(flags))).toThrow(
    '--freeswitch names another machine, so its password is needed: write it to a file, and name the ' +
      'file with freeswitch-password-file',
  );
  const environment = { VALET_PARK_FREESWITCH_PASSWORD: 'ClueCon' };
  expect(() => switchOf(read(flags, environment), environment)).toThrow(
    /^--freeswitch: FreeSWITCH on another machine must not have the factory password/,
  );
});

test('the factory password brings a warning, and another password none', () => {
  const warned = passwordWarning([lotOptions(read(FLAGS), {}, '/state')]);
  expect(warned).toMatch(/^Warning: FreeSWITCH has the factory password, .*\n$/);
  const toml = `${TOML}freeswitch-password-file = "password"`;
  expect(passwordWarning([lotOptions(read('', {}, toml), {}, '/state')])).toBe('');
});

test('no password gets into the command line or into the file', () => {
  expect(() => read(`${FLAGS} --freeswitch-password p4ss`)).toThrow(
    'name the file with --freeswitch-password-file',
  );
  const inFile = () => read('', {}, `${TOML}freeswitch-password = "p4ss-w0rd"`);
  expect(inFile).toThrow('set freeswitch-password-file to the path of that file');
  expect(inFile).not.toThrow('p4ss-w0rd');
});

test('--lot is a setting beside --freeswitch, and otherwise names one of several lots', () => {
  expect(readCommandLine(['--check', '--lot', 'acme'])).toMatchObject({ lot: 'acme', flags: {} });
  expect(readCommandLine(['--check', ...FLAGS.split(' ')])).toMatchObject({
    ...{ lot: null, flags: { lot: 'valet_lot@default' } },
  });
  expect(() => readCommandLine(['--lot', 'acme'])).toThrow(
    'pair, token and forget, or to --freesw',
  );
});

test('the help names each setting, in its own group', () => {
  const [, hosted = '', engine = ''] = helpText().split(/Options of a relay on .*:/);
  expect(hosted).toContain('--upstream <url>');
  expect(engine).toContain('--freeswitch <address>');
  expect(engine).toContain('--domain <name>');
});

const table = (name: string, keys: string) => `[[lot]]\nname = "${name}"\n${keys}`;

test('lots on one FreeSWITCH share its address and password', () => {
  const top = 'freeswitch = "127.0.0.1:8021"\nfreeswitch-password-file = "password"\n';
  const acme = table(
    'acme',
    'lot = "park@acme.example"\ndomain = "acme.example"\nextensions = [101]\n',
  );
  const globex = table(
    'globex',
    'kind = "freeswitch"\nlot = "park@globex.example"\nextensions = [101]\n',
  );
  const { lots, broken } = wantedLots(read('', {}, top + acme + globex), '/state');
  expect(broken).toEqual([]);
  expect(lots.map(({ name, freeswitch }) => [name, freeswitch])).toEqual([
    ['acme', expect.objectContaining({ lot: 'park@acme.example', domain: 'acme.example' })],
    ['globex', expect.objectContaining({ lot: 'park@globex.example', password: 'p4ss-w0rd' })],
  ]);
});

test('lots on FreeSWITCH and lots on a hosted switch stand in one file', () => {
  const own = 'freeswitch = "127.0.0.1"\nlot = "valet_lot"\nextensions = [1001]\n';
  const config = read('', {}, HOSTED + table('own', own) + table('far', 'extensions = [34414]\n'));
  expect(config.lots?.broken).toEqual([]);
  const [mine, far] = allLots(config, {}).map((lot) => switchOf(lot.config));
  expect([mine?.upstream, far?.freeswitch]).toEqual([undefined, undefined]);
  expect([mine?.freeswitch?.lot, far?.upstream?.url]).toEqual(['valet_lot', 'https://pbx.example']);
});

test.for([
  ['', 'extensions = [1]\n', /needs lot: write lot = "valet_lot" into its table/],
  ['', 'lot = "a"\n', /needs extensions: /],
  [
    '',
    'lot = "a"\nextensions = [1]\nclient-id = "a"\n',
    /^client-id of lot acme in .* beside freesw/,
  ],
  [
    '',
    'lot = "a"\nextensions = [1]\nkind = "hosted"\n',
    /^lot of lot acme in .* cannot stand beside/,
  ],
  [
    '',
    'upstream = "https://pbx.example"\nlot = "a"\nextensions = [1]\n',
    /beside upstream of lot acme/,
  ],
  [HOSTED, 'lot = "a"\nextensions = [1]\n', /has two switches, .* write kind = "freeswitch"/],
] as const)('with %j at the top, the lot %j is broken', ([top, keys, problem]) => {
  const text = `freeswitch = "127.0.0.1"\n${top}${table('acme', keys)}`;
  expect(read('', {}, text).lots?.broken).toEqual([
    { name: 'acme', problem: expect.stringMatching(problem) },
  ]);
});

test('a lot on FreeSWITCH does not go with Redis, and the other lots do', () => {
  const top = `${HOSTED}redis = "redis://redis"\n`;
  const own = table('own', 'freeswitch = "127.0.0.1"\nlot = "a"\nextensions = [1]\n');
  const config = read('', {}, top + own + table('far', 'extensions = [34414]\n'));
  const { lots, broken } = wantedLots(config, '/state');
  expect(lots.map(({ name }) => name)).toEqual(['far']);
  expect(broken).toEqual([
    {
      name: 'own',
      problem: expect.stringMatching(/^redis in \S+ and lot own: one relay alone orders/),
    },
  ]);
});

test('the lot on FreeSWITCH belongs to one lot only', () => {
  const acme = table('acme', 'extensions = [1]\n');
  expect(() => read(FLAGS.replace(/--ext\S+ \S+/, ''), {}, acme)).toThrow('belongs to one lot');
});

test('a lot has the password of the settings, and no variable of the process', () => {
  const config = read(
    '',
    {},
    `freeswitch = "127.0.0.1"\n${table('acme', 'lot = "a"\nextensions = [1]\n')}`,
  );
  const { config: own, environment } = oneLot(config, 'acme', {
    VALET_PARK_FREESWITCH_PASSWORD: 'of-the-process',
  });
  expect(switchOf(own, environment).freeswitch?.password).toBe('ClueCon');
});
