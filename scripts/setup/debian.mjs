// Finds programs, and installs packages of Debian, where that is allowed: as root, and with apt-get.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ask, run } from '../step.mjs';

/**
 * The path of the first program that goes under one of these names, or null. `/usr/bin` is looked
 * through wherever PATH leads, because that is where Debian puts what is installed here.
 *
 * @param {string[]} names @param {...string} folders  where to look besides
 */
export function programNamed(names, ...folders) {
  const all = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', ...folders];
  const paths = all.flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

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
