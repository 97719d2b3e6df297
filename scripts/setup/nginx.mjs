// Finds the nginx that some browser tests put before the switch, or unpacks Debian's package into
// .cache. It installs nothing and starts nothing, so it needs no rights. Without nginx those tests are
// skipped. The environment variable NGINX may hold the path of one, which is then taken.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, at, Failure, whenStarted } from '../step.mjs';
import { canInstall, programNamed } from './debian.mjs';

const folder = '.cache/nginx';

/** What to do where there is none, in one line. */
export const nginxRemedy =
  'there is no nginx; `node scripts/setup/nginx.mjs` gets it where apt-get can, or set NGINX to the path of one';

/** The path of an nginx, or null. */
export function findNginx() {
  const named = process.env.NGINX;
  if (named) {
    if (existsSync(named)) return named;
    throw new Failure('looking for nginx', `NGINX is \`${named}\`, which is no file`, nginxRemedy);
  }
  return programNamed(['nginx'], '/usr/sbin', '/usr/local/sbin', at(`${folder}/usr/sbin`));
}

/** Gets nginx if it is missing. Prints one line where that fails, which fails nothing else. */
export function installNginx() {
  if (findNginx()) return;
  const why = unpackNginx();
  if (why === null && ask(findNginx() ?? '', '-v') !== null) return;
  rmSync(at(folder), { recursive: true, force: true });
  console.error(`!! nginx is skipped: ${why ?? 'what Debian has does not run on this machine'}`);
}

/** Downloads the package and unpacks it. Returns why that failed, or null. */
function unpackNginx() {
  if (ask('apt-get', '--version') === null) return 'there is no apt-get to get it with';
  console.log('▸ unpacking nginx for the browser tests');
  // A folder of its own, because apt-get downloads into the working directory.
  const download = mkdtempSync(join(tmpdir(), 'nginx-'));
  try {
    const get = () => runIn(download, 'apt-get', 'download', 'nginx');
    const isKnown = get() === null;
    // The list of packages may be missing, or name a version that is gone.
    if (!isKnown && canInstall()) runIn(download, 'apt-get', 'update');
    const why = isKnown ? null : get();
    if (why !== null) return why;
    const [file = ''] = readdirSync(download);
    mkdirSync(at(folder), { recursive: true });
    return runIn(download, 'dpkg-deb', '-x', file, at(folder));
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
}

/**
 * Runs a command in a folder. Returns why it failed, or null.
 *
 * @param {string} cwd @param {string} command @param {...string} args
 */
function runIn(cwd, command, ...args) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) return error.message;
  const lastLine = stderr.trim().split('\n').at(-1);
  return status === 0 ? null : `\`${command} ${args[0]} …\` failed: ${lastLine}`;
}

await whenStarted(import.meta.url, () => {
  installNginx();
  console.log(findNginx());
});
