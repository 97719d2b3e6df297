// Finds programs, and installs packages of Debian. Installing needs apt-get and root.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ask, run } from '../step.mjs';

/**
 * Returns the path of the first program with one of these names, or null. It looks in the folders
 * of PATH, in `/usr/bin`, where the packages of Debian are, and in `folders`.
 *
 * @param {string[]} names @param {...string} folders
 */
export function programNamed(names, ...folders) {
  const all = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', ...folders];
  const paths = all.flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** Returns whether `install` can work on this machine. */
export function canInstall() {
  return process.getuid?.() === 0 && ask('apt-get', '--version') !== null;
}

/** @param {string[]} packages @param {{ what: string, remedy: string }} step */
export async function install(packages, { what, remedy }) {
  const options = { what, remedy, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  console.log(`▸ ${what}`);
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
}
