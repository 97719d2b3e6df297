// Tools for the other scripts: a step that is skipped if its inputs have not changed, a command
// whose output is shown while it runs, and an error that says what failed, why, and what to do.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the project. Every command runs there. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Returns the absolute path of a file of the project. */
export const at = (/** @type {string} */ path) => join(root, path);

/** An error for the person who started the script. */
export class Failure extends Error {
  /**
   * @param {string} what  the action that failed
   * @param {string} why  the cause
   * @param {string} remedy  what the person can do
   */
  constructor(what, why, remedy) {
    super(`${what}\n  why:  ${why}\n  do:   ${remedy}`);
  }
}

/**
 * Runs `work`, unless its outputs exist and its inputs have not changed since it last succeeded.
 *
 * The inputs are hashed before the work, and the hash is stored after it. So a file that is saved
 * during the work makes the next run repeat it.
 *
 * @param {string} name
 * @param {{ reads: string[], made?: string[], writes: string[], facts?: string[] }} io  paths in
 *   the project: `reads` are source files, `made` are outputs of earlier steps, `writes` are the
 *   outputs of this step. `facts` are other values that the result depends on, mostly versions.
 * @param {() => Promise<void> | void} work
 */
export async function step(name, { reads, made = [], writes, facts = [] }, work) {
  const missing = made.find((path) => !existsSync(at(path)));
  if (missing) throw new Failure(name, `${missing} is missing`, '`npm run build` makes it');
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
 * Returns the files below a folder, as paths inside the project.
 *
 * @param {string} folder
 * @param {...string} endings  only files whose names end with one of these; without any, all files
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
 * Runs a command and shows its output. Rejects with a `Failure` if the command fails.
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
 * Returns the output of a command, or null if the command is missing or fails.
 *
 * @param {string} command @param {...string} args
 */
export function ask(command, ...args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Runs `main` if the script at `url` is the one that was started. An error is printed, and makes
 * the process fail.
 *
 * @param {string} url @param {() => unknown} main
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

/** Prints the message of a `Failure`, and any other error with its stack. */
export function report(/** @type {unknown} */ error) {
  console.error(
    `\n✗ ${error instanceof Failure ? error.message : /** @type {Error} */ (error).stack}`,
  );
}
