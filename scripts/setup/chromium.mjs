// Finds the Chromium for the browser tests, or installs the packages of Debian (as root). The
// environment variable CHROMIUM can name the path of another one.
//
// Most tests use the headless shell, a Chromium without windows, menus and installed apps: it needs
// about half the processor time. A machine without the shell uses the whole Chromium for all tests.

import { existsSync } from 'node:fs';
import { Failure, whenStarted } from '../step.mjs';
import { canInstall, install, programNamed } from './debian.mjs';

const whole = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const shell = ['chromium-headless-shell'];
/** Chromium needs fonts, and a machine without a screen often has none. */
const packages = ['chromium', 'fonts-liberation'];
const remedy = 'install Chromium or Chrome, or set CHROMIUM to the path of one';

/**
 * Returns the path of Chromium, or null.
 *
 * @param {{ isWhole?: boolean }} [needs]  true for extensions and installed apps, which the shell
 *   does not have
 */
export function findChromium({ isWhole = false } = {}) {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Failure(
      'looking for Chromium',
      `CHROMIUM is \`${named}\`, but no such file exists`,
      remedy,
    );
  }
  return (isWhole ? null : programNamed(shell)) ?? programNamed(whole);
}

/**
 * Returns the options for Playwright: Chromium starts quietly and sends no requests itself.
 *
 * @param {{ isWhole?: boolean }} [needs]
 */
export function chromiumLaunch(needs) {
  const executablePath = findChromium(needs);
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
  if (process.env.CHROMIUM !== undefined) return;
  if (programNamed(whole) && programNamed(shell)) return;
  const step = { what: 'installing Chromium for the browser tests', remedy };
  if (canInstall()) {
    // Not every release of Debian and Ubuntu has the shell.
    await install([...packages, ...shell], step).catch(() => install(packages, step));
  } else if (!findChromium({ isWhole: true }))
    throw new Failure('looking for Chromium', 'this machine has none', remedy);
}

await whenStarted(import.meta.url, async () => {
  await installChromium();
  console.log(findChromium());
});
