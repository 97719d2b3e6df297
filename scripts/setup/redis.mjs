// Finds or installs the Redis that some tests of the relay start. If it cannot be installed, the script
// prints why, and nothing fails: these tests are then skipped.

import { ask, run, whenStarted } from '../step.mjs';
import { canInstall, install, programNamed } from './debian.mjs';

/** The advice for a machine without Redis, in one line. */
export const redisRemedy =
  'this machine has no redis-server; as root, `node scripts/setup/redis.mjs` installs it by apt-get';

/** Returns the path of redis-server, or null. */
export function findRedis() {
  return programNamed(['redis-server', 'valkey-server']);
}

/** Installs Redis if it is missing and that needs no password. Prints a line if it cannot. */
export async function installRedis() {
  if (findRedis()) return;
  if (!canInstall()) {
    console.error(`!! redis-server is skipped: ${redisRemedy}`);
    return;
  }
  const step = { what: 'installing redis-server for the tests of the relay', remedy: redisRemedy };
  await install(['redis-server'], step).catch((/** @type {unknown} */ error) => {
    console.error(`!! redis-server is skipped: it cannot be installed: ${String(error)}`);
  });
  // The package starts a service, which the tests do not use.
  if (ask('systemctl', '--version') !== null) {
    const options = { what: 'stopping the service of redis-server', remedy: redisRemedy };
    await run('systemctl', ['disable', '--now', 'redis-server'], options).catch(() => {});
  }
}

await whenStarted(import.meta.url, async () => {
  await installRedis();
  console.log(findRedis());
});
