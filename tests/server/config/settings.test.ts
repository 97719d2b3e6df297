import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../www/server/config/command-line.ts';
import { readConfig, type Config } from '../../../www/server/config/read.ts';
import { readSecret } from '../../../www/server/config/secret.ts';

function folder(files: Record<string, string> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** Reads settings. `args` is a command line, and `toml` the text of `valet-park.toml`. */
function read(args: string, environment: Record<string, string> = {}, toml?: string): Config {
  const { flags } = readCommandLine(args.split(' ').filter(Boolean));
  return readConfig(
    flags,
    environment,
    folder(toml === undefined ? {} : { 'valet-park.toml': toml }),
  );
}

const RELAY = `
upstream = "https://pbx.example"
client-id = "abc"
extensions = [34414, "34415"]
`;

test('without anything, every setting has its default', () => {
  expect(read('')).toMatchObject({ values: {}, names: {}, file: null });
});

test('a file, the environment and flags give the same settings', () => {
  const wanted = {
    upstream: 'https://pbx.example',
    'client-id': 'abc',
    extensions: ['34414', '34415'],
  };
  expect(read('', {}, RELAY).values).toEqual(wanted);
  const variables = {
    VALET_PARK_UPSTREAM: 'https://pbx.example',
    VALET_PARK_CLIENT_ID: 'abc',
    VALET_PARK_EXTENSIONS: '34414, 34415',
  };
  expect(read('', variables).values).toEqual(wanted);
  const flags = '--upstream https://pbx.example --client-id abc --extensions 34414,34415';
  expect(read(flags).values).toEqual(wanted);
  expect(read(flags.replace(',', ' --extensions ')).values).toEqual(wanted);
});

test.for(['redis://127.0.0.1:6379', 'rediss://park:pw@redis.example:6379/2', 'redis://redis'])(
  'the log can be in Redis at %s',
  (url) => {
    expect(read('', { VALET_PARK_REDIS: url }, RELAY).values.redis).toBe(url);
    expect(read('', {}, `${RELAY}redis = "${url}"`).values.redis).toBe(url);
  },
);

test('a flag overrules the environment, which overrules the file', () => {
  const toml = `${RELAY}port = 1`;
  const variables = { VALET_PARK_PORT: '2' };
  expect(read('', {}, toml).values.port).toBe(1);
  expect(read('', variables, toml).values.port).toBe(2);
  expect(read('--port 3', variables, toml).values.port).toBe(3);
});

test('an empty variable counts as missing', () => {
  expect(read('', { VALET_PARK_PORT: '' }).values.port).toBeUndefined();
});

test('the switch has yes-or-no settings as variables, too', () => {
  expect(read('', { VALET_PARK_STRICT: '1' }).values.strict).toBe(true);
  expect(() => read('', { VALET_PARK_STRICT: 'yes' })).toThrow('is true or false, not `yes`');
});

test('extensions can have names', () => {
  expect(read('', {}, `${RELAY}[names]\n34414 = "Reception"`).names).toEqual({
    34414: 'Reception',
  });
  expect(() => read('', {}, `${RELAY}names = 3`)).toThrow('is a table such as [names]');
});

test('a file, the environment and flags set up picking up alike', () => {
  const wanted = { 'pickup-extension': '34900', numbers: ['34414=341', '34900=900'] };
  const table = '[numbers]\n34414 = 341\n34900 = "900"';
  expect(read('', {}, `${RELAY}pickup-extension = "34900"\n${table}`).values).toMatchObject(wanted);
  const list = 'pickup-extension = "34900"\nnumbers = ["34414=341", "34900=900"]';
  expect(read('', {}, RELAY + list).values).toMatchObject(wanted);
  const variables = {
    VALET_PARK_PICKUP_EXTENSION: '34900',
    VALET_PARK_NUMBERS: '34414=341,34900=900',
  };
  expect(read('', variables, RELAY).values).toMatchObject(wanted);
  const flags = '--pickup-extension 34900 --numbers 34414=341,34900=900';
  expect(read(flags, {}, RELAY).values).toMatchObject(wanted);
});

test.for([
  ['--pickup-extension 34414 --numbers 34414=341', 'take `34414` out of extensions'],
  ['--pickup-extension @900', '--pickup-extension is the numeric id of an extension, as 34900'],
  ['--extensions @341', '--extensions is numeric ids of extensions with commas'],
  ['--pickup-extension 34900', '--pickup-extension needs the number of 34900, too'],
  ['--numbers 341', '--numbers is ids of extensions with their numbers, as 34414=341'],
] as const)('%s is refused', ([flags, message]) => {
  expect(() => read(flags, {}, RELAY)).toThrow(message);
});

test('a path in the file is relative to the file', () => {
  const path = folder({ 'a.toml': `${RELAY}state = "state"` });
  const { flags } = readCommandLine(['--config', join(path, 'a.toml')]);
  expect(readConfig(flags, {}, '/elsewhere').pathOf('state')).toBe(join(path, 'state'));
});

test.for([
  ['--port http', '--port is a whole number from 0 to 65535, not `http`'],
  ['--upstream pbx.example', '--upstream is the address of the switch without a path, as https://'],
  ['--upstream http://pbx.example', '--upstream is the address of the switch without a path'],
  ['--upstream https://pbx.example/api', '--upstream is the address of the switch without a path'],
  [
    '--upstream https://me:pw@pbx.example',
    '--upstream is the address of the switch without a path',
  ],
  ['--upstream https://pbx.example --extensions 34x', '--extensions is numeric ids of extensions'],
  [
    '--upstream https://pbx.example --origins https://a.example/',
    '--origins is origins with commas',
  ],
  ['--upstream https://pbx.example --trust-proxy proxy', '--trust-proxy is addresses with commas'],
  ['--upstream https://pbx.example --faults calm', '--faults belongs to the embedded switch, but'],
  ['--upstream https://pbx.example --redis localhost:6379', '--redis is an address as redis://'],
  ['--upstream https://pbx.example --redis redis://a/b', '--redis is an address as redis://'],
  ['--extensions 34414', '--extensions belongs to a relay: name the switch, too, with --upstream'],
  ['--client-secret abc', 'a secret is no option, because other users see'],
  ['--colour red', 'there is no option --colour'],
  ['start', 'there is no command `start`; the commands are init, pair, token add'],
  ['token', 'there is no command `token`; the commands are'],
  ['token remove x', 'there is no command `token remove`'],
  ['pair', 'write valet-park pair BCDF-GHJK --extension 34414 --name Reception'],
  ['pair BCDFGHJK', 'write valet-park pair BCDF-GHJK --extension 34414 --name Reception'],
  ['pair BCDF GHJK --extension 1 --name a', 'write valet-park pair BCDF-GHJK --extension'],
  ['token revoke', 'write valet-park token revoke <id or name>'],
  ['--extension 34414', '--extension belongs to pair and token add; the relay has --extensions'],
  ['token add --extension 1 --name a --expires soon', '--expires is a number of minutes, hours or'],
  ['init --check', '--check stands without a command'],
])('%s is refused, and the message says what is right', ([args, message]) => {
  expect(() => read(args ?? '')).toThrow(message);
});

test.for([
  ['upsteam = "https://pbx.example"', /unknown setting `upsteam`; the settings are port, host, /],
  ['port = "high"', /port in .*valet-park\.toml is a whole number from 0 to 65535, not `high`/],
  ['port = 70000', /is a whole number from 0 to 65535, not `70000`/],
  ['port = ', /valet-park\.toml, line 1: /],
] as const)('the file %j is refused, and the message says what is right', ([toml, message]) => {
  expect(() => read('', {}, toml)).toThrow(message);
});

test('a file that is named must exist', () => {
  expect(() => read('--config nowhere.toml')).toThrow(
    /nowhere\.toml cannot be read: there is no such/,
  );
});

test('no message shows a secret that is in the wrong place', () => {
  const secret = 'kZ8-secret-kZ8';
  const messages: string[] = [];
  const attempt = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      messages.push((error as Error).message);
    }
  };
  attempt(() => read(`--client-secret ${secret}`));
  attempt(() => read(`--client-secret=${secret}`));
  attempt(() => read(`--upstream https://pbx.example --redis http://park:${secret}@redis.example`));
  attempt(() => read('', {}, `${RELAY}client-secret = "${secret}"`));
  attempt(() => read('', {}, `${RELAY}client-secret = "${secret}`));
  attempt(() =>
    readSecret('client-secret', read('', {}, `${RELAY}client-secret-file = "${secret}"`), {}),
  );
  attempt(() => readSecret('client-secret', read(''), { VALET_PARK_CLIENT_SECRET: `${secret} ` }));
  expect(messages).toHaveLength(7);
  expect(messages.join()).not.toContain(secret);
});

test('a secret comes from a file, from the environment or from systemd', () => {
  const config = read('', {}, `${RELAY}client-secret-file = "secret"`);
  const path = folder({ secret: 'one\n', 'client-secret': 'three\n' });
  chmodSync(join(path, 'secret'), 0o600);
  chmodSync(join(path, 'client-secret'), 0o400);
  const { flags } = readCommandLine([
    '--client-secret-file',
    join(path, 'secret'),
    '--upstream',
    'https://a.b',
  ]);
  const named = readConfig(flags, {}, path);
  const environment = { VALET_PARK_CLIENT_SECRET: 'two' };
  const systemd = { ...environment, CREDENTIALS_DIRECTORY: path };
  expect(readSecret('client-secret', named, environment)).toBe('one');
  expect(readSecret('client-secret', read(''), environment)).toBe('two');
  expect(readSecret('client-secret', named, systemd)).toBe('three');
  expect(readSecret('client-secret', read(''), {})).toBeNull();
  expect(() => readSecret('client-secret', config, environment)).toThrow(
    /^client-secret-file in .* names a file that does not exist/,
  );
});

test.skipIf(process.platform === 'win32')('a secret that every user can read is refused', () => {
  const path = folder({ secret: 'one' });
  const config = readConfig(
    { 'client-secret-file': 'secret', upstream: 'https://pbx.example' },
    {},
    path,
  );
  for (const [mode, isRefused] of [
    [0o644, true],
    [0o604, true],
    [0o640, false],
    [0o600, false],
  ] as const) {
    chmodSync(join(path, 'secret'), mode);
    const attempt = () => readSecret('client-secret', config, {});
    if (isRefused) expect(attempt).toThrow(/every user can read: chmod 600/);
    else expect(attempt()).toBe('one');
  }
});

test('commands about tokens take a grant', () => {
  const grant = { name: 'Reception', extensions: ['34414', '34415'] };
  const args = ['--extension', '34414,34415', '--name', 'Reception'];
  expect(readCommandLine(['pair', 'BCDF-GHJK', ...args]).command).toEqual({
    ...{ name: 'pair', code: 'BCDF-GHJK', grant },
  });
  expect(
    readCommandLine(['token', 'add', ...args, '--expires', '90d', '--look-only']).command,
  ).toEqual({ name: 'token add', grant: { ...grant, may: ['look'], lifetimeMs: 7_776_000_000 } });
  expect(readCommandLine(['token', 'revoke', 'Reception']).command).toEqual({
    name: 'token revoke',
    token: 'Reception',
  });
});
