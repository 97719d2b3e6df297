// Creates apps in folders: writes their files, installs their packages, runs their commands.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import type { App } from './app.ts';
import { freePort } from '../free-port.ts';

const { folder: workshop, tarball, results } = inject('workshop');

/** True if all apps run, with all their tools. */
export const isWhole = process.env.VALET_PARK_APPS === 'all';

/** One row of the table of results. */
export interface Row {
  readonly app: string;
  versions: string;
  outcome: string;
  /** The source of the WebAssembly: its file, or the copy in the JavaScript. */
  core: string;
  /** The number of `.wasm` files in the built app. */
  wasm: string;
}

/** Returns a row of the table, which is stored when the test ends. */
export function rowOf(app: string): Row {
  const row: Row = { app, versions: '', outcome: 'failed', core: '', wasm: '' };
  onTestFinished(() => appendFileSync(results, `${JSON.stringify(row)}\n`));
  return row;
}

/** Writes the files of an app, without the results of an earlier build. Returns its folder. */
export function lay({ name, files, needs = {}, manifest }: App): string {
  const folder = folderOf(name);
  const own = { name: 'an-app', private: true, type: 'module', ...manifest, dependencies: needs };
  const all = { ...files, 'package.json': JSON.stringify(own) };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Returns the folder of an app, empty except for its installed packages. */
export function folderOf(name: string): string {
  const folder = join(workshop, name.replace(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) {
    if (old !== 'node_modules') rmSync(join(folder, old), { recursive: true });
  }
  return folder;
}

/** The commands that install a tarball with another package manager than npm. */
const managers: Readonly<Record<'pnpm' | 'yarn', readonly string[]>> = {
  // npx fetches both: the default store and cache of pnpm and Yarn would stay after the test.
  pnpm: ['npx', '--yes', 'pnpm@^10', 'add', '--store-dir', '.store', tarball],
  yarn: ['npx', '--yes', '--package=@yarnpkg/cli-dist@^4', 'yarn', 'add', `valet-park@${tarball}`],
};

/** Installs the package and the dependencies of an app. Returns null, or the network error. */
export async function install(folder: string, manager?: 'pnpm' | 'yarn'): Promise<string | null> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const isAlone = Object.keys(manifest.dependencies).length === 0;
  // npm would not install a changed tarball of the same version again.
  rmSync(join(folder, 'node_modules/valet-park'), { recursive: true, force: true });
  const options = ['--no-audit', '--no-fund', '--loglevel=error', isAlone ? '--offline' : ''];
  const npm = ['npm', 'install', ...options.filter((option) => option !== ''), tarball];
  const command = manager === undefined ? npm : managers[manager];
  try {
    await succeed(folder, command);
    return null;
  } catch (error) {
    // Only a network error means that a tool is not available. Every other error is a bug.
    const why = /\b(?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|EHOSTUNREACH|E404|ENETUNREACH)\b/;
    const reason = why.exec(String(error))?.[0];
    if ((isAlone && manager === undefined) || reason === undefined) throw error;
    return reason;
  }
}

/** Returns the versions of an app's packages, or of Node if the app uses none. */
export function versionsOf(
  { uses = [], needs = {} }: Pick<App, 'uses' | 'needs'>,
  folder: string,
): string {
  const version = (name: string, from: string): string => {
    const manifest = readFileSync(join(from, 'node_modules', name, 'package.json'), 'utf8');
    return `${name} ${JSON.parse(manifest).version}`;
  };
  const versions = [
    ...uses.map((name) => version(name, '.')),
    ...Object.keys(needs)
      .filter((name) => !name.startsWith('@types/'))
      .map((name) => version(name, folder)),
  ];
  return versions.length === 0 ? `node ${process.versions.node}` : versions.join(', ');
}

let registry: string | undefined;

/** Returns the registry that npm uses. */
function npmRegistry(): string {
  registry ??= spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  return registry;
}

/**
 * Returns the environment of a command: the tools of the app come first, then those of this
 * repository.
 */
function environment(folder: string, desk: string): NodeJS.ProcessEnv {
  const tools = 'node_modules/.bin';
  const path = [join(folder, tools), join(process.cwd(), tools), process.env.PATH].join(':');
  const { NODE_ENV: _, VITEST: __, NODE_OPTIONS: ___, ...rest } = process.env;
  const quiet = {
    ...{ CI: '1', NO_COLOR: '1', DO_NOT_TRACK: '1', NEXT_TELEMETRY_DISABLED: '1' },
    ...{ NG_CLI_ANALYTICS: 'false', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' },
    ...{ STORYBOOK_DISABLE_TELEMETRY: '1', WRANGLER_SEND_METRICS: 'false' },
    ...{ YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_GLOBAL_CACHE: '0', YARN_NODE_LINKER: 'pnp' },
    // Yarn does not read the registry of npm.
    YARN_NPM_REGISTRY_SERVER: process.env.npm_config_registry ?? npmRegistry(),
  };
  return { ...rest, ...quiet, PATH: path, DESK: desk };
}

/** Runs a command that must succeed, and returns its output and its errors. */
export async function succeed(
  folder: string,
  [command = '', ...args]: readonly string[],
  desk = '',
): Promise<string> {
  const how = { cwd: folder, env: environment(folder, desk), timeout: 240_000 };
  const child = spawn(command, args, how);
  let said = '';
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  child.stdout.on('data', (data: string) => (said += data));
  child.stderr.on('data', (data: string) => (said += data));
  const status = await new Promise<unknown>((done) =>
    child.once('error', done).once('close', done),
  );
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}:\n${said}`);
  return said;
}

/** Starts a server on a free port, and returns its address as soon as it listens. */
export async function serve(
  folder: string,
  command: readonly string[],
  desk: string,
): Promise<string> {
  const port = await freePort();
  const [name = '', ...args] = command.map((word) => word.replace('PORT', String(port)));
  const env = { ...environment(folder, desk), PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(name, args, { cwd: folder, env, detached: true });
  onTestFinished(() => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  });
  let said = '';
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  child.stdout.on('data', (data: string) => (said += data));
  child.stderr.on('data', (data: string) => (said += data));
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(new RegExp(`:${port}\\b`));
  return `http://127.0.0.1:${port}/`;
}

/** Returns the number of `.wasm` files in a built app. */
export function countWasm(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.wasm')).length;
}

/** True if a file of a built app contains this text. */
export function mentions(folder: string, text: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(text));
}
