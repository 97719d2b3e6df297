// Installs the npm dependencies exactly as package-lock.json names them, unless that is done
// already.

import { Failure, run, step, whenStarted } from '../step.mjs';

/** The oldest Node that the tools run on; "engines" in package.json says the same. */
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
  // No dependency needs its install script: the binaries come as packages of their own.
  await step('npm dependencies', io, async () => {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      what: 'installing the npm dependencies',
      remedy: 'see the message above; is the npm registry within reach (`npm ping`)?',
    });
  });
}

await whenStarted(import.meta.url, installDependencies);
