// Installs packages of Debian, where that is allowed: as root, and with apt-get.

import { ask, run } from '../step.mjs';

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
