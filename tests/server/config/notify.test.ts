// The settings of notifications.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../www/server/config/command-line.ts';
import { notifyOptions } from '../../../www/server/config/notify-options.ts';
import { readConfig } from '../../../www/server/config/read.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Reads the options of notifications. `state` is the folder of a relay. */
function read(args: string, environment = {}, toml = '', state: string | null = null) {
  const cwd = newFolder();
  writeFileSync(join(cwd, 'valet-park.toml'), toml);
  const { flags } = readCommandLine(args.split(' ').filter(Boolean));
  return notifyOptions(readConfig(flags, environment, cwd), environment, state);
}

test('without a receiver there are no notifications', () => {
  expect(read('')).toBeNull();
});

test('flags, a variable and the file name the receivers', () => {
  const to = ['https://a.example/', 'slack=https://b.example/x?y=z'];
  const secret = { VALET_PARK_NOTIFY_SECRET: SECRET };
  const expected = { to, secret: SECRET, allowPrivate: false };
  expect(read(`--notify ${to[0]} --notify ${to[1]}`, secret)?.options).toEqual(expected);
  const variable = { ...secret, VALET_PARK_NOTIFY: to.join(',') };
  expect(read('', variable)?.options).toEqual(expected);
  expect(read('', secret, `notify = ${JSON.stringify(to)}`)?.options).toEqual(expected);
});

test('a relay keeps the secret that it makes up, readable by its owner only', () => {
  const state = join(newFolder(), 'state');
  const first = read('--notify https://a.example/', {}, '', state);
  const again = read('--notify https://a.example/', {}, '', state);
  const file = join(state, 'notify-secret');
  expect(first?.options.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  expect(again).toEqual(first);
  expect(readFileSync(file, 'utf8')).toBe(`${first?.options.secret}\n`);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(first?.text).toBe(`notifications: json a.example; signed with the secret in ${file}\n`);
});

test('the embedded switch prints the secret that it makes up', () => {
  const { options, text } = read('--notify https://a.example/') ?? {};
  expect(text).toContain(options?.secret);
});

test.for([
  ['--notify https://a.example/ --notify http://b.example/secret', /^--notify: a receiver of noti/],
  [
    '--notify pager=https://b.example/secret',
    /^--notify: a receiver has one of the formats json, /,
  ],
  ['--notify-private', /^--notify-private needs notify, too/],
  ['--notify-secret-file x', /names a file that does not exist/],
] as const)('%s is refused', ([args, message]) => {
  expect(() => read(args)).toThrow(message);
  expect(() => read(args)).not.toThrow(/b\.example/);
});

test('a wrong secret is refused, and not quoted', () => {
  const environment = { VALET_PARK_NOTIFY_SECRET: 'top-secret' };
  const reading = () => read('--notify https://a.example/', environment);
  expect(reading).toThrow(/^the secret of the notifications: .* whsec_ and 24 to 64 bytes/);
  expect(reading).not.toThrow(/top-secret/);
});

test('the file must not contain the secret itself', () => {
  expect(() => read('', {}, `notify-secret = "${SECRET}"`)).toThrow(/notify-secret-file/);
});

test('http and private addresses need a permission', () => {
  const to = 'http://10.0.0.7/parking';
  expect(read(`--notify ${to} --notify-private`)?.options).toMatchObject({ allowPrivate: true });
});
