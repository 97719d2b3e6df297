// Finds the Chromium for the browser tests, or installs the package of Debian (as root). The
// environment variable CHROMIUM can name the path of another one.

import { existsSync } from 'node:fs';
import { Failure, whenStarted } from '../step.mjs';
import { canInstall, install, programNamed } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
/** Chromium needs fonts, and a machine without a screen often has none. */
const packages = ['chromium', 'fonts-liberation'];
const remedy = 'install Chromium or Chrome, or set CHROMIUM to the path of one';

/** Returns the path of Chromium, or null. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Failure(
      'looking for Chromium',
      `CHROMIUM is \`${named}\`, but no such file exists`,
      remedy,
    );
  }
  return programNamed(names);
}

/** Returns the options for Playwright: Chromium starts quietly and sends no requests itself. */
export function chromiumLaunch() {
  const executablePath = findChromium();
  if (!executablePath) throw new Failure('looking for Chromium', 'this machine has none', remedy);
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
  if (!canInstall()) throw new Failure('looking for Chromium', 'this machine has none', remedy);
  await install(packages, { what, remedy });
}

await whenStarted(import.meta.url, async () => {
  await installChromium();
  console.log(findChromium());
});
