// Installs the npm dependencies in the versions of package-lock.json, unless they are installed.

import { Failure, run, step, whenStarted } from '../step.mjs';

/** The oldest Node that the tools support, as "engines" in package.json says. */
const oldestNode = [20, 19];

export async function installDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = oldestNode;
  if (major < oldMajor || (major === oldMajor && minor < oldMinor)) {
    throw new Failure(
      'checking the version of Node',
      `this is Node ${process.versions.node}`,
      `install Node ${oldestNode.join('.')} or newer`,
    );
  }
  const io = {
    reads: ['package-lock.json'],
    writes: ['node_modules/.package-lock.json'],
    facts: [process.platform, process.arch],
  };
  // No dependency needs an install script: npm delivers their binaries as packages.
  await step('npm dependencies', io, async () => {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      what: 'installing the npm dependencies',
      remedy: 'see the message above; does `npm ping` reach the registry?',
    });
  });
}

await whenStarted(import.meta.url, installDependencies);
