// Finds the Chromium that the browser tests drive, or installs Debian's (as root). An environment
// variable CHROMIUM that holds the path of one goes before everything else.

import { existsSync } from 'node:fs';
import { Failure, whenStarted } from '../step.mjs';
import { canInstall, install, programNamed } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
/** A machine without a screen has no fonts either, and Chromium does not live without. */
const packages = ['chromium', 'fonts-liberation'];
const remedy = 'install Chromium or Chrome, or set CHROMIUM to the path of one';

/** The path of a Chromium, or null. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Failure('looking for Chromium', `CHROMIUM is \`${named}\`, which is no file`, remedy);
  }
  return programNamed(names);
}

/** What Playwright needs to start it: quiet, and never asking anything of the network. */
export function chromiumLaunch() {
  const executablePath = findChromium();
  if (!executablePath) throw new Failure('looking for Chromium', 'there is none', remedy);
  return {
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  };
}

export async function installChromium() {
  if (findChromium()) return;
  const what = 'installing Chromium for the browser tests';
  if (!canInstall()) throw new Failure('looking for Chromium', 'there is none', remedy);
  await install(packages, { what, remedy });
}

await whenStarted(import.meta.url, async () => {
  await installChromium();
  console.log(findChromium());
});
