// The lots in the settings: tables `[[lot]]`, and files in a folder.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../www/server/config/command-line.ts';
import { readConfig, type Config } from '../../../www/server/config/read.ts';

/** Reads settings from `valet-park.toml`. `files` are the files in the folder `lots.d`. */
function read(toml: string, files: Record<string, string> = {}, args = ''): Config {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'valet-park.toml'), toml);
  mkdirSync(join(folder, 'lots.d'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'lots.d', name), text);
  }
  return readConfig(readCommandLine(args.split(' ').filter(Boolean)).flags, {}, folder);
}

/** Returns the keys of a lot, with `changed` in place of the same keys. Undefined removes a key. */
function keys(changed: Record<string, string | undefined> = {}): string {
  const all: Record<string, string | undefined> = {
    upstream: '"https://pbx.example"',
    'client-id': '"abc"',
    'client-secret-file': '"secret"',
    extensions: '["34414"]',
    ...changed,
  };
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}

const table = (name: string, changed: Record<string, string | undefined> = {}) =>
  `[[lot]]\nname = "${name}"\n${keys(changed)}`;

/** Returns the names of the lots that are right, and what is wrong with the others. */
function lotsOf({ lots }: Config) {
  return { right: lots?.lots.map(({ name }) => name), broken: lots?.broken };
}

test('settings without lots are those of one lot', () => {
  expect(read(keys()).lots).toBeNull();
});

test('the keys at the top are the defaults of the lots', () => {
  const top = 'upstream = "https://pbx.example"\nclient-id = "top"\nslots = 20\n';
  const own = { upstream: undefined, 'client-id': undefined };
  const acme = table('acme', own) + '[lot.names]\n34414 = "Reception"\n';
  const { lots } = read(top + acme + table('globex', { slots: '7' }));
  expect(lots?.broken).toEqual([]);
  expect(lots?.lots.map(({ config: { values, names } }) => [values, names])).toMatchObject([
    [{ upstream: 'https://pbx.example', 'client-id': 'top', slots: 20 }, { 34414: 'Reception' }],
    [{ 'client-id': 'abc', slots: 7 }, {}],
  ]);
});

test.for([
  ['upstream', 'upstream = "https://pbx.example"'],
  ['client-id', 'client-id = "4b1f0c"'],
  ['client-secret-file', 'client-secret-file = "acme-secret"'],
  ['extensions', 'extensions = ["34414"]'],
] as const)('a lot without %s is broken, and the others are right', ([key, example]) => {
  const { right, broken } = lotsOf(read(table('acme', { [key]: undefined }) + table('globex')));
  expect(right).toEqual(['globex']);
  expect(broken).toEqual([{ name: 'acme', problem: expect.stringContaining(`needs ${key}: `) }]);
  expect(broken?.[0]?.problem).toMatch(/^lot acme in \S+valet-park\.toml needs/);
  expect(broken?.[0]?.problem).toContain(`write ${example} into its table`);
});

test.for([
  [
    { extension: '"34414"' },
    /^lot acme in \S+ has an unknown key `extension`; .* are name, kind, /,
  ],
  [{ port: '8080' }, /has an unknown key `port`/],
  [{ redis: '"redis://redis"' }, /has an unknown key `redis`/],
  [
    { 'client-secret': '"s3cret"' },
    /must not contain the secret itself: .* set client-secret-file/,
  ],
  [{ slots: '"many"' }, /^slots of lot acme in \S+ is .*, not `many`$/],
  [{ kind: '"own"' }, /^kind of lot acme in \S+ is one of hosted, freeswitch, not `own`$/],
  [{ names: '"Reception"' }, /^names in lot acme in \S+ is a table/],
] as const)('the keys %o make a lot broken', ([changed, problem]) => {
  const { right, broken } = lotsOf(read(table('acme', changed) + table('globex')));
  expect(right).toEqual(['globex']);
  expect(broken).toEqual([{ name: 'acme', problem: expect.stringMatching(problem) }]);
  expect(broken?.[0]?.problem).not.toContain('s3cret');
});

test('of two lots with the same name, neither is right', () => {
  const { right, broken } = lotsOf(read(table('acme') + table('globex') + table('acme')));
  expect(right).toEqual(['globex']);
  const problem = 'two lots have the name acme: give one of them another name';
  expect(broken).toEqual([{ name: 'acme', problem }]);
});

test('a table and a file with the same name are two lots with the same name', () => {
  const { right, broken } = lotsOf(
    read('lots = "lots.d"\n' + table('acme'), { 'acme.toml': keys() }),
  );
  expect(right).toEqual([]);
  expect(broken).toMatchObject([{ name: 'acme' }]);
});

test.for([
  ['[[lot]]\n' + keys(), /^the 2nd \[\[lot\]\] in \S+ needs a name, as name = "acme"$/],
  [table('Acme'), /^the name of the 2nd \[\[lot\]\] in \S+ is 1 to 63 .*, not `Acme`$/],
  [table('a/b'), /not `a\/b`$/],
] as const)('the table %o has no right name', ([wrong, problem]) => {
  const { right, broken } = lotsOf(read(table('globex') + wrong));
  expect(right).toEqual(['globex']);
  expect(broken).toEqual([{ name: null, problem: expect.stringMatching(problem) }]);
});

test.for([
  ['extensions', '["34414"]'],
  ['pickup-extension', '"900"'],
  ['numbers', '["34414=341"]'],
  ['notify', '["https://receiver.example/"]'],
  ['notify-secret-file', '"secret"'],
] as const)('%s is not a default of all lots', ([key, value]) => {
  expect(() => read(`${key} = ${value}\n${table('acme')}`)).toThrow(
    new RegExp(`^${key} in \\S+ belongs to one lot: write ${key} into the table of that lot$`),
  );
});

test('an option for one lot is not a default of all lots', () => {
  const message = '--extensions belongs to one lot: write extensions into the table of that lot';
  expect(() => read(table('acme'), {}, '--extensions 34414')).toThrow(message);
});

test('names are not a default of all lots', () => {
  expect(() => read(`${table('acme')}[names]\n34414 = "Reception"\n`)).toThrow(
    /^names in \S+ belongs to one lot: write \[lot\.names\] after its \[\[lot\]\]$/,
  );
});

test('a table [lot] in place of [[lot]] is a mistake', () => {
  expect(() => read(`[lot]\nname = "acme"\n${keys()}`)).toThrow(
    /write \[\[lot\]\] before each lot$/,
  );
});

test('each file of the folder is a lot, and a broken file does not disturb the others', () => {
  const config = read('lots = "lots.d"\nslots = 20\n', {
    'acme.toml': keys(),
    'broken.toml': 'upstream = "https://\n',
    'globex.toml': 'name = "globex"\n' + keys(),
    'moved.toml': 'name = "other"\n' + keys(),
    '.acme.toml.swp': 'not a lot',
    'notes.txt': 'not a lot',
  });
  expect(lotsOf(config)).toEqual({
    right: ['acme', 'globex'],
    broken: [
      { name: 'broken', problem: expect.stringMatching(/broken\.toml, line 1: /) },
      {
        name: 'moved',
        problem: expect.stringMatching(/is the name of the file: write name = "moved"$/),
      },
    ],
  });
  expect(config.lots?.lots[0]?.config.values).toMatchObject({ slots: 20 });
  // A path in a file is relative to the folder of the file.
  const [acme] = config.lots?.lots ?? [];
  expect(acme?.config.pathOf('client-secret-file')).toMatch(/lots\.d\/secret$/);
});

test('a folder of lots that does not exist is a mistake', () => {
  expect(() => read('lots = "nowhere"\n')).toThrow(
    /^lots in \S+ names a folder that does not exist$/,
  );
});

test('a setting of the embedded switch does not go with lots', () => {
  expect(() => read(table('acme'), {}, '--hourly 100')).toThrow(
    /^--hourly belongs to the embedded switch, but a \[\[lot\]\] makes this a relay/,
  );
});
