// The command as an administrator uses it: from nothing to a paired panel.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startSwitch } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';

const CLI = fileURLToPath(new URL('cli.js', import.meta.resolve('valet-park/server')));
const CLIENT = { id: 'relay', secret: 's3cret-s3cret' };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Runs the command in a folder. `until` resolves when the output contains a text. */
function run(cwd: string, args: string[], input = '', env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    ...{ cwd, stdio: ['pipe', 'pipe', 'pipe'] },
    env: { PATH: process.env['PATH'], ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end(input);
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }));
  });
  const until = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve(output);
      };
      child.stdout.on('data', look);
      void ended.then(({ errors }) => reject(new Error(errors)));
      look();
    });
  return { child, ended, until };
}

test('an administrator gets from nothing to a paired panel, and back', async () => {
  const pbx = await startSwitch({ strict: CLIENT });
  onTestFinished(() => pbx.close());
  const cwd = folder();
  const answers = [pbx.url, CLIENT.id, `${RECEPTION},${SALES}`, '', CLIENT.secret, ''];
  expect(await run(cwd, ['init'], answers.join('\n') + '\n').ended).toMatchObject({ code: 0 });
  expect(await run(cwd, ['--check']).ended).toMatchObject({ code: 0, errors: '' });

  const relay = run(cwd, ['--port', '0']);
  const [, url = ''] = /listens at (\S+)/.exec(await relay.until('valet-park pair')) ?? [];
  expect((await fetch(`${url}/`)).headers.get('content-type')).toMatch(/^text\/html/);
  const { code, device } = await (await fetch(`${url}/pair`, { method: 'POST' })).json();
  const grant = ['--extension', RECEPTION, '--name', 'Reception'];
  expect(await run(cwd, ['pair', 'BCDF-BCDF', ...grant]).ended).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/^valet-park: no panel shows this code: /),
  });
  expect(await run(cwd, ['pair', code, ...grant]).ended).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Reception \(\w+, extensions: 34414\) is paired\./),
  });
  const body = JSON.stringify({ device });
  const { token } = await (await fetch(`${url}/pair/poll`, { method: 'POST', body })).json();
  const headers = { authorization: `Bearer ${token}` };
  const feed = await fetch(`${url}/feed?extension=${RECEPTION}`, { headers });
  expect(feed.status).toBe(200);

  const { output } = await run(cwd, ['token', 'list']).ended;
  expect(output).toMatch(/^ID .*\n\w{12} +Reception +34414 +look,act .*\n$/);
  expect(await run(cwd, ['token', 'revoke', 'Reception']).ended).toMatchObject({ code: 0 });
  await feed.text(); // The relay ends the feed.
  expect((await fetch(`${url}/access`, { headers })).status).toBe(401);
  expect(await run(cwd, ['forget', '+79161112233']).ended).toMatchObject({
    output: '0 calls of this number removed from the journal.\n',
  });

  relay.child.kill('SIGTERM');
  const { code: exit, output: printed, errors: log } = await relay.ended;
  expect(exit).toBe(0);
  // The log is JSON lines, one for each request, and nothing contains a secret.
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ route }) => route)).toContain('feed');
  for (const secret of [CLIENT.secret, String(token).slice(16), code, device]) {
    expect(printed + log).not.toContain(String(secret));
  }

  // Without a running relay, the commands change the file.
  expect(await run(cwd, ['token', 'add', ...grant]).ended).toMatchObject({
    output: expect.stringMatching(/^The token of Reception .*\nvp_\w{12}_[\w-]{43}\n$/),
  });
  expect(readFileSync(join(cwd, 'valet-park-state/tokens.json'), 'utf8')).toContain('Reception');
  expect(await run(cwd, ['pair', code, ...grant]).ended).toMatchObject({
    code: 1,
    errors: expect.stringContaining('the relay is not running: start it'),
  });
});

test('the environment can set everything, and --subscribe creates and removes the web hooks', async () => {
  const pbx = await startSwitch({ strict: CLIENT });
  onTestFinished(() => pbx.close());
  const cwd = folder();
  const env = {
    VALET_PARK_UPSTREAM: pbx.url,
    VALET_PARK_CLIENT_ID: CLIENT.id,
    VALET_PARK_CLIENT_SECRET: CLIENT.secret,
    VALET_PARK_EXTENSIONS: RECEPTION,
    VALET_PARK_PORT: '0',
    VALET_PARK_STATE: join(cwd, 'elsewhere'),
    VALET_PARK_PUBLIC_URL: 'http://127.0.0.1:9',
  };
  const relay = run(cwd, ['--subscribe'], '', env);
  expect(await relay.until('listens at')).toContain(join(cwd, 'elsewhere'));
  await expect.poll(() => hooksAt(pbx.url), { timeout: 60_000 }).toBeGreaterThan(0);
  relay.child.kill('SIGINT');
  expect(await relay.ended).toMatchObject({ code: 0 });
  expect(await run(cwd, ['--unsubscribe'], '', env).ended).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^\d+ web hooks of this relay are removed/),
  });
  expect(await hooksAt(pbx.url)).toBe(0);
});

/** Returns the number of web hooks at the switch. */
async function hooksAt(url: string): Promise<number> {
  const form = {
    grant_type: 'client_credentials',
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
  };
  const body = new URLSearchParams(form);
  const granted = await fetch(`${url}/oauth/token`, { method: 'POST', body });
  const { access_token: token } = await granted.json();
  const ask = async (path: string) =>
    (
      await fetch(`${url}/api/ver1.0${path}`, { headers: { authorization: `Bearer ${token}` } })
    ).json();
  const { client_id: client } = await ask('/user/');
  const lists = [`/client/${client}/phone_events/`, `/extension/${RECEPTION}/event/`];
  const found = await Promise.all(lists.map(ask));
  return found.flat().length;
}

test.for([
  [['--upstream', 'https://pbx.example'], /the relay needs client-secret-file: pass/],
  [['--check'], /--check tries the settings of a relay: name the switch with --upstream/],
  [['token', 'list'], /no relay is set up here: run this in the folder of valet-park\.toml/],
  [['--upstream', 'https://pbx.example', '--faults', 'calm'], /--faults belongs to the embedded/],
] as const)('%j is refused with the exit code 2', async ([args, message]) => {
  const { code, output, errors } = await run(folder(), [...args]).ended;
  expect([code, output]).toEqual([2, '']);
  expect(errors).toMatch(message);
  expect(errors).toMatch(/\nTry: valet-park --help\n$/);
});

test('a broken configuration file stops everything but the help', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'valet-park.toml'), 'upstream = \n');
  expect(await run(cwd, []).ended).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/valet-park\.toml, line 1: /),
  });
  expect(await run(cwd, ['--help']).ended).toMatchObject({ code: 0, errors: '' });
});
