// The lots of a running process follow the configuration: at SIGHUP, and when the folder of lots changes.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startSwitch } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';
import { SLOW } from '../lots/world.ts';

const CLI = fileURLToPath(new URL('cli.js', import.meta.resolve('valet-park/server')));
const CLIENT = { id: 'relay', secret: 's3cret-s3cret' };

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** Starts a process in a folder. `write` changes a file in one step, as `mv` does. */
async function open(files: (keys: string) => Record<string, string>) {
  const pbx = await startSwitch({ strict: CLIENT });
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  mkdirSync(join(folder, 'lots.d'));
  const write = (name: string, text: string) => {
    // The new text is outside the watched folder until the file is complete.
    writeFileSync(join(folder, 'next'), text);
    renameSync(join(folder, 'next'), join(folder, name));
  };
  const remove = (name: string) => rmSync(join(folder, name));
  writeFileSync(join(folder, 'secret'), CLIENT.secret, { mode: 0o600 });
  const keys =
    `upstream = "${pbx.url}"\nclient-id = "${CLIENT.id}"\n` +
    `client-secret-file = ${JSON.stringify(join(folder, 'secret'))}\n`;
  for (const [name, text] of Object.entries(files(keys))) write(name, text);

  const child = spawn(process.execPath, [CLI, '--port', '0'], {
    ...{ cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    env: { PATH: process.env['PATH'] },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await pbx.close();
    rmSync(folder, { recursive: true });
  });
  await expect.poll(() => output, SLOW).toContain('valet-park pair');
  const [, url = ''] = /listens at (\S+)/.exec(output) ?? [];
  const lines = (): Line[] =>
    errors
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  return {
    ...{ keys, write, remove, lines },
    hangUp: () => child.kill('SIGHUP'),
    /** Returns 200 for a lot that runs, else 404. */
    statusOf: async (lot: string) => (await fetch(`${url}/lot/${lot}/`)).status,
    async problems(): Promise<readonly string[]> {
      return ((await (await fetch(`${url}/healthz`)).json()) as { problems: string[] }).problems;
    },
    /** Waits until the log has the result of a change. */
    async result(wanted: Record<string, number>) {
      const results = () => lines().filter(({ msg }) => msg === 'lots');
      await expect.poll(results, SLOW).toContainEqual(expect.objectContaining(wanted));
    },
  };
}

const extensions = (...ids: string[]) => `extensions = ${JSON.stringify(ids)}\n`;

test('the lots follow the tables of the configuration at SIGHUP', async () => {
  const table = (name: string, ...ids: string[]) =>
    `[[lot]]\nname = "${name}"\n${extensions(...ids)}`;
  const file = 'valet-park.toml';
  const process = await open((keys) => ({
    [file]: keys + table('acme', RECEPTION) + table('globex', RECEPTION),
  }));
  await process.result({ added: 2, broken: 0 });
  const statuses = () => Promise.all(['acme', 'globex', 'initech'].map(process.statusOf));
  expect(await statuses()).toEqual([200, 200, 404]);

  process.write(file, process.keys + table('acme', RECEPTION, SALES) + table('initech', SALES));
  process.hangUp();
  await process.result({ added: 1, changed: 1, removed: 1, kept: 0, broken: 0 });
  expect(await statuses()).toEqual([200, 404, 200]);

  const wrong = 'extension = "34414"\n';
  process.write(file, process.keys + table('acme', RECEPTION) + wrong + table('initech', SALES));
  process.hangUp();
  await process.result({ added: 0, changed: 0, removed: 0, kept: 2, broken: 1 });
  expect(await statuses()).toEqual([200, 404, 200]);
  expect(process.lines()).toContainEqual(
    expect.objectContaining({
      level: 40,
      lot: 'acme',
      msg: expect.stringMatching(
        /^a lot is wrong, so it stays as it was: .* unknown key `extension`/,
      ),
    }),
  );
  expect(await process.problems()).toContainEqual(
    expect.stringContaining('unknown key `extension`'),
  );

  process.write(file, 'this is not a table');
  process.hangUp();
  const kept = /^the settings cannot be read, so all lots stay as they are: /;
  await expect
    .poll(process.lines, SLOW)
    .toContainEqual(expect.objectContaining({ msg: expect.stringMatching(kept) }));
  expect(await statuses()).toEqual([200, 404, 200]);
});

test('the lots follow the files of the folder', async () => {
  const process = await open((keys) => ({
    'valet-park.toml': `${keys}lots = "lots.d"\n`,
    'lots.d/acme.toml': extensions(RECEPTION),
  }));
  await process.result({ added: 1, broken: 0 });

  process.write('lots.d/globex.toml', extensions(RECEPTION));
  await process.result({ added: 1, kept: 1, broken: 0 });
  expect(await process.statusOf('globex')).toBe(200);

  process.write('lots.d/globex.toml', extensions(RECEPTION, SALES));
  await process.result({ changed: 1, kept: 1, broken: 0 });

  process.write('lots.d/acme.toml', 'extensions = [');
  await process.result({ added: 0, changed: 0, removed: 0, kept: 2, broken: 1 });
  expect(await process.statusOf('acme')).toBe(200);
  const problem = expect.stringMatching(/acme\.toml, line 1: /);
  expect(process.lines()).toContainEqual(
    expect.objectContaining({ level: 40, lot: 'acme', msg: problem }),
  );
  expect(await process.problems()).toContainEqual(problem);

  process.write('lots.d/acme.toml', extensions(RECEPTION));
  await expect.poll(process.problems, SLOW).not.toContainEqual(problem);

  process.remove('lots.d/acme.toml');
  await process.result({ removed: 1, kept: 1, broken: 0 });
  expect(await process.statusOf('acme')).toBe(404);
  expect(await process.statusOf('globex')).toBe(200);
});

test('a broken file does not keep the other lots from starting', async () => {
  const process = await open((keys) => ({
    'valet-park.toml': `${keys}lots = "lots.d"\n`,
    'lots.d/acme.toml': extensions(RECEPTION),
    'lots.d/globex.toml': extensions('reception'),
  }));
  await process.result({ added: 1, broken: 1 });
  expect(await process.statusOf('acme')).toBe(200);
  expect(await process.statusOf('globex')).toBe(404);
  expect(process.lines()).toContainEqual(
    expect.objectContaining({ lot: 'globex', msg: expect.stringMatching(/^a lot is wrong: /) }),
  );
});
