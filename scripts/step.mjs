// What the scripts are made of: a step that is skipped when nothing it reads has changed, a command
// whose output is seen while it runs, and a failure that says what it was, why, and what to do.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, in which every command runs. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The absolute path of a file of the project. */
export const at = (/** @type {string} */ path) => join(root, path);

/** A step that could not be done, told to a person. */
export class Failure extends Error {
  /**
   * @param {string} what  what was being done
   * @param {string} why  what went wrong
   * @param {string} remedy  what to do about it
   */
  constructor(what, why, remedy) {
    super(`${what}\n  why:  ${why}\n  do:   ${remedy}`);
  }
}

/**
 * Does `work`, unless its inputs are what they were when it last succeeded and its outputs exist.
 *
 * The stamp is taken before the work and written after it, so a file that is saved while the work
 * is going on makes the next run do it again.
 *
 * @param {string} name
 * @param {{ reads: string[], made?: string[], writes: string[], facts?: string[] }} io  paths in
 *   the project, those that earlier steps have made apart; `facts` is whatever else the outcome
 *   depends on (versions, mostly)
 * @param {() => Promise<void> | void} work
 */
export async function step(name, { reads, made = [], writes, facts = [] }, work) {
  const missing = made.find((path) => !existsSync(at(path)));
  if (missing) throw new Failure(name, `${missing} is not there yet`, '`npm run build` makes it');
  const stamp = at(`.cache/stamps/${name}`);
  const now = digest([...reads, ...made], facts);
  const same = existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
  if (same && writes.every((path) => existsSync(at(path)))) return;

  console.log(`▸ ${name}`);
  const started = Date.now();
  rmSync(stamp, { force: true });
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(name, /** @type {Error} */ (error).message, 'see the messages above');
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** @param {string[]} paths @param {string[]} facts */
function digest(paths, facts) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const path of [...paths].sort()) {
    hash.update(`\0${path}\0`).update(existsSync(at(path)) ? readFileSync(at(path)) : 'absent');
  }
  return hash.digest('hex');
}

/**
 * The files below a folder whose names end in one of `endings`, as paths inside the project.
 *
 * @param {string} folder @param {...string} endings  all files if none is given
 * @returns {string[]}
 */
export function files(folder, ...endings) {
  if (!existsSync(at(folder))) return [];
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return files(path, ...endings);
    return endings.length === 0 || endings.some((end) => path.endsWith(end)) ? [path] : [];
  });
}

/**
 * Runs a command and shows what it prints.
 *
 * @param {string} command @param {string[]} args
 * @param {{ what: string, remedy: string, env?: Record<string, string>, timeoutMs?: number }} how
 * @returns {Promise<void>}
 */
export function run(command, args, { what, remedy, env = {}, timeoutMs = 0 }) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new Failure(what, why, remedy));
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: timeoutMs,
    });
    child.on('error', (error) => fail(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else if (signal && timeoutMs) fail(`\`${command}\` took more than ${timeoutMs / 1000} s`);
      else fail(`\`${[command, ...args].join(' ')}\` ended with ${signal ?? `code ${code}`}`);
    });
  });
}

/**
 * What a command prints, or null if it cannot be run or fails. For questions, not for work.
 *
 * @param {string} command @param {...string} args
 */
export function ask(command, ...args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Does `main` if the script at `url` is the one that was started, and reports its failure.
 *
 * @param {string} url @param {() => Promise<unknown> | unknown} main
 */
export async function whenStarted(url, main) {
  if (realpathSync(process.argv[1] ?? '') !== fileURLToPath(url)) return;
  try {
    await main();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

/** Prints a failure as a person can use it, and anything else with its stack. */
export function report(/** @type {unknown} */ error) {
  console.error(
    `\n✗ ${error instanceof Failure ? error.message : /** @type {Error} */ (error).stack}`,
  );
}
