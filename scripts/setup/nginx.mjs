// Finds the nginx that some browser tests put in front of the switch, or unpacks the package of
// Debian into .cache. That installs nothing, so it needs no root. Without nginx these tests are
// skipped. The environment variable NGINX can name the path of another nginx.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, at, Failure, whenStarted } from '../step.mjs';
import { canInstall, programNamed } from './debian.mjs';

const folder = '.cache/nginx';

/** The advice for a machine without nginx, in one line. */
export const nginxRemedy =
  'this machine has no nginx; `node scripts/setup/nginx.mjs` gets it by apt-get, or set NGINX to the path of one';

/** Returns the path of nginx, or null. */
export function findNginx() {
  const named = process.env.NGINX;
  if (named) {
    if (existsSync(named)) return named;
    throw new Failure(
      'looking for nginx',
      `NGINX is \`${named}\`, but no such file exists`,
      nginxRemedy,
    );
  }
  return programNamed(['nginx'], '/usr/sbin', '/usr/local/sbin', at(`${folder}/usr/sbin`));
}

/** Gets nginx if it is missing. If that fails, it prints one line and throws nothing. */
export function installNginx() {
  if (findNginx()) return;
  const why = unpackNginx();
  if (why === null && ask(findNginx() ?? '', '-v') !== null) return;
  rmSync(at(folder), { recursive: true, force: true });
  console.error(
    `!! nginx is skipped: ${why ?? 'the nginx of Debian does not run on this machine'}`,
  );
}

/** Downloads the package and unpacks it. Returns why one of them failed, or null. */
function unpackNginx() {
  if (ask('apt-get', '--version') === null) return 'this machine has no apt-get';
  console.log('▸ unpacking nginx for the browser tests');
  // apt-get downloads into the working directory, so it runs in an empty folder.
  const download = mkdtempSync(join(tmpdir(), 'nginx-'));
  try {
    const get = () => runIn(download, 'apt-get', 'download', 'nginx');
    const isKnown = get() === null;
    // The list of packages may be missing, or may name a version that no longer exists.
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
